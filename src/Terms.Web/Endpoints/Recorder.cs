using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terms.Acceptance;
using Terms.Storage;
using Terms.Web.Hosting;
using Terms.Web.Pages;

namespace Terms.Web.Endpoints;

/// <summary>An answer to a form.</summary>
/// <param name="Token">The token that was signed over the form.</param>
/// <param name="Kind">Agree, acknowledge or decline.</param>
/// <param name="Agreements">The agreements it is for; null for all that were shown.</param>
/// <param name="Details">Personal details.</param>
/// <param name="Channel">The way on which it came.</param>
internal sealed record FormAnswer(string Token, AcceptanceKind Kind, IReadOnlyList<string>? Agreements, PersonalDetails Details, AcceptanceChannel Channel);

/// <summary>Why a form is not taken any more; the last part of the problem <c>stale-presentation</c>.</summary>
internal static class Stale
{
    public const string Late = "late";
    public const string Changed = "changed";
    public const string Used = "used";
}

/// <summary>Records acts after checking all that was signed. What is refused leaves no trace.</summary>
internal sealed class Recorder(ServedStore stored, SubjectAnswers subjects, Presenter presenter, Forms forms, TimeProvider clock)
{
    /// <summary>Records the answer to a form.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="key">The key of the calling service; null if the answer comes from the form's own page.</param>
    /// <param name="idempotency">The name under which the service sends this request, if it repeats it; null from a page.</param>
    /// <returns>The entry, and whether the same request had been recorded before.</returns>
    /// <exception cref="ApiException">The token is foreign (403), or late, of a text that has changed, or used (409), or the answer does not fit it (400).</exception>
    public async Task<(LedgerEntry Entry, bool IsRepeated)> Answer(FormAnswer answer, string? key, string? idempotency)
    {
        var now = clock.GetUtcNow();
        var state = stored.Tokens.Read(answer.Token, now, out PresentationClaims? claims);
        if (claims is null || presenter.Find(claims.Presentation, out var id) is not { } presentation
            || presentation.Subject != claims.Subject || presentation.CustomerDigest != claims.Customer)
        {
            throw new ApiException(403, "not-allowed", "The token is not one that this server signed for this presentation. Send it as it came, unaltered.");
        }
        if (key is not null && key != presentation.Key)
        {
            throw new ApiException(403, "not-allowed", "The presentation was made with another key. Record it with the key that made it.");
        }
        var request = Digest("answer", answer.Token, answer.Kind.Word(), answer.Agreements is null ? "all" : string.Join(' ', answer.Agreements));
        var named = idempotency is null ? null : $"{presentation.Key}\n{idempotency}";
        var form = await forms.Of(subjects, presentation, claims.Language, now);
        if (state == TokenState.Expired || form?.Shown is not { } shown || shown.Digest != claims.Shown)
        {
            return Earlier(named, request) ?? throw (presenter.UsedBy(id) is { } entry ? Used(entry) : Refusal(state, claims));
        }
        var record = JsonBody.Checked(() => new AcceptanceRecord(
            Fitting(answer.Kind, presentation.Act), presentation.Subject, presentation.Actor, presentation.Authority, Chosen(shown, answer.Agreements),
            new ShownAs(claims.Presentation, shown.Digest, shown.Answer.Digest, shown.Language, shown.Surface, claims.Issued), answer.Channel, now, answer.Details.Commitments, null, null,
            presentation.Key));
        return await Record(record, named, request, id.Number, answer.Details);
    }

    /// <summary>Records that a subject withdraws an acceptance.</summary>
    /// <exception cref="ApiException">There is no such acceptance of this subject (404), or it cannot be withdrawn (409).</exception>
    public async Task<(LedgerEntry Entry, bool IsRepeated)> Withdraw(string subject, string withdraws, PersonalDetails details, AcceptanceChannel channel, string key, string? idempotency)
    {
        if (!AcceptanceId.TryParse(withdraws, out var id) || presenter.Acts(subject) is var acts && acts.FirstOrDefault(a => a.Id == id) is not { } act)
        {
            throw new ApiException(404, "unknown-acceptance", "The subject has no acceptance of that id. GET /api/v1/subjects/{subject}/acceptances lists all.");
        }
        var request = Digest("withdraw", subject, withdraws);
        var named = idempotency is null ? null : $"{key}\n{idempotency}";
        if (!act.Record.Kind.IsAcceptance())
        {
            throw new ApiException(409, "cannot-withdraw", $"{id} is of the kind {act.Record.Kind.Word()}. Withdraw an acceptance: agree, acknowledge or imported.");
        }
        if (acts.FirstOrDefault(a => a.Record.Withdraws == id) is { } before)
        {
            return Earlier(named, request) ?? throw Withdrawn(id, before.Id);
        }
        var record = JsonBody.Checked(() => new AcceptanceRecord(
            AcceptanceKind.Withdraw, subject, null, null, act.Record.Agreements, null, channel, clock.GetUtcNow(), details.Commitments, id, null, key));
        return await Record(record, named, request, null, details);
    }

