using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;

namespace Terms.Export;

/// <summary>One of the two texts of a redline: clauses, by which it is compared, and the paragraphs that hold their words.</summary>
internal sealed class RedlineText
{
    private const int LongestLabel = 60;

    private readonly Dictionary<string, (int First, int Count)> places = new(StringComparer.Ordinal);

    private RedlineText(TermsText clauses, ImmutableArray<WordParagraph> paragraphs, bool hasTitle)
    {
        (Clauses, Paragraphs, HasTitle) = (clauses, paragraphs, hasTitle);
        for (var i = hasTitle ? 1 : 0; i < paragraphs.Length; i++)
        {
            var label = paragraphs[i].Label!;
            places[label] = places.TryGetValue(label, out var place) ? (place.First, place.Count + 1) : (i, 1);
        }
    }

    /// <summary>The clauses.</summary>
    public TermsText Clauses { get; }

    /// <summary>The paragraphs, in the order of the text.</summary>
    public ImmutableArray<WordParagraph> Paragraphs { get; }

    /// <summary>Whether the first paragraph is a title that no clause holds.</summary>
    public bool HasTitle { get; }

    /// <summary>A text of the catalogue.</summary>
    public static RedlineText Of(TermsText text) => new(text, WordText.Paragraphs(text), hasTitle: true);

    /// <summary>Paragraphs of any origin: each counts as a clause by itself, and each footnote.</summary>
    /// <exception cref="UnwritableTextException">A paragraph holds a character that a Word file cannot hold.</exception>
    public static RedlineText Of(IReadOnlyList<WordParagraph> paragraphs)
    {
        var (own, notes) = (ImmutableArray.CreateBuilder<Clause>(paragraphs.Count), ImmutableArray.CreateBuilder<Clause>());
        var labelled = ImmutableArray.CreateBuilder<WordParagraph>(paragraphs.Count);
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var paragraph in paragraphs)
        {
            paragraph.CheckCharacters();
            var label = paragraph.Label is { Length: > 0 } given ? Cut(given) : "¶";
            var times = used[label] = used.GetValueOrDefault(label) + 1;
            label = times == 1 && label != "¶" ? label : string.Create(CultureInfo.InvariantCulture, $"{label} [{times}]");
            labelled.Add(paragraph with { Label = label, Runs = [.. paragraph.Runs.Select(r => r.Footnote is null ? r : r with { Footnote = Note(r.Footnote) })] });
            own.Add(Clause(label, paragraph));
        }
        return new RedlineText(new TermsText("", "und", 1, "", [.. own, .. notes]), labelled.MoveToImmutable(), hasTitle: false);

        WordParagraph Note(WordParagraph footnote)
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"fn{notes.Count + 1}");
            notes.Add(Clause(label, footnote));
            return footnote with { Label = label };
        }

        // Not between the halves of one character.
        static string Cut(string label) => label.Length <= LongestLabel ? label : label[..(char.IsHighSurrogate(label[LongestLabel - 1]) ? LongestLabel - 1 : LongestLabel)];

        static Clause Clause(string label, WordParagraph paragraph) => new(new ClauseLabel(label), null, paragraph.Words, paragraph.Words, [], [], 1);
    }

    /// <summary>Where the paragraphs of a clause stand: a heading, words, both, or none for a footnote.</summary>
    public (int First, int Count) PlacesOf(Clause clause) => places.GetValueOrDefault(clause.Label.Value);
}
