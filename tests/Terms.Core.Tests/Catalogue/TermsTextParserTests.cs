using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;

namespace Terms.Tests.Catalogue;

/// <summary>No words of a text are lost without a problem being noted.</summary>
public sealed partial class TermsTextParserTests
{
    private const string Letters = "abcdeABCDE12389 ";
    private const string Signs = "*_[]()<>&#|~^`\\!:;.,'\"-+=>1a é中\u00A0\u200B“”§¶/";

    private static readonly string[] Openings =
    [
        "", "", "1.1 ", "1.2 ", "1.3. ", "2.1 ", "1.1.1 ", "9.9 ", "(a) ", "(b) ", "(1) ", "(i) ", "(iv) ", "(a)(1) ", "1.1 [2nd] ", "[preamble] ", "[excerpt] ", "§1 ", "1. ", "12) ",
        "- ", "* ", "> ", "> Editor's note: ", "# ", "## 1. ", "## 2. ", "## ", "### 1.2 ", "#### ", "[^1]: ", "[x]: ", "    ", "```", "~~~", "***", "---", "|", "<div>", "<!--", "===", "\\1.1 ",
        "99999999999.1 ", "1.99999999999 ", "(aaaaaaaa) ", "(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a) ", "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1 ",
    ];

    /// <summary>Paragraphs with any opening, right or wrong.</summary>
    private static readonly Arbitrary<string[]> Wild = Gen.Elements(Openings).SelectMany(Opened).ListOf().Select(p => p.Where(w => w.Length > 0).ToArray()).ToArbitrary();

    /// <summary>Sections, clauses, items and plain paragraphs numbered as they should be, now and then one with any opening.</summary>
    private static readonly Arbitrary<string[]> Tame =
        (from kinds in Gen.Frequency((2, Gen.Constant('§')), (6, Gen.Constant('1')), (4, Gen.Constant('(')), (4, Gen.Constant('p')), (1, Gen.Constant('?'))).ListOf()
         from paragraphs in Numbered(kinds)
         select paragraphs.Where(w => w.Length > 0).ToArray()).ToArbitrary();

    private static readonly string[] AboutNumbers = ["is missing before", "is out of order", "stands outside"];

