using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>One dated text of an agreement. Once published, its text is never edited; its rules and facts may be corrected, with a date.</summary>
public sealed class AgreementVersion
{
    internal AgreementVersion(AgreementId agreement, VersionId id, VersionDetails details, ImmutableArray<TermsText> texts, ImmutableArray<VersionState> states, ImmutableArray<YamlMap> decisions)
    {
        Path = $"{agreement}/{id}";
        Id = id;
        Details = details;
        Texts = texts;
        States = states;
        Decisions = decisions;
        TextDigest = states[0].TextDigest;
    }

    /// <summary>The agreement that this is a version of.</summary>
    public Agreement Agreement { get; internal set; } = null!;

    /// <summary>Its name in the agreement.</summary>
    public VersionId Id { get; }

    /// <summary><c>agreement/version</c>: its name in the catalogue.</summary>
    public string Path { get; }

    /// <summary>What is known about it beside the words.</summary>
    public VersionDetails Details { get; }

    /// <summary>Its renderings: the default language first, then by language and number.</summary>
    public ImmutableArray<TermsText> Texts { get; }

    /// <summary>What was known about it, state after state: the first as recorded, then one per correction.</summary>
    public ImmutableArray<VersionState> States { get; }

    /// <summary>The operator's own decisions of conflicts, as entries of <c>decisions.yaml</c>; no part of what the text says.</summary>
    public ImmutableArray<YamlMap> Decisions { get; }

    /// <summary>The digest of everything a person is shown; acceptances cite it. It never changes.</summary>
    public Digest TextDigest { get; }

    /// <summary>What was known at an instant; null before the version was recorded.</summary>
    public VersionState? StateAt(DateTimeOffset knownAt) => States.LastOrDefault(s => s.KnownFrom <= knownAt);

    /// <summary>The version that it takes the place of: the one that it names, else the last one before it that was not taken back; null if it is the first.</summary>
    public AgreementVersion? Before => Details.Supersedes is { } named ? Agreement.Version(named.Value) : Agreement.Versions.LastOrDefault(v => v.Id.IsBefore(Id) && v.Details.Withdrawn is null);

    /// <summary>Whether it was known at an instant that the version was taken back: then it is never in force.</summary>
    public bool IsWithdrawn(DateTimeOffset knownAt) => Details.Withdrawn?.At <= knownAt;

    /// <summary>The rendering in a language with a number, or null.</summary>
    public TermsText? Text(string language, int number) => Texts.FirstOrDefault(t => t.Language == language && t.Number == number);

    /// <summary>The rendering that facts count from 1: the n-th in the version's first language.</summary>
    public TermsText? Rendering(int number) => Text(Texts[0].Language, number);

    /// <summary>Whether a label is that of a clause in one of the renderings.</summary>
    public bool HasClause(string label) => Texts.Any(t => t.Find(label) is not null);
}

/// <summary>What <c>version.yaml</c> says.</summary>
/// <param name="Announced">The local day of announcement, if known.</param>
/// <param name="Recorded">When this catalogue learnt of the version.</param>
/// <param name="Supersedes">The version before it, if the text names or implies one that is here.</param>
/// <param name="Source">Where the text was taken from.</param>
/// <param name="IsOfficial">True if the words are the operator's own, false for a restatement.</param>
/// <param name="IsExcerpt">True if only part of the text is known.</param>
/// <param name="Classification">How the change from the version before it is classified.</param>
/// <param name="Incorporates">The documents that the text makes part of itself.</param>
/// <param name="Note">An editor's note on the version as a whole.</param>
/// <param name="MissingInOriginal">Labels that the original itself leaves out of its numbering.</param>
/// <param name="Accepted">Findings of the linter that an editor has accepted.</param>
/// <param name="ExistingFrom">The local day from which it binds those who were customers before it took effect; null if that is the same day.</param>
/// <param name="Withdrawn">That it was taken back before it took effect; null if it was not.</param>
public sealed record VersionDetails(
    DateOnly? Announced, DateTimeOffset Recorded, VersionId? Supersedes, string? Source, bool IsOfficial, bool IsExcerpt,
    string? Classification, ImmutableArray<Incorporation> Incorporates, string? Note,
    ImmutableArray<string> MissingInOriginal, ImmutableArray<AcceptedFinding> Accepted, DateOnly? ExistingFrom,
    Withdrawal? Withdrawn = null);

/// <summary>A document that a text makes part of itself or orders to be read with it.</summary>
/// <param name="Agreement">The agreement in this catalogue, if it is here.</param>
/// <param name="Name">The document's name as the text gives it.</param>
/// <param name="Url">Its address, if the text gives one.</param>
/// <param name="Clauses">Where the text says so.</param>
public sealed record Incorporation(string? Agreement, string Name, string? Url, ImmutableArray<string> Clauses);

/// <summary>What was known about a version from an instant on: its facts and rules, still as entries of the files.</summary>
/// <param name="KnownFrom">The instant from which this was known.</param>
/// <param name="Entries">The entries of <c>rules.yaml</c> by section, and those of <c>facts.yaml</c> under <c>facts</c>.</param>
/// <param name="Correction">The correction that led to this state; null for the first.</param>
/// <param name="TextDigest">The digest of the words.</param>
/// <param name="Digest">The digest of words, rules and facts.</param>
public sealed record VersionState(
    DateTimeOffset KnownFrom, ImmutableDictionary<string, ImmutableArray<YamlMap>> Entries, Correction? Correction, Digest TextDigest, Digest Digest)
{
    /// <summary>The entries of a section, empty if there are none.</summary>
    public ImmutableArray<YamlMap> Section(string name) => Entries.GetValueOrDefault(name, []);
}

/// <summary>A dated correction of rules or facts as understood; the words stay.</summary>
/// <param name="At">When it was made.</param>
/// <param name="Who">Who made it.</param>
/// <param name="Why">Why.</param>
/// <param name="Changed">The ids of the entries that it replaced, added or removed.</param>
public sealed record Correction(DateTimeOffset At, string Who, string Why, ImmutableArray<string> Changed);
