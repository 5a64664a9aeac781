using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>Finds places in critical clauses that a change from the version before touched by punctuation alone, where a sign can turn the sense.</summary>
public static class ChangeLint
{
    private const int Context = 24;

    /// <summary>The findings about a comparison, at the clauses of the new text. Spacing, capitals and the shape of quotation marks count as no punctuation.</summary>
    public static IEnumerable<LintFinding> Find(TextComparison comparison) =>
        from change in comparison.Clauses
        where change is { IsCritical: true, TextChanged: true, From: not null, To: not null }
        from place in Places(change.Segments)
        select new LintFinding(new Message(LintForms.PunctuationChanged, place.New, place.Old), comparison.To.File, change.To!.Line, change.To.Label.Value);

    /// <summary>The places at which only punctuation differs, each with some words around it.</summary>
    private static IEnumerable<(string Old, string New)> Places(IReadOnlyList<Segment> segments)
    {
        for (var start = 0; start < segments.Count; start++)
        {
            if (segments[start].Kind == SegmentKind.Equal)
            {
                continue;
            }
            var end = start;
            while (end < segments.Count && segments[end].Kind != SegmentKind.Equal)
            {
                end++;
            }
            var (old, @new) = (Words(SegmentKind.Delete), Words(SegmentKind.Insert));
            if (ComparedText.Plain(old) == ComparedText.Plain(@new) && Signs(old) != Signs(@new))
            {
                var (before, after) = (start > 0 ? Tail(segments[start - 1].Text) : "", end < segments.Count ? Head(segments[end].Text) : "");
                yield return ((before + old + after).Trim(), (before + @new + after).Trim());
            }
            start = end;

            string Words(SegmentKind kind) => string.Concat(segments.Skip(start).Take(end - start).Where(s => s.Kind == kind).Select(s => s.Text));
        }
    }

    private static string Signs(string words) => string.Concat(words.Where(c => char.IsPunctuation(c) && c is not ('“' or '”' or '"' or '‘' or '’' or '\'' or '«' or '»')));

    private static string Tail(string words) => words.Length <= Context ? words : words[(words.IndexOf(' ', words.Length - Context) is > 0 and var cut ? cut : words.Length - Context)..].TrimStart();

    private static string Head(string words) => words.Length <= Context ? words : words[..(words.LastIndexOf(' ', Context) is > 0 and var cut ? cut : Context)].TrimEnd();
}
