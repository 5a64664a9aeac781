using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>The days of a version: when it is told, and from when it binds. All are local days of the catalogue's zone.</summary>
public sealed record PublicationPlan
{
    /// <summary>Checks the order of the days.</summary>
    /// <param name="announced">The day on which it is announced.</param>
    /// <param name="effective">The day from which it binds whoever becomes a customer; it binds from the start of that day.</param>
    /// <param name="existingFrom">The day from which it binds those who were customers before; null for the same day.</param>
    /// <exception cref="ArgumentException">The days are out of order; the message says which.</exception>
    public PublicationPlan(DateOnly announced, DateOnly effective, DateOnly? existingFrom = null)
    {
        if (effective < announced)
        {
            throw new ArgumentException($"The version would bind on {effective.ToFullDate()}, before it is announced on {announced.ToFullDate()}. Choose a later day.", nameof(effective));
        }
        if (existingFrom < effective)
        {
            throw new ArgumentException($"The version would bind customers on {existingFrom.Value.ToFullDate()}, before it takes effect on {effective.ToFullDate()}. Choose a later day.", nameof(existingFrom));
        }
        (Announced, Effective, ExistingFrom) = (announced, effective, existingFrom == effective ? null : existingFrom);
    }

    /// <summary>Days for a draft that has none yet, so that it can be read as a version: behind the last one of its agreement, and tomorrow at the earliest.</summary>
    /// <param name="catalogue">What is published.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="now">The moment.</param>
    public static PublicationPlan Provisional(AgreementCatalogue catalogue, AgreementId agreement, DateTimeOffset now)
    {
        var (today, last) = (now.DateIn(catalogue.Zone), catalogue.Find(agreement.Value)?.Versions.LastOrDefault()?.Id.Effective);
        return new PublicationPlan(today, (last >= today && last < DateOnly.MaxValue ? last.Value : today).AddDays(1));
    }

    /// <summary>The day on which it is announced.</summary>
    public DateOnly Announced { get; }

    /// <summary>The day from which it binds whoever becomes a customer.</summary>
    public DateOnly Effective { get; }

    /// <summary>The later day from which it binds those who were customers before; null if there is none.</summary>
    public DateOnly? ExistingFrom { get; }
}

/// <summary>A version of an agreement while it is written. It never changes; an edit gives another draft, with the next revision.</summary>
public sealed partial record Draft
{
    /// <summary>The file with what is known about a version beside its words. That of a draft has no days: they come with its publication.</summary>
    public const string VersionFile = "version.yaml";

    /// <summary>The file of a new agreement.</summary>
    public const string AgreementFile = "agreement.yaml";

    private static readonly string[] Allowed = [VersionFile, "rules.yaml", "facts.yaml", "decisions.yaml", AgreementFile];

    /// <summary>Checks the parts of a draft.</summary>
    /// <param name="id">Its lasting name: lower-case letters, digits and hyphens, at most 64.</param>
    /// <param name="agreement">The agreement that it is to be a version of.</param>
    /// <param name="baseVersion">The version that it was made from; null for a new agreement.</param>
    /// <param name="author">Who made it.</param>
    /// <param name="files">Its files, by their names in the version's folder.</param>
    /// <exception cref="ArgumentException">A name is malformed, or a file has no place in a version; the message says which.</exception>
    public Draft(string id, AgreementId agreement, VersionId? baseVersion, string author, ContentFiles files)
    {
        Id = IsName(id) ? id : throw new ArgumentException($"`{id}` is not a draft's name. Use lower-case letters, digits and hyphens, at most 64.", nameof(id));
        Author = Person.Checked(author);
        (Agreement, Base) = (agreement, baseVersion);
        Files = Checked(files, isNewAgreement: baseVersion is null);
    }

    /// <summary>Whether a text may be the name of a draft.</summary>
    public static bool IsName(string text) => IdForm().IsMatch(text);

    /// <summary>Its lasting name.</summary>
    public string Id { get; }

    /// <summary>The agreement that it is to be a version of.</summary>
    public AgreementId Agreement { get; }

    /// <summary>The version that it was made from; null for a new agreement.</summary>
    public VersionId? Base { get; private init; }

    /// <summary>Who made it.</summary>
    public string Author { get; }

