using Terms.Verifier.Json;

namespace Terms.Verifier.Records;

/// <summary>What a record of the log <c>acceptances</c> is a record of.</summary>
internal enum RecordKind
{
    Agree,
    Acknowledge,
    Decline,
    Withdraw,
    Imported,
}

/// <summary>
/// A record <c>terms-record/1</c>, read from its canonical bytes: every member checked for its form, and the ones that proofs rest on kept. Texts are kept as they stand between
/// their quotes.
/// </summary>
internal readonly ref struct AcceptanceFields
{
    private AcceptanceFields(CanonicalReader reader)
    {
        reader.OpenObject();
        var actor = reader.Opaque("actor"u8);
        ReadAgreements(ref reader);
        var isAnswered = reader.DigestOrNull("answer"u8);
        var hasAuthority = reader.FilledOrNull("authority"u8, out _);
        _ = reader.OneOf("channel"u8, "page", "api", "import");
        Details = ReadDetails(ref reader);
        _ = reader.FilledOrNull("key"u8, out _);
        Kind = (RecordKind)reader.OneOf("kind"u8, "agree", "acknowledge", "decline", "withdraw", "imported");
        _ = reader.FilledOrNull("language"u8, out _);
        Shown = ReadPresentation(ref reader);
        Presented = reader.MomentOrNull("presented"u8);
        Agreed = ReadProvenance(ref reader, out var isImported);
        Recorded = reader.Moment("recorded"u8);
        _ = reader.OneOf("schema"u8, "terms-record/1");
        Subject = reader.Opaque("subject"u8);
        _ = reader.FilledOrNull("surface"u8, out _);
        Withdraws = reader.FilledOrNull("withdraws"u8, out var withdrawn) ? withdrawn : default;
        reader.CloseObject();
        reader.End();

        Hold(isImported == (Kind == RecordKind.Imported), "`provenance` belongs to what was imported, and to nothing else");
        Hold(Withdraws.IsEmpty == (Kind != RecordKind.Withdraw), "`withdraws` belongs to a withdrawal, and to nothing else");
        Hold(Kind != RecordKind.Imported || (Shown.IsEmpty && Presented is null && !isAnswered), "nothing was shown when a record was imported, so `presentation`, `presented` and `answer` are null");
        Hold(hasAuthority != actor.SequenceEqual(Subject), "`authority` says by what right another acted for the subject, and is null if they are one");
    }

    public RecordKind Kind { get; }

    /// <summary>The digest of what was shown; empty if nothing was.</summary>
    public ReadOnlySpan<byte> Shown { get; }

    /// <summary>The object of commitments.</summary>
    public ReadOnlySpan<byte> Details { get; }

    public ReadOnlySpan<byte> Subject { get; }

    /// <summary>The id of what is withdrawn; empty if nothing is.</summary>
    public ReadOnlySpan<byte> Withdraws { get; }

    public long? Presented { get; }

    /// <summary>When an imported agreement was made, as the older system had it.</summary>
    public long? Agreed { get; }

    public long Recorded { get; }

    /// <summary>Reads a record; the message of <see cref="MalformedException"/> says what is wrong with it.</summary>
    public static AcceptanceFields Read(ReadOnlySpan<byte> record) => new(new CanonicalReader(record));

    /// <summary>What is wrong with the order of the instants, in words; null if nothing is.</summary>
    public string? WrongOrder => Presented > Recorded ? "it was recorded before it was presented"
        : Agreed > Recorded ? "it was recorded before the older system says that it was agreed"
        : null;

    private static void ReadAgreements(scoped ref CanonicalReader reader)
    {
        reader.Member("agreements"u8);
        reader.OpenList();
        while (reader.AnyItem())
        {
            reader.OpenObject();
            _ = reader.Filled("agreement"u8);
            _ = reader.FilledOrNull("language"u8, out _);
            _ = reader.FilledOrNull("rendering"u8, out _);
            _ = reader.Digest("textDigest"u8);
            _ = reader.Filled("version"u8);
            reader.CloseObject();
        }
    }

    private static ReadOnlySpan<byte> ReadDetails(scoped ref CanonicalReader reader)
    {
        reader.Member("details"u8);
        var start = reader.At;
        reader.OpenObject();
        ReadOnlySpan<byte> name = default;
        while (reader.AnyMember(ref name))
        {
            Commitment.HoldName(name);
            RecordText.Checked(reader.Text(), name);
        }
        reader.CloseObject();
        return reader.Since(start);
    }

    private static ReadOnlySpan<byte> ReadPresentation(scoped ref CanonicalReader reader)
    {
        reader.Member("presentation"u8);
        if (reader.Null())
        {
            return default;
        }
        reader.OpenObject();
        _ = reader.Filled("id"u8);
        var shown = reader.Digest("shown"u8);
        reader.CloseObject();
        return shown;
    }

    private static long? ReadProvenance(scoped ref CanonicalReader reader, out bool isImported)
    {
        reader.Member("provenance"u8);
        isImported = !reader.Null();
        if (!isImported)
        {
            return null;
        }
        reader.OpenObject();
        var agreed = reader.MomentOrNull("agreed"u8);
        _ = reader.FilledOrNull("note"u8, out _);
        _ = reader.Filled("reference"u8);
        _ = reader.Filled("system"u8);
        reader.CloseObject();
        return agreed;
    }

    private static void Hold(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new MalformedException(otherwise);
        }
    }
}