    [Fact]
    public void Every_paragraph_is_in_a_clause_or_a_problem_stands_at_its_line()
    {
        var clean = 0;
        Prop.ForAll(Tame, paragraphs =>
        {
            var (text, problems) = Parse(paragraphs);
            clean += problems.Count == 0 && paragraphs.Length > 3 ? 1 : 0;
            var lost = paragraphs.Where((p, i) => text is not null && !IsKept(p, text) && !IsReported(problems, LineOf(i))).ToList();
            return (lost.Count == 0).Label($"lost without a problem: {string.Join(" | ", lost)}\n{string.Join('\n', problems)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

        Assert.True(clean > 100, $"Only {clean} texts had several paragraphs and no problem.");
    }

    [Fact]
    public void Every_paragraph_is_in_a_clause_or_some_problem_is_noted() => Prop.ForAll(Wild, paragraphs =>
    {
        var (text, problems) = Parse(paragraphs);
        var lost = paragraphs.Where(p => text is null || !IsKept(p, text)).ToList();
        return (lost.Count == 0 || problems.Count > 0).Label($"lost without a problem: {string.Join(" | ", lost)}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(700));

    [Fact]
    public void Labels_are_unique_in_whatever_is_read() => Prop.ForAll(Wild, paragraphs =>
    {
        var (text, _) = Parse(paragraphs);
        return text is null || text.All.Select(c => c.Label.Value).Distinct().Count() == text.All.Count();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(700));

    [Fact]
    public void The_order_of_the_text_is_the_order_of_its_lines() => Prop.ForAll(Tame, paragraphs =>
    {
        var (text, problems) = Parse(paragraphs);
        var lines = text?.All.Where(c => !c.Label.Value.StartsWith("fn", StringComparison.Ordinal)).Select(c => c.Line).ToList() ?? [];
        return problems.Count > 0 || lines.SequenceEqual(lines.Order());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(700));

    [Theory]
    [InlineData("1.1 Lamps are lit [here](https://example.org/a_b).", "Lamps are lit here.")]
    [InlineData("1.1 **Lamps** _are_ `lit` &amp; <https://example.org>", "Lamps are lit & https://example.org")]
    [InlineData("1.1 Lamps\u00A0are \t lit\\*", "Lamps are lit*")]
    [InlineData("1.1 Lamps[^1] are lit.\n\n[^1]: Of oil.", "Lamps are lit.")]
    public void A_clause_reads_as_its_words_without_marks(string markdown, string words)
    {
        var problems = new ProblemList();
        var text = TermsTextParser.Parse("t", $"# T\n\n## 1. A\n\n{markdown}\n", "en", 1, false, [], problems)!;

        Assert.Empty(problems.Sorted());
        Assert.Equal(words, text.Find("1.1")!.Text);
    }

    private static Gen<string> Words(string alphabet) => Gen.Elements(alphabet.ToCharArray()).NonEmptyListOf().Select(c => string.Concat(c));

    private static Gen<string> Opened(string opening) =>
        from words in Gen.Frequency((1, Words(Letters)), (opening.AsSpan().IndexOfAny('#', '>') >= 0 ? 0 : 1, Words(Signs)))
        select (opening + words).TrimEnd();

    private static Gen<List<string>> Numbered(IEnumerable<char> kinds)
    {
        var (section, clause, item) = (0, 0, 0);
        var paragraphs = Gen.Constant(new List<string>());
        foreach (var kind in kinds)
        {
            var openings = kind switch
            {
                '§' => [$"## {++section}. "],
                '1' when section > 0 => [$"{section}.{++clause} "],
                '(' when clause > 0 && item < 26 => [$"({(char)('a' + item++)}) "],
                '?' => Openings,
                _ => new[] { "" },
            };
            (clause, item) = kind switch { '§' => (0, 0), '1' => (clause, 0), _ => (clause, item) };
            paragraphs = from before in paragraphs from opening in Gen.Elements(openings) from paragraph in Opened(opening) select (List<string>)[.. before, paragraph];
        }
        return paragraphs;
    }

    private static int LineOf(int paragraph) => 3 + 2 * paragraph;

    /// <summary>A problem of this paragraph, or of a list, a block of code or a footnote above it that has swallowed it.</summary>
    private static bool IsReported(IReadOnlyList<Problem> problems, int line) => problems.Any(p =>
        (p.Line == line && !AboutNumbers.Any(w => p.What.Contains(w, StringComparison.Ordinal))) || (p.Line < line && (p.What.EndsWith("is not part of the format", StringComparison.Ordinal) || p.What.StartsWith("footnote", StringComparison.Ordinal))));

    private static (TermsText? Text, IReadOnlyList<Problem> Problems) Parse(string[] paragraphs)
    {
        var problems = new ProblemList();
        var text = TermsTextParser.Parse("terms.en.md", "# Title\n\n" + string.Join("\n\n", paragraphs) + "\n", "en", 1, false, [], problems);
        return (text, problems.Sorted());
    }

    /// <summary>Whether a clause holds the paragraph's characters, all but those of its number or marker.</summary>
    private static bool IsKept(string paragraph, TermsText text) => text.All.SelectMany(c => c.Notes.Append(c.Markdown).Append(c.Heading ?? "")).Append("").Any(kept =>
        Bare(paragraph).EndsWith(Bare(kept), StringComparison.Ordinal) && Marker().IsMatch(Bare(paragraph)[..^Bare(kept).Length]));

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [GeneratedRegex(@"^(?:#{2,3})?(?:§?\d[\d.]*(?:\[2nd\])?\.?|(?:\([A-Za-z0-9]+\))+|\[(?:preamble|excerpt)\]|\[\^1\]:|>Editor'snote:)?$")]
    private static partial Regex Marker();
}
