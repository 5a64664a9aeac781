using System.Security.Cryptography;
using System.Text;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>The public board: every version that is still to take effect is posted once in each language of the interface, and its words are kept as they were posted.</summary>
internal sealed class NoticeBoard(CurrentCatalogue current, ServedStore stored, Announcements announcements, NoticeSentences sentences, PublicAddress address, TimeProvider clock)
{
    private readonly HashSet<string> posted = new(StringComparer.Ordinal);

    /// <summary>Posts what has to be posted. Without a public address nothing can be: a notice names where to read.</summary>
    public async Task Pass()
    {
        var (served, now) = (current.Now, clock.GetUtcNow());
        var today = now.DateIn(served.Catalogue.Zone);
        foreach (var version in address.Root is null ? [] : served.Catalogue.Agreements.SelectMany(a => Timeline.Of(a, served.Catalogue.Zone, now)).Select(s => s.Version).OfType<AgreementVersion>()
            .Where(v => v.Id.Effective > today && (v.Details.Announced is null || v.Details.Announced <= today) && !posted.Contains(v.Path)).ToList())
        {
            var news = announcements.Of(served.Resolver, version, now);
            await stored.Store.Notices.Add([.. TermsHost.Languages.Select(l => Post(version, news, l))], now);
            posted.Add(version.Path);
        }
    }

    private NewNotice Post(AgreementVersion version, Announcement news, string language)
    {
        var (subject, bytes) = sentences.Write(language, news, [], address.Of(version));
        var id = "board-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{version.Path}\n{language}")))[..32];
        return new NewNotice(new Notice(id, Notice.Everybody, version.Path, version.TextDigest, "site-posting", language, subject, bytes), NoticeCarrier.Board, null, version.TextDigest.Value);
    }
}
