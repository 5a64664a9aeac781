using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Acceptance;

/// <summary>
/// What somebody did with given versions, as shown at an instant: a leaf of the log. Its canonical bytes (RFC 8785) are what is hashed; <c>docs/evidence.md</c> is
/// the reference of the members.
/// </summary>
public sealed record AcceptanceRecord
{
    /// <summary>The format.</summary>
    public const string Schema = "terms-record/1";

    /// <summary>A record has at most so many agreements.</summary>
    public const int MostAgreements = 64;

    /// <summary>Checks every member on its own and against the kind of the act.</summary>
    /// <param name="kind">What was done.</param>
    /// <param name="subject">Whom it binds, as the service names them: opaque, 1 to 200 printable characters.</param>
    /// <param name="actor">Who acted, likewise opaque; null or the subject if nobody acted for it.</param>
    /// <param name="authority">By what authority the actor acted, in words, up to 500 characters; required if the actor is not the subject, and only then.</param>
    /// <param name="agreements">The versions, 1 to 64, each agreement once.</param>
    /// <param name="shown">Where and how they were shown; required for agree, acknowledge and decline, and only then.</param>
    /// <param name="channel">The way on which the act came in.</param>
    /// <param name="recorded">When this server recorded it; not before it was shown.</param>
    /// <param name="details">Personal details as commitments, by name.</param>
    /// <param name="withdraws">The acceptance that is withdrawn; required for withdraw, and only then.</param>
    /// <param name="provenance">Where an imported record came from; required for imported, and only then.</param>
    /// <param name="key">The key of the service that had it recorded.</param>
    /// <exception cref="ArgumentException">A member is missing, too much, too long or malformed; the message names it and says what to write.</exception>
    public AcceptanceRecord(
        AcceptanceKind kind, string subject, string? actor, string? authority, ImmutableArray<AcceptedVersion> agreements, ShownAs? shown, AcceptanceChannel channel,
        DateTimeOffset recorded, ImmutableSortedDictionary<string, string>? details, AcceptanceId? withdraws, Provenance? provenance, string key)
    {
        Kind = Enum.IsDefined(kind) ? kind : throw new ArgumentException("The kind of the act is not known.");
        Subject = PlainText.Checked(subject, 200, "subject");
        Actor = PlainText.Checked(actor ?? subject, 200, "actor");
        Authority = PlainText.OptionalChecked(authority, 500, "authority");
        Agreements = agreements;
        Shown = shown;
        Channel = Enum.IsDefined(channel) ? channel : throw new ArgumentException("The channel is not known.");
        Recorded = recorded.ToUniversalTime();
        Details = details ?? ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        Withdraws = withdraws;
        Provenance = provenance;
        Key = PlainText.Checked(key, 64, "key");
        Check();
    }

    /// <summary>What was done.</summary>
    public AcceptanceKind Kind { get; }

    /// <summary>Whom it binds.</summary>
    public string Subject { get; }

    /// <summary>Who acted; the subject itself if nobody acted for it.</summary>
    public string Actor { get; }

    /// <summary>By what authority the actor acted for the subject; null if they are one.</summary>
    public string? Authority { get; }

    /// <summary>The versions.</summary>
    public ImmutableArray<AcceptedVersion> Agreements { get; }

    /// <summary>Where and how they were shown; null for what was imported or withdrawn.</summary>
    public ShownAs? Shown { get; }

    /// <summary>The way on which the act came in.</summary>
    public AcceptanceChannel Channel { get; }

    /// <summary>When this server recorded it, in UTC.</summary>
    public DateTimeOffset Recorded { get; }

    /// <summary>Personal details as commitments, by name.</summary>
    public ImmutableSortedDictionary<string, string> Details { get; }

    /// <summary>The acceptance that is withdrawn.</summary>
    public AcceptanceId? Withdraws { get; }

    /// <summary>Where an imported record came from.</summary>
    public Provenance? Provenance { get; }

    /// <summary>The key of the service that had it recorded.</summary>
    public string Key { get; }

