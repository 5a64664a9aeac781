using System.Collections.Frozen;
using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Resolution;

/// <summary>Everything that a content folder says: texts, facts and rules, read once and never changed.</summary>
public sealed class Corpus
{
    private readonly FrozenDictionary<VersionState, VersionKnowledge> knowledge;

    private Corpus(ContentFiles files, AgreementCatalogue catalogue, FrozenDictionary<VersionState, VersionKnowledge> knowledge, FrozenDictionary<string, ImmutableArray<OperatorDecision>> decisions)
    {
        Files = files;
        Catalogue = catalogue;
        this.knowledge = knowledge;
        Decisions = decisions;
    }

    /// <summary>The files that it was read from.</summary>
    public ContentFiles Files { get; }

    /// <summary>Agreements, parties and places.</summary>
    public AgreementCatalogue Catalogue { get; }

    /// <summary>The operator's decisions by <c>agreement/version</c>, in the order of their instants.</summary>
    public FrozenDictionary<string, ImmutableArray<OperatorDecision>> Decisions { get; }

    /// <summary>Reads a content folder.</summary>
    /// <exception cref="ContentException">It has problems; all of them are in the exception.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Corpus Load(string folder) => Load(ContentFiles.Load(folder));

    /// <summary>Reads files of content.</summary>
    /// <exception cref="ContentException">They have problems; all of them are in the exception.</exception>
    public static Corpus Load(ContentFiles files)
    {
        var problems = new ProblemList();
        var corpus = Read(files, problems);
        return problems.Count == 0 ? corpus : throw new ContentException(problems.Sorted());
    }

    /// <summary>Reads a content folder and notes its problems; the result is whole only if there are none.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static Corpus Read(string folder, ProblemList problems) => Read(ContentFiles.Load(folder), problems);

    /// <summary>Reads files of content and notes their problems; the result is whole only if there are none.</summary>
    public static Corpus Read(ContentFiles files, ProblemList problems)
    {
        var catalogue = CatalogueReader.Read(files, problems);
        var versions = catalogue.Agreements.SelectMany(a => a.Versions).ToList();
        var states = versions.AsParallel().SelectMany(v => v.States.Select(s => (State: s, Knowledge: Understand(catalogue, v, s)))).ToList();
        return new Corpus(
            files, catalogue,
            states.ToFrozenDictionary(s => s.State, s => s.Knowledge, ReferenceEqualityComparer.Instance as IEqualityComparer<VersionState>),
            versions.Where(v => !v.Decisions.IsEmpty).ToFrozenDictionary(v => v.Path, v => RuleReader.ReadDecisions(catalogue, v), StringComparer.Ordinal));
    }

    /// <summary>Reads one state. The states of a version share entries, so they are read one after the other.</summary>
    private static VersionKnowledge Understand(AgreementCatalogue catalogue, AgreementVersion version, VersionState state) =>
        new(FactReader.Read(catalogue, version, state), RuleReader.Read(catalogue, version, state));

    /// <summary>The facts and rules of a version in a state.</summary>
    public VersionKnowledge Knowledge(VersionState state) => knowledge[state];
}

/// <summary>The facts and rules of a version as known in a state.</summary>
public sealed record VersionKnowledge(ImmutableArray<Fact> Facts, RuleBook Rules);
