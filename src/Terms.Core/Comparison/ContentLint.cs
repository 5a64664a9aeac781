using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>The findings about everything in a content folder.</summary>
/// <param name="Open">Those that nobody has accepted, by file and line.</param>
/// <param name="Accepted">Those that an editor has accepted, with the reason.</param>
/// <param name="Stale">Acceptances of findings that do not occur, or that do not say which of several they mean.</param>
public sealed record ContentLint(ImmutableArray<LintFinding> Open, ImmutableArray<(LintFinding Finding, string Why)> Accepted, ImmutableArray<Problem> Stale)
{
    /// <summary>Looks through every text, through rules and facts as they are known now, and through the changes from each version to the one that it supersedes.</summary>
    public static ContentLint Of(Corpus corpus)
    {
        var versions = corpus.Catalogue.Agreements.SelectMany(a => a.Versions).Select(v => OfVersion(corpus, v)).ToList();
        return new ContentLint(
            [.. versions.SelectMany(v => v.Open).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Code, StringComparer.Ordinal)],
            [.. versions.SelectMany(v => v.Accepted).OrderBy(f => f.Finding.File, StringComparer.Ordinal).ThenBy(f => f.Finding.Line).ThenBy(f => f.Finding.Code, StringComparer.Ordinal)],
            [.. versions.SelectMany(v => v.Stale).OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)]);
    }

    /// <summary>The same for one version, in the order in which they were found.</summary>
    public static ContentLint OfVersion(Corpus corpus, AgreementVersion version)
    {
        var findings = Of(corpus, version).ToList();
        var meant = new Dictionary<LintFinding, AcceptedFinding>();
        var stale = new List<Problem>();
        foreach (var entry in version.Details.Accepted)
        {
            var covered = findings.Where(entry.Covers).ToList();
            // Without words an entry means the only such finding of a text: a second one has to be seen.
            if (covered.Count > 0 && (entry.Words is not null || covered.GroupBy(f => f.File).All(g => g.Count() == 1)))
            {
                covered.ForEach(f => meant.TryAdd(f, entry));
                continue;
            }
            var times = covered.Count == 0 ? 0 : covered.GroupBy(f => f.File).Max(g => g.Count());
            stale.Add(new Problem($"agreements/{version.Path}/version.yaml", entry.Line, AcceptanceForms.Of(entry, times)));
        }
        return new ContentLint([.. findings.Where(f => !meant.ContainsKey(f))], [.. findings.Where(meant.ContainsKey).Select(f => (f, meant[f].Why))], [.. stale]);
    }

    /// <summary>The findings about one version, accepted or not; what is said of the version as a whole is said once, of its first text.</summary>
    public static IEnumerable<LintFinding> Of(Corpus corpus, AgreementVersion version)
    {
        var hasRules = RuleLint.HasRules(corpus, version);
        var known = new LintedText(version.Agreement.IsContract, version.Details.IsExcerpt, version.Id.Effective is not null, hasRules, version.Details.MissingInOriginal);
        var ofTexts = version.Texts.SelectMany(t => TextLinter.Find(t, known).Where(f => f.Clause is not null || t == version.Texts[0]));
        return [.. ofTexts, .. RuleLint.Find(corpus, version), .. OfChange(corpus, version)];
    }

    /// <summary>The findings about the change from the version that this one supersedes: rendering against rendering of the same language and number.</summary>
    private static IEnumerable<LintFinding> OfChange(Corpus corpus, AgreementVersion version) =>
        version.Details.Supersedes is { } id && version.Agreement.Version(id.Value) is { } before
            ? version.Texts.SelectMany(text => before.Text(text.Language, text.Number) is { } old
                ? ChangeLint.Find(TextComparison.Of(old, text, new ComparisonFocus(Critical(corpus, before, old), Critical(corpus, version, text), [])))
                : [])
            : [];

    /// <summary>The clauses that rules and facts cite; where there are none yet, those whose words tell.</summary>
    private static IReadOnlySet<string> Critical(Corpus corpus, AgreementVersion version, TermsText text) =>
        VersionComparison.Critical(corpus.Knowledge(version.States[^1])) is { Count: > 0 } cited ? cited : CriticalWords.In(text);
}
