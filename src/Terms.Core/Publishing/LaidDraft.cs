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
    /// <exception cref="ArgumentException">A version of the agreement takes effect on that day already.</exception>
    public static ContentFiles Over(Draft draft, Corpus published, PublicationPlan plan, DateTimeOffset recorded, ChangeClass? classification)
    {
        var folder = draft.Folder(plan);
        if (published.Files.HasFolder(folder))
        {
            throw new ArgumentException($"{folder} is published already. Choose another day.", nameof(plan));
        }
        return Version(draft, plan, recorded, classification).Over(published.Files);
    }

    /// <summary>The version that a draft becomes.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="plan">The days of the version.</param>
    /// <param name="recorded">When the catalogue learns of it.</param>
    /// <param name="classification">How grave the change is; null for a new agreement.</param>
    public static PublishedVersion Version(Draft draft, PublicationPlan plan, DateTimeOffset recorded, ChangeClass? classification)
    {
        var head = string.Concat(Head(draft, plan, recorded, classification).Select(l => l + "\n"));
        return new PublishedVersion(
            draft.Id, draft.Digest, draft.Agreement, new VersionId(plan.Effective.ToFullDate()),
            draft.Files.With(Draft.VersionFile, head + DraftStart.WithoutKeys(draft.Files.Text(Draft.VersionFile) ?? "", DraftStart.Dates)));
    }

    /// <summary>The lines that publication puts on top of <c>version.yaml</c>.</summary>
    internal static IReadOnlyList<string> Head(Draft draft, PublicationPlan plan, DateTimeOffset recorded, ChangeClass? classification)
    {
        var lines = new List<string> { $"announced: {plan.Announced.ToFullDate()}", $"effective: {plan.Effective.ToFullDate()}", $"recorded: {recorded.ToRfc3339()}" };
        if (plan.ExistingFrom is { } existing)
        {
            lines.Add($"existing-customers-from: {existing.ToFullDate()}");
        }
        if (draft.Base is { } before)
        {
            lines.Add($"supersedes: {before}");
        }
        if (classification is { } change)
        {
            lines.Add($"classification: {change.Word()}");
        }
        return lines;
    }

    /// <summary>Adds the version to <c>used-in</c> of each name that its clauses write; a name inside a longer one does not count.</summary>
    internal static string WithNames(string parties, ContentFiles files, string version)
    {
        var lists = YamlScalars.In(parties).Where(s => s.Key == "used-in").GroupBy(s => s.Beside.GetValueOrDefault("name", "")).Where(g => g.Key.Length > 0).ToList();
        var words = string.Join('\n', files.Paths.Where(ClauseFile.IsText).Select(p => Words(p, files.Text(p) ?? "")));
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