    /// <summary>When the act was done, as far as is known: for an imported record the instant that the older system gives, else when it was recorded.</summary>
    public DateTimeOffset? Acted => Provenance is null ? Recorded : Provenance.Agreed;

    /// <summary>The version of an agreement that the record names; null if it does not name the agreement.</summary>
    public AcceptedVersion? Version(string agreement)
    {
        foreach (var version in Agreements)
        {
            if (version.Agreement == agreement)
            {
                return version;
            }
        }
        return null;
    }

    /// <summary>The canonical bytes: the leaf of the log.</summary>
    public byte[] Bytes()
    {
        var json = new CanonicalWriter().Object().Member("actor", Actor).List("agreements");
        foreach (var a in Agreements)
        {
            json.Object().Member("agreement", a.Agreement).Member("language", a.Language).Member("rendering", a.Rendering).Member("textDigest", a.TextDigest)
                .Member("version", a.Version).EndObject();
        }
        json.EndList().Member("answer", Shown?.Answer).Member("authority", Authority).Member("channel", Channel.Word()).Object("details");
        foreach (var (name, digest) in Details)
        {
            json.Member(name, digest);
        }
        json.EndObject().Member("key", Key).Member("kind", Kind.Word()).Member("language", Shown?.Language);
        if (Shown is { } shown)
        {
            json.Object("presentation").Member("id", shown.Presentation).Member("shown", shown.Digest).EndObject();
        }
        else
        {
            json.Member("presentation", (string?)null);
        }
        json.Member("presented", Shown?.Presented);
        if (Provenance is { } from)
        {
            json.Object("provenance").Member("agreed", from.Agreed).Member("note", from.Note).Member("reference", from.Reference).Member("system", from.System).EndObject();
        }
        else
        {
            json.Member("provenance", (string?)null);
        }
        return json.Member("recorded", Recorded).Member("schema", Schema).Member("subject", Subject).Member("surface", Shown?.Surface)
            .Member("withdraws", Withdraws?.ToString()).EndObject().ToArray();
    }

    /// <summary>Reads canonical bytes back.</summary>
    /// <exception cref="FormatException">They are not such a record in canonical form.</exception>
    public static AcceptanceRecord Parse(ReadOnlyMemory<byte> bytes) => CanonicalReader.Read(bytes, "record", Read);

