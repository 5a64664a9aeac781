using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>The findings about everything in a content folder.</summary>
/// <param name="Open">Those that nobody has accepted, by file and line.</param>
/// <param name="Accepted">Those that an editor has accepted, with the reason.</param>
/// <param name="Stale">Acceptances of findings that do not occur.</param>
public sealed record ContentLint(ImmutableArray<LintFinding> Open, ImmutableArray<(LintFinding Finding, string Why)> Accepted, ImmutableArray<Problem> Stale)
{
    /// <summary>Looks through every text, and through rules and facts as they are known now.</summary>
    public static ContentLint Of(Corpus corpus)
    {
        var open = new List<LintFinding>();
        var accepted = new List<(LintFinding, string)>();
        var stale = new List<Problem>();
        foreach (var version in corpus.Catalogue.Agreements.SelectMany(a => a.Versions))
        {
            var used = new HashSet<AcceptedFinding>();
            foreach (var finding in Of(corpus, version))
            {
                if (version.Details.Accepted.FirstOrDefault(a => a.Code == finding.Code && a.Clause == finding.Clause) is { } by)
                {
                    used.Add(by);
                    accepted.Add((finding, by.Why));
                }
                else
                {
                    open.Add(finding);
                }
            }
            stale.AddRange(version.Details.Accepted.Where(a => !used.Contains(a)).Select(a => new Problem(
                $"agreements/{version.Path}/version.yaml", a.Line, $"`accepted` names {a.Code}{(a.Clause is null ? "" : $" in clause {a.Clause}")}, which does not occur", "Take the entry out, or mend its code or clause.")));
        }
        return new ContentLint(
            [.. open.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Code, StringComparer.Ordinal)],
            [.. accepted.OrderBy(f => f.Item1.File, StringComparer.Ordinal).ThenBy(f => f.Item1.Line).ThenBy(f => f.Item1.Code, StringComparer.Ordinal)],
            [.. stale.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)]);
    }

    /// <summary>The findings about one version, accepted or not; what is said of the version as a whole is said once, of its first text.</summary>
    public static IEnumerable<LintFinding> Of(Corpus corpus, AgreementVersion version)
    {
        var hasRules = RuleLint.HasRules(corpus, version);
        var known = new LintedText(version.Agreement.IsContract, version.Details.IsExcerpt, version.Id.Effective is not null, hasRules, version.Details.MissingInOriginal);
        var ofTexts = version.Texts.SelectMany(t => TextLinter.Find(t, known).Where(f => f.Clause is not null || t == version.Texts[0]));
        return [.. ofTexts, .. RuleLint.Find(corpus, version)];
    }
}
