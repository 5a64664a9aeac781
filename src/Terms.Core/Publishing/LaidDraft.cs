using System.Globalization;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>A draft laid over the published content, as if it were published on some days.</summary>
public static class LaidDraft
{
    /// <summary>The published files, with the draft as a version among them.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="published">What is published, files and what they say.</param>
    /// <param name="plan">The days of the version.</param>
    /// <param name="recorded">When the catalogue learns of it.</param>
    /// <param name="classification">How grave the change is; null for a new agreement.</param>
    public static ContentFiles Over(Draft draft, Corpus published, PublicationPlan plan, DateTimeOffset recorded, ChangeClass? classification)
    {
        var folder = draft.Folder(plan);
        var head = string.Create(CultureInfo.InvariantCulture, $"announced: {plan.Announced:yyyy-MM-dd}\neffective: {plan.Effective:yyyy-MM-dd}\n")
            + (plan.ExistingFrom is { } existing ? string.Create(CultureInfo.InvariantCulture, $"existing-customers-from: {existing:yyyy-MM-dd}\n") : "")
            + $"recorded: {recorded.ToRfc3339()}\n"
            + (draft.Base is { } before ? $"supersedes: {before}\n" : "")
            + (classification is { } change ? $"classification: {change.Word()}\n" : "");
        var files = draft.Files.With(Draft.VersionFile, head + DraftStart.WithoutKeys(draft.Files.Text(Draft.VersionFile) ?? "", DraftStart.Dates));
        var all = published.Files;
        if (files.Text(Draft.AgreementFile) is { } agreement)
        {
            all = all.With($"agreements/{draft.Agreement}/{Draft.AgreementFile}", agreement);
            files = files.Without(Draft.AgreementFile);
        }
        all = all.With(folder, files);
        return all.Text("parties.yaml") is { } parties ? all.With("parties.yaml", WithNames(parties, draft, $"{draft.Agreement}/{plan.Effective.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}")) : all;
    }

    /// <summary>Adds the version to <c>used-in</c> of each name that its clauses write; a name inside a longer one does not count.</summary>
    private static string WithNames(string parties, Draft draft, string version)
    {
        var lists = YamlScalars.In(parties).Where(s => s.Key == "used-in").GroupBy(s => s.Beside.GetValueOrDefault("name", "")).Where(g => g.Key.Length > 0).ToList();
        var words = string.Join('\n', draft.Files.Paths.Where(ClauseFile.IsText).Select(p => Words(p, draft.Files.Text(p) ?? "")));
        var written = new List<YamlScalar>();
        foreach (var uses in lists.OrderByDescending(l => l.Key.Length))
        {
            if (words.Contains(uses.Key, StringComparison.Ordinal) && uses.All(u => u.Value != version))
            {
                written.Add(uses.Last());
            }
            words = words.Replace(uses.Key, "\0", StringComparison.Ordinal);
        }
        return written.OrderByDescending(w => w.Start).Aggregate(parties, (text, last) => YamlScalars.Append(text, last, version));
    }

    /// <summary>What the clauses of a text say, without notes; nothing while it cannot be cut into clauses.</summary>
    private static string Words(string name, string source) =>
        TermsTextParser.Parse(name, source.ReplaceLineEndings("\n"), "", 1, isExcerpt: false, [], new ProblemList()) is { } text ? string.Join('\n', text.All.Select(c => c.Text)) : "";
}
