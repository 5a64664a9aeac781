using System.Diagnostics.CodeAnalysis;
using Terms.Notices;
using Terms.Storage;
using Terms.Web.Hosting;
using Terms.Webhooks;

namespace Terms.Web.Delivery;

/// <summary>
/// Sends notices that are due. An attempt is on the disk before the first byte leaves. After a restart the platform's mail system is asked again, because it knows a repetition by the notice's
/// name; a mail server is not, because it does not, and such a notice is left to a person: nobody is told twice.
/// </summary>
internal sealed partial class NoticeSender(ServedStore stored, SignedPost post, MailCarrier mail, RetryPolicy policy, TimeProvider clock, ILogger<NoticeSender> log)
{
    private const int Together = 64;
    private const int AtOnce = 8;

    /// <summary>Sends all that is due.</summary>
    /// <param name="stopping">No further notice is begun once this is cancelled; those that were begun are brought to their end.</param>
    public async Task Pass(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && stored.Store.Notices.Due(clock.GetUtcNow(), Together) is { Count: > 0 } due)
        {
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (notice, _) =>
            {
                if (!stopping.IsCancellationRequested)
                {
                    await Send(notice);
                }
            });
        }
    }

    private async Task Send(KeptNotice notice)
    {
        if (policy.Next(notice.State, notice.IsRepeatable) is null)
        {
            await stored.Store.Notices.LeaveToPerson(notice, clock.GetUtcNow());
            return;
        }
        var attempt = new NoticeAttempted(notice.Notice.Id, clock.GetUtcNow());
        if (await Note(attempt) is not { } begun || begun.Events[^1] != attempt)
        {
            return;
        }
        if (stored.Store.Notices.Address(notice) is not { } address)
        {
            await Note(new NoticeFailed(notice.Notice.Id, clock.GetUtcNow(), "The address has been erased.", IsLasting: true));
        }
        else if (await (notice.Carrier == NoticeCarrier.Smtp ? ByMail(notice.Notice, address) : ByWebhook(notice.Notice, address)) is { } ended)
        {
            var kept = Without(address, ended);
            if (kept is NoticeFailed failed)
            {
                NotSent(log, notice.Notice.Id, failed.Why);
            }
            await Note(kept);
        }
    }

    /// <summary>An event without the address, which mail servers like to repeat: events stay when addresses are erased.</summary>
    public static NoticeEvent Without(string? address, NoticeEvent happened)
    {
        return happened switch
        {
            NoticeSent sent => sent with { Proof = Blank(address, sent.Proof) },
            NoticeDelivered delivered => delivered with { Proof = Blank(address, delivered.Proof) },
            NoticeFailed failed => failed with { Why = Blank(address, failed.Why) },
            NoticeBounced bounced => bounced with { Why = Blank(address, bounced.Why) },
            _ => happened,
        };
    }

    [return: NotNullIfNotNull(nameof(words))]
    private static string? Blank(string? address, string? words) => string.IsNullOrEmpty(address) ? words : words?.Replace(address, "[address]", StringComparison.OrdinalIgnoreCase);

    private async Task<NoticeEvent?> ByWebhook(Notice notice, string address)
    {
        if (stored.Store.Webhooks.OfNotices() is not { } webhook)
        {
            return new NoticeFailed(notice.Id, clock.GetUtcNow(), "No webhook sends notices on. Make one with `terms webhook add --event notice.send`.", IsLasting: false);
        }
        var result = await post.Send(webhook, notice.Id, WebhookMessage.Send(notice, address, clock.GetUtcNow()));
        return result.IsTaken
            ? new NoticeSent(notice.Id, clock.GetUtcNow(), $"{result.Status}: {result.Words}")
            : new NoticeFailed(notice.Id, clock.GetUtcNow(), result.Status is { } status ? $"{status}: {result.Words}" : result.Words, result.IsLasting);
    }

    private async Task<NoticeEvent?> ByMail(Notice notice, string address)
    {
        if (mail.Sender is not { } sender)
        {
            return new NoticeFailed(notice.Id, clock.GetUtcNow(), "There is no mail server any more. Set Terms:Smtp.", IsLasting: false);
        }
        var (outcome, words) = await sender.Send(notice, address);
        if (outcome == MailOutcome.Unknown)
        {
            Doubtful(log, notice.Id, Blank(address, words));
        }
        return outcome switch
        {
            MailOutcome.Taken => new NoticeSent(notice.Id, clock.GetUtcNow(), words),
            MailOutcome.NotYet => new NoticeFailed(notice.Id, clock.GetUtcNow(), words, IsLasting: false),
            MailOutcome.Refused => new NoticeFailed(notice.Id, clock.GetUtcNow(), words, IsLasting: true),
            _ => null, // Nobody knows: the attempt stays without an end, and is left to a person when the time of doubt is over.
        };
    }

    private Task<KeptNotice?> Note(NoticeEvent happened) => stored.Store.Notices.Note(happened, policy, Random.Shared.NextDouble());

    [LoggerMessage(LogLevel.Warning, "Notice {Notice} was not sent: {Why}")]
    private static partial void NotSent(ILogger log, string notice, string why);

    [LoggerMessage(LogLevel.Warning, "Nobody knows whether notice {Notice} was sent; it is left to a person. {Words}")]
    private static partial void Doubtful(ILogger log, string notice, string words);
}
