using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Import;
using Terms.Rendering;

namespace Terms.Export;

/// <summary>The paragraphs of a Word file of any origin, with the numbers that Word shows; its tracked changes are taken as accepted.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Language">The language of the words, as an IETF tag; <c>und</c> if the file does not say.</param>
/// <param name="Paragraphs">The paragraphs that hold words, in order. A table gives one paragraph for each row.</param>
/// <param name="Omissions">What is not among the paragraphs or is there in another form, a sentence for each kind.</param>
public sealed record WordDocument(string Name, string Language, ImmutableArray<WordParagraph> Paragraphs, ImmutableArray<string> Omissions)
{
    private const string Bullet = "•";
    private const int DeepestItem = 6;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImportRefusedException">It is no Word file, or too large, broken or hostile; the message says which.</exception>
    public static WordDocument Read(string name, ReadOnlyMemory<byte> file)
    {
        if (!WordReader.IsZip(file.Span))
        {
            throw new ImportRefusedException($"{name} is no Word file. Save it as .docx, or import both documents and compare the versions.");
        }
        if (file.Length > DocumentImporter.MaximumBytes)
        {
            throw new ImportRefusedException($"{name} is larger than {DocumentImporter.MaximumBytes / 1024 / 1024} MB. Split it, or check that it is the right file.");
        }
        var report = new ReportBuilder(name);
        var blocks = WordReader.Read(name, file, report, out var language);
        return new WordDocument(name, language ?? "und", Paragraphed(blocks), Sentences(report.Build()));
    }

    private static ImmutableArray<WordParagraph> Paragraphed(List<Block> blocks)
    {
        var labels = new Labels();
        var marks = blocks.Where(b => b.Kind == BlockKind.Footnote).Select(b => Clause($"fn{b.Number}", b)).DistinctBy(c => c.Label).ToImmutableArray();
        var notes = new TermsText("", "und", 1, "", marks);
        return
        [
            .. blocks.Where(b => b.Kind is BlockKind.Paragraph or BlockKind.Heading).Select(b =>
            {
                var number = b.Number ?? (b.BulletDepth > 0 ? Bullet : null);
                var depth = number is null || IsDotted(number) ? 0 : Math.Max(1, b.Depth + b.BulletDepth);
                var kind = b.Kind == BlockKind.Paragraph ? WordKind.Body : b.Level == 0 ? WordKind.Title : WordKind.Heading;
                var level = kind == WordKind.Heading ? Math.Clamp(b.Level, 1, 3) : number is null ? 0 : depth > 0 ? Math.Min(depth, DeepestItem) : Math.Max(1, number.Trim('.').Count(c => c == '.'));
                return new WordParagraph(number, Runs(b), kind, level, depth, labels.Of(number ?? b.Marker?.Shown.Trim()));
            }),
        ];

        ImmutableArray<WordRun> Runs(Block block) =>
            [.. TextRuns.Of(notes, Clause("x", block)).Select(r => r.Footnote is { } mark
                ? new WordRun(WordParagraph.FootnoteMark.ToString(), Footnote: Note(notes.Find("fn" + mark)!))
                : new WordRun(r.Text, r.IsBold, r.IsItalic, r.Link))];

        WordParagraph Note(Clause note) =>
            new(null, [.. TextRuns.Of(notes, note).Select(r => new WordRun(r.Footnote is null ? r.Text : $"[{r.Footnote}]", r.IsBold, r.IsItalic, r.Link))], Label: note.Label.Value);

        static Clause Clause(string label, Block block) => new(new ClauseLabel(label), null, InlineMarkdown.AsParagraph(block.Text), "", [], [], block.Line);
    }

    /// <summary>What was left out or changed, in a sentence for each reason.</summary>
    private static ImmutableArray<string> Sentences(ImportReport report) =>
    [
        .. report.LeftOut.Where(l => l.Text != Bullet).GroupBy(l => l.Reason).Select(g => $"Left out: {g.Key} ({Places(g.Select(l => l.Line))}), “{Beginning(g.First().Text)}”"),
        .. report.Notes.GroupBy(n => n.Words).Select(g => $"{char.ToUpperInvariant(g.Key[0])}{g.Key[1..]} ({Places(g.Select(n => n.Line))})"),
    ];

    private static string Places(IEnumerable<int> lines)
    {
        int[] places = [.. lines.Distinct()];
        var shown = string.Join(", ", places.Take(3).Select(l => l.ToString(CultureInfo.InvariantCulture)));
        return $"{(places.Length == 1 ? "paragraph" : "paragraphs")} {shown}{(places.Length > 3 ? $" and {places.Length - 3} more" : "")}";
    }

    /// <summary>The first words of a piece, fit for one line.</summary>
    private static string Beginning(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
        return line.Length <= 60 ? line : line[..60].TrimEnd() + "…";
    }

    private static bool IsDotted(string number) => number.All(c => c is '.' || char.IsAsciiDigit(c));

    /// <summary>Names paragraphs as a text of clauses would: by their numbers, and items and further paragraphs by the clause that they follow.</summary>
    private sealed class Labels
    {
        private string around = "";
        private int further;

        public string Of(string? number)
        {
            if (number is null)
            {
                return $"{around} ¶{++further}".TrimStart();
            }
            if (!IsDotted(number))
            {
                return around + number;
            }
            (around, further) = (number.TrimEnd('.'), 0);
            return around.Length > 0 ? around : "¶";
        }
    }
}
