using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Terms.Comparison;
using Terms.Export;

namespace Terms.Tests.Export;

public sealed class WordNumberingTests
{
    /// <summary>Writes paragraphs with these numbers and reads them back; <c>*</c> marks a number that is written out.</summary>
    private static string RoundTrip(string numbers, bool apart)
    {
        var paragraphs = numbers.Split(' ').Select(n => n switch
        {
            "-" => new WordParagraph(null, [new WordRun("words")]),
            ['(', ..] => new WordParagraph(n.TrimStart('>'), [new WordRun("words")], Level: 2, ItemDepth: 1),
            ['>', ..] => new WordParagraph(n[1..], [new WordRun("words")], Level: 3, ItemDepth: 2),
            _ => new WordParagraph(n, [new WordRun("words")], Level: 1),
        }).ToImmutableArray();
        var file = new WordFile(new RedlineWriter([.. paragraphs.Select(p => new RedlineParagraph(p, p))], new Dictionary<(string, string), ImmutableArray<Segment>?>(), RedlineTests.Frame).Write(), apart);
        return string.Join(' ', file.Paragraphs.Select(p => p.Listed ?? (p.Text == "words" ? "-" : "*" + p.Text.Split('\t')[0])));
    }

    [Theory]
    [InlineData("1. 1.1 1.2 (a) (b) (c) 1.3 (a) (b) 2. 2.1 2.1.1 2.1.2 2.2 (1) (2) (a) (b)", "as it is: items begin anew under each clause")]
    [InlineData("1. 1.1 (i) (ii) (iii) 1.2 (a) (b) (c) (d) (e) (f) (g) (h) (i) (j)", "as it is: Roman and Latin i")]
    [InlineData("1. 1.1 (a) - (b) - 1.2 - (a)", "as it is: paragraphs without number between items")]
    [InlineData("1. 1.1 (1) (2) >(A) >(B) (3) >(A)", "as it is: items of items")]
    [InlineData("1. 2. 4. 4.1 4.2 5. 5.1", "as it is: a section is missing")]
    [InlineData("1. 1.1 (a) (b) (d) (e) 1.2 (a) (b)", "as it is: an item is missing")]
    [InlineData("1. 1.1 (b) (c) 1.2 (b)", "as it is: lists that do not begin at the beginning")]
    [InlineData("1. 1.1 (z) (aa) (bb) (cc)", "as it is: more than 26 letters")]
    [InlineData("3. 3.1 3.2", "as it is: the first section is the third")]
    [InlineData("1. 1.1 1.2 1.2 1.3", "1. 1.1 1.2 *1.2 1.3")]
    [InlineData("1. 1.1 1.2 1.4 1.5 (a) (b) 2. 2.1", "1. 1.1 1.2 *1.4 *1.5 (a) (b) 2. 2.1")]
    [InlineData("8. 8.1 8.2 8.3 8.3[2nd] 8.4", "8. 8.1 8.2 8.3 *8.3[2nd] 8.4")]
    [InlineData("1.1 1.2", "*1.1 *1.2")]
    [InlineData("1. 1.01 1.02", "1. *1.01 *1.02")]
    [InlineData("1. 1.1 (k1) (ab)", "1. 1.1 *(k1) *(ab)")]
    public void A_number_is_left_to_Word_where_Word_shows_it_and_written_out_where_not(string numbers, string read)
    {
        var wanted = read.StartsWith("as it is", StringComparison.Ordinal) ? numbers.Replace(">", "", StringComparison.Ordinal) : read;

        Assert.Equal(wanted, RoundTrip(numbers, apart: false));
        Assert.Equal(wanted, RoundTrip(numbers, apart: true));
    }

    [Fact]
    public void Whatever_the_numbers_are_they_are_what_is_shown()
    {
        var number = Gen.Elements("1.", "2.", "3.", "7.", "1.1", "1.2", "2.1", "2.2", "3.4", "1.1.1", "1.2.1", "2.1.2", "(a)", "(b)", "(c)", "(i)", "(ii)", "(v)", "(1)", "(2)", "(A)", ">(i)", ">(a)", ">(ii)", "-", "x)");
        Prop.ForAll(Arb.From(number.NonEmptyListOf()), numbers =>
        {
            var joined = string.Join(' ', numbers);
            var wanted = joined.Replace(">", "", StringComparison.Ordinal);
            return Shown(joined, apart: false) == wanted && Shown(joined, apart: true) == wanted;
        }).QuickCheckThrowOnFailure();

        static string Shown(string numbers, bool apart) => RoundTrip(numbers, apart).Replace("*", "", StringComparison.Ordinal);
    }
}