    /// <summary>1 for a new draft, one more with every edit.</summary>
    public int Revision { get; private init; } = 1;

    /// <summary>Its files: texts, <c>version.yaml</c>, <c>rules.yaml</c>, <c>facts.yaml</c>, <c>decisions.yaml</c>, and <c>agreement.yaml</c> of a new agreement.</summary>
    public ContentFiles Files { get; private init; }

    /// <summary>Whether its words are the operator's own; false for a restatement, and where <see cref="VersionFile"/> does not say.</summary>
    public bool IsOfficial => Files.Text(VersionFile) is { } yaml && YamlScalars.In(yaml).Any(s => s is { Key: "edition", Value: "official" });

    /// <summary>The facts and rules that a person has looked at again, by <see cref="FactConfirmation.Key"/>.</summary>
    public ImmutableSortedDictionary<string, FactConfirmation> Confirmations { get; private init; } = Sorted<FactConfirmation>();

    /// <summary>How each change is classified, by <see cref="ClauseClassification.Key"/>.</summary>
    public ImmutableSortedDictionary<string, ClauseClassification> Classifications { get; private init; } = Sorted<ClauseClassification>();

    /// <summary>The conflicts and gaps that are meant to be there, by <see cref="AcceptedGap.Key"/>.</summary>
    public ImmutableSortedDictionary<string, AcceptedGap> AcceptedGaps { get; private init; } = Sorted<AcceptedGap>();

    /// <summary>The digest of everything that is approved: agreement, base, files byte for byte, confirmations, classifications, accepted gaps.</summary>
    public Digest Digest => Digest.Of(new Dictionary<string, object>
    {
        ["draft"] = Id,
        ["agreement"] = Agreement.Value,
        ["base"] = Base?.Value ?? "",
        ["files"] = Files.Paths.ToDictionary(p => p, p => (object)Digest.OfBytes(Files.Bytes(p).Span).Value, StringComparer.Ordinal),
        ["confirmations"] = Confirmations.Values.Select(c => new object[] { c.Key, c.Wording.Value, c.Who, c.At.ToRfc3339(), c.Why }).ToArray(),
        ["classifications"] = Classifications.Values.Select(c => new object[] { c.Key, c.Wording.Value, c.Class.Word(), c.Who, c.At.ToRfc3339(), c.Why }).ToArray(),
        ["gaps"] = AcceptedGaps.Values.Select(g => new object[] { g.Key, g.Who, g.At.ToRfc3339(), g.Why }).ToArray(),
    });

    /// <summary>A draft as it was kept.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="baseVersion">The version that it was made from.</param>
    /// <param name="author">Who made it.</param>
    /// <param name="revision">Its revision, 1 or more.</param>
    /// <param name="files">Its files.</param>
    /// <param name="confirmations">What was confirmed.</param>
    /// <param name="classifications">What was classified.</param>
    /// <param name="gaps">What was accepted.</param>
    /// <exception cref="ArgumentException">A part is malformed; the message says which.</exception>
    public static Draft Kept(
        string id, AgreementId agreement, VersionId? baseVersion, string author, int revision, ContentFiles files,
        IEnumerable<FactConfirmation> confirmations, IEnumerable<ClauseClassification> classifications, IEnumerable<AcceptedGap> gaps) =>
        new(id, agreement, baseVersion, author, files)
        {
            Revision = revision >= 1 ? revision : throw new ArgumentException($"Revisions are numbered from 1, and this one is {revision}.", nameof(revision)),
            Confirmations = confirmations.ToImmutableSortedDictionary(c => c.Key, c => c, StringComparer.Ordinal),
            Classifications = classifications.ToImmutableSortedDictionary(c => c.Key, c => c, StringComparer.Ordinal),
            AcceptedGaps = gaps.ToImmutableSortedDictionary(g => g.Key, g => g, StringComparer.Ordinal),
        };

    /// <summary>The draft with other files.</summary>
    /// <exception cref="ArgumentException">A file has no place in a version.</exception>
    public Draft With(ContentFiles files) => Next() with { Files = Checked(files, isNewAgreement: Base is null) };

    /// <summary>The draft with a fact or rule confirmed; it takes the place of an earlier confirmation of the same.</summary>
    public Draft With(FactConfirmation confirmation) => Next() with { Confirmations = Confirmations.SetItem(confirmation.Key, confirmation) };