    /// <summary>Two records are equal if their canonical bytes are.</summary>
    public bool Equals(AcceptanceRecord? other) => ReferenceEquals(this, other) || (other is not null && Bytes().AsSpan().SequenceEqual(other.Bytes()));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Subject, Recorded);

    private static AcceptanceRecord Read(CanonicalReader json)
    {
        var (actor, agreements, answer, authority, channel) = (json.Text("actor"), json.List("agreements", AcceptedVersion.Read), json.OptionalText("answer"), json.OptionalText("authority"), json.Text("channel"));
        var details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        json.Map("details", name => details.Add(name, json.Text(name)));
        var (key, kind, language) = (json.Text("key"), json.Text("kind"), json.OptionalText("language"));
        var presentation = json.OptionalObject("presentation", p => Tuple.Create(p.Text("id"), p.Text("shown")));
        var (presented, provenance, recorded) = (json.OptionalInstant("presented"), json.OptionalObject("provenance", Provenance.Read), json.Instant("recorded"));
        if (json.Text("schema") != Schema)
        {
            throw new FormatException($"The schema is not {Schema}.");
        }
        var (subject, surface, withdraws) = (json.Text("subject"), json.OptionalText("surface"), json.OptionalText("withdraws"));
        return new AcceptanceRecord(
            Kinds(kind), subject, actor, authority, agreements, ShownAs.Of(presentation?.Item1, presentation?.Item2, answer, language, surface, presented), Channels(channel), recorded, details.ToImmutable(),
            Withdrawn(withdraws), provenance, key);
    }

    private static AcceptanceKind Kinds(string word) =>
        AcceptanceWords.Kinds.IndexOf(word) is var kind and >= 0 ? (AcceptanceKind)kind : throw new FormatException($"The kind is none of {string.Join(", ", AcceptanceWords.Kinds)}.");

    private static AcceptanceChannel Channels(string word) =>
        AcceptanceWords.Channels.IndexOf(word) is var channel and >= 0 ? (AcceptanceChannel)channel : throw new FormatException($"The channel is none of {string.Join(", ", AcceptanceWords.Channels)}.");

    private static AcceptanceId? Withdrawn(string? text) => text is null ? null : AcceptanceId.TryParse(text, out var id) ? id : throw new FormatException("`withdraws` is not the id of an acceptance.");

    private void Check()
    {
        if (Actor == Subject != Authority is null)
        {
            throw new ArgumentException("`authority` says by what authority an actor acts for the subject: send it if the actor is not the subject, and only then.");
        }
        if (Agreements.IsDefaultOrEmpty || Agreements.Length > MostAgreements || (Agreements.Length > 1 && Agreements.DistinctBy(a => a.Agreement).Count() != Agreements.Length))
        {
            throw new ArgumentException($"A record names 1 to {MostAgreements} agreements, each once.");
        }
        foreach (var (name, digest) in Details)
        {
            PersonalDetail.CheckName(name);
            PlainText.Digest(digest, $"details.{name}");
        }
        Demand("presentation", Shown is not null, Kind.AnswersPresentation());
        Demand("withdraws", Withdraws is not null, Kind == AcceptanceKind.Withdraw);
        Demand("provenance", Provenance is not null, Kind == AcceptanceKind.Imported);
        if (Channel == AcceptanceChannel.Import != (Kind == AcceptanceKind.Imported))
        {
            throw new ArgumentException("What is imported comes by the channel `import`, and nothing else does.");
        }
        if (Kind.AnswersPresentation() && Agreements.Any(a => a.Language is null))
        {
            throw new ArgumentException("A text that was shown has a language and a rendering.");
        }
        if (Shown?.Presented > Recorded || Provenance?.Agreed > Recorded)
        {
            throw new ArgumentException("`recorded` is before the instant at which the terms were shown or agreed to.");
        }
    }

    private void Demand(string member, bool isThere, bool isWanted)
    {
        if (isThere != isWanted)
        {
            throw new ArgumentException(isWanted ? $"A record of the kind {Kind.Word()} needs `{member}`." : $"A record of the kind {Kind.Word()} has no `{member}`.");
        }
    }
}

/// <summary>A version as a record names it.</summary>
public sealed record AcceptedVersion
{
    /// <summary>Checks the names.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="version">Its version: the effective date, or <c>undated</c>.</param>
    /// <param name="textDigest">The digest of all renderings of the version.</param>
    /// <param name="language">The language of the text shown (IETF tag); null if what was imported does not say.</param>
    /// <param name="rendering">The number of the text shown in that language, as text; null together with the language.</param>
    /// <exception cref="ArgumentException">A name is malformed.</exception>
    public AcceptedVersion(string agreement, string version, string textDigest, string? language, string? rendering)
    {
        Agreement = new AgreementId(agreement).Value;
        Version = new VersionId(version).Value;
        TextDigest = PlainText.Digest(textDigest, "textDigest");
        Language = PlainText.OptionalChecked(language, 35, "language");
        Rendering = PlainText.OptionalChecked(rendering, 3, "rendering");
        if (language is null != rendering is null)
        {
            throw new ArgumentException("`language` and `rendering` are given together or not at all.");
        }
    }