    /// <summary>Records what an older system recorded. The same reference of the same system is recorded once, whichever key brings it: keys are replaced in the middle of such work.</summary>
    /// <exception cref="ApiException">The same reference was recorded with another content (422).</exception>
    public Task<(LedgerEntry Entry, bool IsRepeated)> Import(string subject, ImmutableArray<AcceptedVersion> versions, Provenance from, PersonalDetails details, string key)
    {
        var record = JsonBody.Checked(() => new AcceptanceRecord(
            AcceptanceKind.Imported, subject, null, null, versions, null, AcceptanceChannel.Import, clock.GetUtcNow(), details.Commitments, null, from, key));
        var request = Digest("import", [subject, from.Agreed?.ToString("O") ?? "", from.Note ?? "", .. versions.Select(v => $"{v.Agreement}/{v.Version}")]);
        return Record(record, $"import\n{from.System}\n{from.Reference}", request, null, details);
    }

    private async Task<(LedgerEntry Entry, bool IsRepeated)> Record(AcceptanceRecord record, string? idempotency, byte[] request, long? presentation, PersonalDetails details) =>
        await stored.Store.Record(new Recording(record.Bytes(), record.Subject, record.Recorded, idempotency, request, presentation, details.All.IsEmpty ? (ReadOnlyMemory<byte>?)null : details.Bytes(), record.Withdraws?.Entry)) switch
        {
            Recorded.Added added => (added.Entry, false),
            Recorded.Repeated repeated => (repeated.Entry, true),
            Recorded.PresentationUsed used => throw Used(used.Entry),
            Recorded.AlreadyWithdrawn withdrawn => throw Withdrawn(record.Withdraws!.Value, stored.Store.Entry(withdrawn.Entry)!.Id),
            _ => throw SentWithAnother(),
        };

    /// <summary>What the same request has recorded before; null if nothing did.</summary>
    /// <exception cref="ApiException">Another request was sent under the name (422).</exception>
    private (LedgerEntry Entry, bool IsRepeated)? Earlier(string? named, byte[] request) => (named is null ? null : stored.Store.Earlier(named, request)) switch
    {
        Recorded.Repeated repeated => (repeated.Entry, true),
        Recorded.IdempotencyConflict => throw SentWithAnother(),
        _ => null,
    };

    private static ApiException Withdrawn(AcceptanceId acceptance, AcceptanceId by) => new(409, "cannot-withdraw", $"{acceptance} was withdrawn by {by}. There is nothing left to withdraw.");

    private static ApiException SentWithAnother() =>
        new(422, "invalid-parameter", "The same Idempotency-Key (or, in an import, the same system and reference) was sent with another request. Send a new one for a new request.");

    /// <summary>Why a form that is ours, and was not used, is not taken any more.</summary>
    private static ApiException Refusal(TokenState state, PresentationClaims claims) => state == TokenState.Expired
        ? Problem(Stale.Late, $"The form was open until {Catalogue.Instants.ToRfc3339(claims.Expires)}.")
        : Problem(Stale.Changed, "What applies has changed since the form was shown.");

    private ApiException Used(long entry) => Problem(Stale.Used, $"The form was answered already, by {stored.Store.Entry(entry)?.Id}.");

    private static ApiException Problem(string reason, string what) =>
        new(new ApiProblem(409, "stale-presentation", $"{what} Nothing was recorded. Show the form anew with a new presentation.", reason));

    private static AcceptanceKind Fitting(AcceptanceKind kind, AcceptanceKind act) => kind == act || kind == AcceptanceKind.Decline
        ? kind
        : throw ApiException.Parameter($"The form asked to {act.Word()}. Send \"kind\": \"{act.Word()}\" or \"decline\".");

    private static ImmutableArray<AcceptedVersion> Chosen(Shown shown, IReadOnlyList<string>? agreements)
    {
        if (agreements is null)
        {
            return [.. shown.Agreements.Select(a => a.Version)];
        }
        return agreements.FirstOrDefault(a => shown.Agreements.All(s => s.Version.Agreement != a)) is { } foreign
            ? throw ApiException.Parameter($"The form did not show \"{Parameters.Shown(foreign)}\". Send some of: {string.Join(", ", shown.Agreements.Select(a => a.Version.Agreement))}.")
            : [.. shown.Agreements.Where(a => agreements.Contains(a.Version.Agreement)).Select(a => a.Version)];
    }

    /// <summary>What was asked, for telling a repeated request from another. Personal details stay out of it: they can be erased, and this cannot.</summary>
    private static byte[] Digest(string what, params ReadOnlySpan<string> parts)
    {
        const int LongestLength = 11;
        var text = new ArrayBufferWriter<byte>(1024);
        Encoding.UTF8.GetBytes(what, text);
        foreach (var part in parts)
        {
            text.Write("\n"u8);
            part.Length.TryFormat(text.GetSpan(LongestLength), out var written, provider: CultureInfo.InvariantCulture);
            text.Advance(written);
            text.Write(":"u8);
            Encoding.UTF8.GetBytes(part, text);
        }
        return SHA256.HashData(text.WrittenSpan);
    }
}