    /// <summary>The draft with a change classified.</summary>
    public Draft With(ClauseClassification classification) => Next() with { Classifications = Classifications.SetItem(classification.Key, classification) };

    /// <summary>The draft with a conflict or gap accepted.</summary>
    public Draft With(AcceptedGap gap) => Next() with { AcceptedGaps = AcceptedGaps.SetItem(gap.Key, gap) };

    /// <summary>The draft as a change of a later version, with the files of a merge (<see cref="DraftMerge"/>).</summary>
    public Draft Rebased(VersionId onto, ContentFiles files) => With(files) with { Base = onto };

    /// <summary>
    /// The draft as it was in an earlier revision, as its newest: files, the version that it was made from, and what people had said of these words. Where somebody has said something else of the same
    /// words since, that counts; gaps that were accepted since stay accepted.
    /// </summary>
    /// <param name="earlier">The revision.</param>
    public Draft Restored(Draft earlier) => With(earlier.Files) with
    {
        Base = earlier.Base,
        Confirmations = earlier.Confirmations.Values.Where(c => Confirmations.GetValueOrDefault(c.Key)?.Wording != c.Wording).Aggregate(Confirmations, (all, c) => all.SetItem(c.Key, c)),
        Classifications = earlier.Classifications.Values.Where(c => Classifications.GetValueOrDefault(c.Key)?.Wording != c.Wording).Aggregate(Classifications, (all, c) => all.SetItem(c.Key, c)),
        AcceptedGaps = earlier.AcceptedGaps.Values.Where(g => !AcceptedGaps.ContainsKey(g.Key)).Aggregate(AcceptedGaps, (all, g) => all.SetItem(g.Key, g)),
    };

    /// <summary>The folder that the version gets.</summary>
    public string Folder(PublicationPlan plan) => $"agreements/{Agreement}/{plan.Effective.ToFullDate()}";

    private Draft Next() => this with { Revision = Revision + 1 };

    /// <exception cref="ArgumentException">A file has no place in a version.</exception>
    internal static ContentFiles Checked(ContentFiles files, bool isNewAgreement)
    {
        foreach (var path in files.Paths.Where(p => !Allowed.Contains(p) && !ClauseFile.IsText(p) || (p == AgreementFile && !isNewAgreement)))
        {
            throw new ArgumentException($"`{path}` has no place in a draft. It holds texts such as terms.en.md, {string.Join(", ", Allowed.SkipLast(1))}, and {AgreementFile} of a new agreement.", nameof(files));
        }
        return files;
    }

    private static ImmutableSortedDictionary<string, T> Sorted<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex IdForm();
}

/// <summary>The form of names and reasons that people give. They are brought to Unicode NFC, so that one person has one name however it was typed.</summary>
internal static class Person
{
    /// <summary>The most characters of a reason, a remark, or what is said of a step.</summary>
    public const int LongestReason = 4000;

    private const int LongestName = 200;

    /// <exception cref="ArgumentException">The name is empty, too long, or holds control characters or half characters.</exception>
    public static string Checked(string who) =>
        !string.IsNullOrWhiteSpace(who) && who.Length <= LongestName && !who.Any(char.IsControl) && WellFormed.IsWhole(who) ? who.Normalize()
            : throw new ArgumentException($"A person's name has 1 to {LongestName} characters and no control characters.", nameof(who));

    /// <exception cref="ArgumentException">The reason is empty or too long.</exception>
    public static string Reason(string why) => IsSaid(why) ? why.Normalize() : throw new ArgumentException($"Give a reason in words, of at most {LongestReason} characters.", nameof(why));

    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public static string Change(string what) => IsSaid(what) ? what.Normalize() : throw new ArgumentException($"Say in words what was changed, in at most {LongestReason} characters.", nameof(what));

    /// <summary>What the program itself says of a step, cut where it would be longer than what a person may say.</summary>
    public static string Shortened(string words) => WellFormed.Shortened(words, LongestReason);

    private static bool IsSaid(string words) =>
        !string.IsNullOrWhiteSpace(words) && words.Length <= LongestReason && !words.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) && WellFormed.IsWhole(words);
}