    /// <summary>The agreement.</summary>
    public string Agreement { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>The digest of all renderings of the version.</summary>
    public string TextDigest { get; }

    /// <summary>The language of the text shown.</summary>
    public string? Language { get; }

    /// <summary>The number of the text shown in that language.</summary>
    public string? Rendering { get; }

    internal static AcceptedVersion Read(CanonicalReader json)
    {
        var (agreement, language, rendering, textDigest) = (json.Text("agreement"), json.OptionalText("language"), json.OptionalText("rendering"), json.Text("textDigest"));
        return new AcceptedVersion(agreement, json.Text("version"), textDigest, language, rendering);
    }
}

/// <summary>Where and how terms were shown.</summary>
public sealed record ShownAs
{
    /// <summary>Checks the members.</summary>
    /// <param name="presentation">The id of the presentation.</param>
    /// <param name="digest">The digest of what was shown.</param>
    /// <param name="answer">The digest of the resolved answer.</param>
    /// <param name="language">The language of the sentence and the button.</param>
    /// <param name="surface">Where it was shown, as the service names it: 1 to 100 printable characters.</param>
    /// <param name="presented">When it was shown.</param>
    /// <exception cref="ArgumentException">A member is malformed.</exception>
    public ShownAs(string presentation, string digest, string answer, string language, string surface, DateTimeOffset presented)
    {
        Presentation = PlainText.Checked(presentation, 64, "presentation.id");
        Digest = PlainText.Digest(digest, "presentation.shown");
        Answer = PlainText.Digest(answer, "answer");
        Language = PlainText.Checked(language, 35, "language");
        Surface = PlainText.Checked(surface, 100, "surface");
        Presented = presented.ToUniversalTime();
    }

    /// <summary>The id of the presentation.</summary>
    public string Presentation { get; }

    /// <summary>The digest of what was shown.</summary>
    public string Digest { get; }

    /// <summary>The digest of the resolved answer.</summary>
    public string Answer { get; }

    /// <summary>The language of the sentence and the button.</summary>
    public string Language { get; }

    /// <summary>Where it was shown.</summary>
    public string Surface { get; }

    /// <summary>When it was shown, in UTC.</summary>
    public DateTimeOffset Presented { get; }

    /// <summary>The members of a record together; null if there is no presentation, and then none of the others may be there.</summary>
    internal static ShownAs? Of(string? presentation, string? digest, string? answer, string? language, string? surface, DateTimeOffset? presented)
    {
        if (presentation is null || digest is null)
        {
            return (answer ?? language ?? surface) is null && presented is null ? null : throw new FormatException("`answer`, `language`, `presented` or `surface` is given, but `presentation` is null.");
        }
        return new ShownAs(
            presentation, digest, answer ?? throw Null("answer"), language ?? throw Null("language"), surface ?? throw Null("surface"), presented ?? throw Null("presented"));
    }

    private static FormatException Null(string name) => new($"`{name}` must not be null.");
}

/// <summary>Where an imported record came from.</summary>
public sealed record Provenance
{
    /// <summary>Checks the members.</summary>
    /// <param name="system">The older system: 1 to 200 printable characters.</param>
    /// <param name="reference">The record's name there: 1 to 200 printable characters.</param>
    /// <param name="agreed">When the subject agreed, as that system says; null if it does not.</param>
    /// <param name="note">What else is known, up to 2,000 characters.</param>
    /// <exception cref="ArgumentException">A member is malformed.</exception>
    public Provenance(string system, string reference, DateTimeOffset? agreed, string? note)
    {
        System = PlainText.Checked(system, 200, "system");
        Reference = PlainText.Checked(reference, 200, "reference");
        Agreed = agreed?.ToUniversalTime();
        Note = PlainText.OptionalChecked(note, 2000, "note");
    }

    /// <summary>The older system.</summary>
    public string System { get; }

    /// <summary>The record's name there.</summary>
    public string Reference { get; }

    /// <summary>When the subject agreed, in UTC.</summary>
    public DateTimeOffset? Agreed { get; }

    /// <summary>What else is known.</summary>
    public string? Note { get; }

    internal static Provenance Read(CanonicalReader json)
    {
        var (agreed, note, reference) = (json.OptionalInstant("agreed"), json.OptionalText("note"), json.Text("reference"));
        return new Provenance(json.Text("system"), reference, agreed, note);
    }
}
