using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Rendering;

namespace Terms.Export;

/// <summary>A tree of clauses as the paragraphs of a Word file.</summary>
public static class WordText
{
    /// <summary>The title, then every heading, clause, item and paragraph in the order of the text; footnotes stand in the runs that refer to them.</summary>
    public static ImmutableArray<WordParagraph> Paragraphs(TermsText text)
    {
        var paragraphs = ImmutableArray.CreateBuilder<WordParagraph>();
        paragraphs.Add(new WordParagraph(null, [new WordRun(text.Title)], WordKind.Title, Label: "title"));
        foreach (var clause in text.Clauses.Where(c => !ClauseNumber.IsFootnote(c.Label)))
        {
            Add(paragraphs, text, clause, 0);
        }
        return paragraphs.ToImmutable();
    }

    /// <summary>Adds a clause and what is below it.</summary>
    /// <param name="paragraphs">Where to.</param>
    /// <param name="text">The text of the clause.</param>
    /// <param name="clause">The clause.</param>
    /// <param name="around">How far the words of the clause above are set in.</param>
    private static void Add(ImmutableArray<WordParagraph>.Builder paragraphs, TermsText text, Clause clause, int around)
    {
        var number = ClauseNumber.Of(clause.Label);
        var isSection = ClauseNumber.IsSection(clause.Label);
        var depth = isSection ? 1 : DottedDepth(number);
        var itemDepth = depth == 0 && number is not null ? clause.Label.Value.Split(" [")[0].Count(c => c == '(') : 0;
        var level = depth > 0 ? Math.Max(1, depth - 1) : around + itemDepth;
        if (isSection)
        {
            number += ".";
        }
        var label = clause.Label.Value;
        var bookmark = clause.Label.Anchor;
        if (isSection || clause.Heading is not null)
        {
            ImmutableArray<WordRun> heading = clause.Heading is null ? [] : [new WordRun(clause.Heading)];
            paragraphs.Add(new WordParagraph(number, heading, WordKind.Heading, Math.Clamp(depth, 1, 3), itemDepth, label, bookmark));
            (number, bookmark) = (null, null);
        }
        if (clause.Markdown.Length > 0 || number is not null)
        {
            paragraphs.Add(new WordParagraph(number, Runs(text, clause), WordKind.Body, level, itemDepth, label, bookmark));
        }
        paragraphs[^1] = paragraphs[^1] with { Notes = clause.Notes };
        foreach (var child in clause.Children)
        {
            Add(paragraphs, text, child, depth > 0 ? level : around);
        }
    }

    private static ImmutableArray<WordRun> Runs(TermsText text, Clause clause) =>
        [.. TextRuns.Of(text, clause).Select(r => r.Footnote is not { } mark
            ? new WordRun(r.Text, r.IsBold, r.IsItalic, r.Link)
            : new WordRun(WordParagraph.FootnoteMark.ToString(), Footnote: Footnote(text, text.Find("fn" + mark)!)))];

    /// <summary>A footnote; one inside another would have no place in Word, and its mark is written out.</summary>
    private static WordParagraph Footnote(TermsText text, Clause clause) =>
        new(ClauseNumber.Of(clause.Label), [.. TextRuns.Of(text, clause).Select(r => new WordRun(r.Footnote is null ? r.Text : $"[{r.Footnote}]", r.IsBold, r.IsItalic, r.Link))],
            Label: clause.Label.Value, Bookmark: clause.Label.Anchor) { Notes = clause.Notes };

    /// <summary>2 for <c>6.7</c> and <c>8.3 [2nd]</c>, 3 for <c>5.1.2</c>; 0 for markers and for none.</summary>
    private static int DottedDepth(string? number) => number is null || number.StartsWith('(') ? 0 : number.Split(" [")[0].Count(c => c == '.') + 1;
}
