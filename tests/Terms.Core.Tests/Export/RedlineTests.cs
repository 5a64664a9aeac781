using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;
using Terms.Export;
using Terms.Tests.Comparison;

namespace Terms.Tests.Export;

public sealed class RedlineTests
{
    internal static readonly WordFrame Frame = new(
        "Title", "Subject", "old → new", "sha256:0", "en", "A notice.", [("Old", "old"), ("New", "new")], new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero), []);

    private static readonly XNamespace W = WordFile.W;

    public static TheoryData<string, string, int, int> Pairs()
    {
        var pairs = new TheoryData<string, string, int, int>();
        foreach (var agreement in Repository.Content.Catalogue.Agreements)
        {
            foreach (var from in agreement.Versions)
            {
                foreach (var to in agreement.Versions.Where(v => v != from))
                {
                    pairs.Add(from.Path, to.Path, 1, 1);
                }
            }
        }
        pairs.Add("merchant-service/2022-01-01", "merchant-service/2022-01-01", 1, 2);
        pairs.Add("merchant-service/2022-01-01", "merchant-service/2022-01-01", 2, 1);
        pairs.Add("alibaba-terms-of-use/2020-10-17", "terms-of-use/2025-04-01", 1, 1);
        pairs.Add("terms-of-use/2025-04-01", "vip-membership/2023-11-01", 1, 1);
        pairs.Add("terms-of-use/2025-04-01", "product-listing-policy/undated", 1, 1);
        pairs.Add("seller-code/undated", "seller-code/undated", 1, 1);
        return pairs;
    }

    /// <summary>Between proves what it returns; a failed proof is an exception.</summary>
    private static byte[] Between(string from, string to, int oldNumber = 1, int newNumber = 1)
    {
        var (before, after) = (Shipped.Version(from), Shipped.Version(to));
        return Redline.Between(before, before.Text(before.Texts[0].Language, oldNumber)!, after, after.Text(after.Texts[0].Language, newNumber)!);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_of_texts_has_a_redline_that_is_proved(string from, string to, int oldNumber, int newNumber) =>
        Assert.Equal(Between(from, to, oldNumber, newNumber), Between(from, to, oldNumber, newNumber));

    [Fact]
    public void Only_what_changed_is_marked()
    {
        var file = new WordFile(Between("free-membership/2024-07-12", "free-membership/2025-04-01"));
        var kept = file.Paragraphs.Single(p => p.Listed == "2.4");

        Assert.Empty(kept.Element.Descendants(W + "ins").Concat(kept.Element.Descendants(W + "del")));
        Assert.Contains(" and South Korea", string.Concat(file.Paragraphs.Single(p => p.Listed == "2.7").Element.Elements(W + "ins").Select(i => i.Value)), StringComparison.Ordinal);
    }

    private static WordParagraph Plain(string words, string? number = null) => new(number, [new WordRun(words)], Level: number is null ? 0 : 1, ItemDepth: number is ['(', ..] ? 1 : 0, Label: number ?? words);

    private static byte[] Proved(IReadOnlyList<WordParagraph> before, IReadOnlyList<WordParagraph> after)
    {
        var redline = Redline.Write(RedlineText.Of(before), RedlineText.Of(after), Frame);
        RedlineProof.CheckText(redline, [.. Frame.Shown, .. RedlineProof.Shown(before)], [.. Frame.Shown, .. RedlineProof.Shown(after)]);
        WordValidity.Check(redline);
        return redline;
    }

    [Fact]
    public void An_inserted_item_renumbers_those_behind_it_without_a_mark_of_their_own()
    {
        WordParagraph[] before = [Plain("General", "1."), Plain("Parties are as follows.", "1.1"), Plain("the first company of them;", "(a)"), Plain("the second company of them.", "(b)")];
        WordParagraph[] after = [before[0], before[1], before[2], Plain("an entirely different thing altogether;", "(b)"), Plain("the second company of them.", "(c)")];
        var document = new WordFile(Proved(before, after))["word/document.xml"];

        Assert.Equal(1, document.Descendants(W + "ins").Count(i => i.Parent!.Name == W + "p"));
        Assert.Empty(document.Descendants(W + "del"));
        Assert.Empty(document.Descendants(W + "pPrChange"));
    }

    [Fact]
    public void An_item_that_was_renumbered_and_changed_at_once_is_changed_in_place()
    {
        var file = new WordFile(Between("free-membership/2024-07-12", "free-membership/2025-04-01"));

        Assert.Equal(1, Whole(file, "ins"));
        Assert.Equal(0, Whole(file, "del") + Whole(file, "moveFrom"));
        string[] items = ["(d)", "(e)"];
        Assert.All(items, item => Assert.Contains(file.Paragraphs, p => p.Listed == item && p.Element.Elements(W + "ins").Any() && p.Element.Descendants(W + "bookmarkStart").Any(b => b.Attribute(W + "name")!.Value == "c-1.1" + item)));
    }

    [Theory]
    [InlineData("alibaba-terms-of-use/2020-05-06", "alibaba-terms-of-use/2020-10-17", 11, 0)]
    [InlineData("alibaba-terms-of-use/2020-10-17", "terms-of-use/2025-01-30", 7, 5)]
    public void Paragraphs_come_and_go_only_where_the_comparison_says_so(string from, string to, int come, int gone)
    {
        var file = new WordFile(Between(from, to));

        Assert.Equal((come, gone), (Whole(file, "ins"), Whole(file, "del")));
    }

    /// <summary>How many paragraphs come or go as a whole.</summary>
    private static int Whole(WordFile file, string mark) => file["word/document.xml"].Descendants(W + "rPr").Count(r => r.Parent!.Name == W + "pPr" && r.Element(W + mark) is not null);

    [Fact]
    public void An_insertion_at_the_end_is_parted_from_one_that_follows_because_LibreOffice_joins_them()
    {
        WordParagraph[] before = [Plain("The owner lends lamps to everybody who asks for one"), Plain("the hirer pays ten dollars for every week of use")];
        WordParagraph[] after = [Plain("The owner lends lamps to everybody who asks for one in writing"), Plain("in advance the hirer pays ten dollars for every week of use")];
        var first = new WordFile(Proved(before, after)).Paragraphs[^2].Element;

        Assert.Equal(["one in writing", "one"], first.Elements().Where(e => e.Name == W + "ins" || e.Name == W + "del").Select(e => e.Value));
    }

    [Fact]
    public void A_clause_that_was_split_keeps_its_largest_piece()
    {
        var (old, @new) = (
            Texts.Parse("## 1. Lamps\n\n1.1 The owner hires out lamps of every size to those who ask for them in writing. The hirer pays ten dollars for every week of use, in advance, at the office.\n\n1.2 Nobody mends lamps.\n\n"),
            Texts.Parse("## 1. Lamps\n\n1.1 The owner hires out lamps of every size to those who ask for them in writing.\n\n1.2 The hirer pays ten dollars for every week of use, in advance, at the office.\n\n1.3 Nobody mends lamps.\n\n"));
        var file = new WordFile(Proved(old, @new));

        Assert.Equal((1, 0), (Whole(file, "ins"), Whole(file, "del")));
        Assert.Equal(" The hirer pays ten dollars for every week of use, in advance, at the office.", string.Concat(file["word/document.xml"].Descendants(W + "delText").Select(d => d.Value)));
    }

    [Fact]
    public void Words_that_went_from_a_heading_into_the_text_go_here_and_come_there()
    {
        var file = new WordFile(Proved(
            Texts.Parse("## 1. Lamps\n\n### 1.1 Hire of lamps\n\nThe owner hires out lamps of every size.\n\n"), Texts.Parse("## 1. Lamps\n\n### 1.1 Hire\n\nOf lamps the owner hires out every size.\n\n")));

        Assert.Equal(0, Whole(file, "ins") + Whole(file, "del"));
    }

    private static byte[] Proved(TermsText before, TermsText after)
    {
        var redline = Redline.Write(RedlineText.Of(before), RedlineText.Of(after), Frame);
        RedlineProof.CheckText(redline, [.. Frame.Shown, .. RedlineProof.Shown(before)], [.. Frame.Shown, .. RedlineProof.Shown(after)]);
        return redline;
    }

    [Fact]
    public void Any_two_texts_of_clauses_have_a_redline_that_is_proved() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(ComparisonProperties.Pairs.ToArbitrary(), pair => Proved(Texts.Parse(pair.Old), Texts.Parse(pair.New)).Length > 0));

    [Fact]
    public void A_paragraph_that_went_elsewhere_unchanged_is_a_move()
    {
        WordParagraph[] before = [Plain("The first of all the paragraphs."), Plain("A sentence that is going to be moved."), Plain("The second of all the paragraphs."), Plain("The third of all the paragraphs.")];
        WordParagraph[] after = [before[0], before[2], before[3], before[1]];
        var document = new WordFile(Proved(before, after))["word/document.xml"];

        Assert.Equal("A sentence that is going to be moved.", document.Descendants(W + "moveFrom").Single(m => m.Parent!.Name == W + "p").Value);
        Assert.Equal("A sentence that is going to be moved.", document.Descendants(W + "moveTo").Single(m => m.Parent!.Name == W + "p").Value);
        Assert.Empty(document.Descendants(W + "ins").Concat(document.Descendants(W + "del")));
    }

    [Fact]
    public void A_paragraph_that_went_elsewhere_and_changed_is_deleted_and_inserted()
    {
        WordParagraph[] before = [Plain("A sentence that is going to be moved.", "7.1"), Plain("The first of all the paragraphs."), Plain("The second of all the paragraphs.")];
        WordParagraph[] after = [before[1], before[2], Plain("A sentence that is going to be moved and mended.", "7.1")];
        var document = new WordFile(Proved(before, after))["word/document.xml"];

        Assert.Empty(document.Descendants(W + "moveFrom"));
        Assert.Equal(2, document.Descendants(W + "ins").Count(e => e.Parent!.Name == W + "p") + document.Descendants(W + "del").Count(e => e.Parent!.Name == W + "p"));
    }

    [Fact]
    public void A_paragraph_that_got_a_number_is_deleted_and_inserted_because_not_every_program_takes_back_a_change_of_list()
    {
        WordParagraph[] before = [Plain("General", "1."), Plain("Parties are as follows.", "1.1"), new(null, [new WordRun("You pay the fee within ten days.")], Level: 1, Label: "x"), Plain("We reply.", "1.2")];
        WordParagraph[] after = [before[0], before[1], Plain("You pay the fee within ten days.", "1.2"), Plain("We reply.", "1.3")];
        var document = new WordFile(Proved(before, after))["word/document.xml"];

        Assert.Empty(document.Descendants(W + "pPrChange"));
        Assert.Equal("You pay the fee within ten days.", Assert.Single(document.Descendants(W + "delText")).Value);
    }

    [Fact]
    public void A_change_of_type_is_a_tracked_change_of_type()
    {
        WordParagraph[] before = [new(null, [new WordRun("We are "), new WordRun("not", IsBold: true), new WordRun(" liable.")], Label: "1")];
        WordParagraph[] after = [new(null, [new WordRun("We are not "), new WordRun("liable", IsItalic: true), new WordRun(".")], Label: "1")];
        var document = new WordFile(Proved(before, after))["word/document.xml"];

        Assert.Equal(2, document.Descendants(W + "rPrChange").Count());
        Assert.Empty(document.Descendants(W + "ins").Concat(document.Descendants(W + "del")));
    }

    [Fact]
    public void Footnotes_come_go_and_change()
    {
        static WordRun Note(string words) => new(WordParagraph.FootnoteMark.ToString(), Footnote: new WordParagraph(null, [new WordRun(words)]));
        WordParagraph[] before = [new(null, [new WordRun("One company"), Note("Its old name."), new WordRun(" and another"), Note("Gone.")], Label: "1")];
        WordParagraph[] after = [new(null, [new WordRun("One company"), Note("Its former name."), new WordRun(" or another, a third"), Note("New."), new WordRun(" and so on")], Label: "1")];

        var file = new WordFile(Proved(before, after));

        Assert.Equal("old", file["word/footnotes.xml"].Descendants(W + "del").First().Value);
    }

    [Fact]
    public void A_link_that_changed_is_replaced_with_its_words()
    {
        WordParagraph[] before = [new(null, [new WordRun("See "), new WordRun("the policy", Link: "https://example.org/old"), new WordRun(".")], Label: "1")];
        WordParagraph[] after = [new(null, [new WordRun("See "), new WordRun("the policy", Link: "https://example.org/new"), new WordRun(".")], Label: "1")];
        var file = new WordFile(Proved(before, after));

        Assert.Equal("the policy", file["word/document.xml"].Descendants(W + "del").Single().Value);
        Assert.Equal("w:hyperlink", "w:" + file["word/document.xml"].Descendants(W + "ins").Single().Parent!.Name.LocalName);
    }

    [Theory]
    [InlineData(0x0001)]
    [InlineData(0xFFFE)]
    [InlineData(0xD800)]
    public void A_character_that_a_Word_file_cannot_hold_is_refused_and_named(int bad)
    {
        var failure = Assert.Throws<UnwritableTextException>(() => Proved([], [Plain("words" + (char)bad, "7.1")]));

        Assert.Contains($"\"7.1\" holds the character U+{bad:X4}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_is_not_cut_inside_a_character()
    {
        var lamps = Plain(new string('x', 59) + "\U0001F4A1 lamps");

        Assert.NotEmpty(Proved([lamps], [lamps, lamps]));
    }

    [Fact]
    public void Any_two_texts_have_a_redline_that_is_proved()
    {
        var words = Gen.Elements("the", "Member", "pays", "HK$100", " ", "  ", ".", ",", "\t", "\n", "\r", "\u00A0", "\u2028", "\u0085", "<w:t>", "&amp;", "]]>", "\"", "中国", "\U0001F600", "e\u0301", "\uFFFC", "\u202E", "\uFFFD", "\u007F");
        var text = words.ListOf().Select(w => string.Concat(w));
        var number = Gen.Elements(null, "1.", "2.", "1.1", "1.2", "2.1", "(a)", "(b)", "(i)", "(ii)", "8.3 [2nd]", "•");
        var paragraph = text.SelectMany(t => number.SelectMany(n => Gen.Elements(0, 1, 2, 3).Select(look => new WordParagraph(
            n, [new WordRun(t, IsBold: look == 1, IsItalic: look == 2, Link: look == 3 ? "https://example.org/?a=1&b=2" : null), new WordRun(look == 0 ? " and more" : "")],
            look == 3 && n is null ? WordKind.Heading : WordKind.Body, 1, n is ['(', ..] or "•" ? 1 : 0, n ?? t))));
        var pair = paragraph.ListOf().SelectMany(a => paragraph.ListOf().SelectMany(b => Gen.Elements(0, 1, 2).Select(mix => (Old: a, New: mix == 0 ? b : mix == 1 ? [.. a, .. b] : [.. Enumerable.Reverse(a)]))));
        Prop.ForAll(Arb.From(pair), texts =>
        {
            var redline = Redline.Write(RedlineText.Of([.. texts.Old]), RedlineText.Of([.. texts.New]), Frame);
            RedlineProof.CheckText(redline, [.. Frame.Shown, .. RedlineProof.Shown([.. texts.Old])], [.. Frame.Shown, .. RedlineProof.Shown([.. texts.New])]);
        }).QuickCheckThrowOnFailure();
    }

    public static TheoryData<string, string, string> Tampering() => new()
    {
        { "a word outside the changes", "We will offer the Service", "the new text" },
        { "a word of a deletion", "<w:delText xml:space=\"preserve\">", "the old text" },
        { "an id is dropped", "drop id", "has no id" },
        { "an id is used twice", "same id", "used twice" },
        { "ins and del are swapped", "swap", "outside a deletion" },
        { "a deletion is renamed to an insertion and its words with it", "ins", "the new text" },
        { "the mark of an inserted paragraph is plain", "mark", "the old text" },
        { "a list begins elsewhere", "start", "the new text" },
        { "a list counts otherwise", "format", "the new text" },
        { "an old list is forgotten", "level", "the new text" },
        { "a footnote is changed", "footnote", "the new text" },
        { "words stand in a field", "field", "nobody has accounted for" },
        { "the author is missing", "author", "no author" },
        { "spaces are not kept", "spaces", "would drop the spaces" },
        { "two paragraphs have one id", "paragraph id", "is used twice" },
        { "words stand outside a run", "stray", "where no words can stand" },
        { "it is cut short", "cut", "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Tampering))]
    public void A_redline_that_was_tampered_with_fails_the_proof(string what, string how, string says)
    {
        var (before, after) = (Shipped.Version("free-membership/2024-07-12"), Shipped.Version("free-membership/2025-04-01"));
        var redline = Between(before.Path, after.Path);
        var top = new WordFile(redline).FrontMatter;
        string[] oldText = [.. top, .. RedlineProof.Shown(before.Texts[0])];
        string[] newText = [.. top, .. RedlineProof.Shown(after.Texts[0])];
        RedlineProof.CheckText(redline, oldText, newText);

        var tampered = Tamper(redline, how);

        var failure = Assert.Throws<RedlineException>(() => RedlineProof.CheckText(tampered, oldText, newText));
        Assert.True(failure.Message.Contains(says, StringComparison.Ordinal), $"{what}: {failure.Message}");
    }

    private static byte[] Tamper(byte[] redline, string how)
    {
        static string First(string xml, string words, string by) => xml.IndexOf(words, StringComparison.Ordinal) is var at && at >= 0 ? xml[..at] + by + xml[(at + words.Length)..] : throw new ArgumentException(words);
        return how switch
        {
            "cut" => redline[..^200],
            "start" => Part("word/numbering.xml", x => First(x, "<w:start w:val=\"1\"/>", "<w:start w:val=\"2\"/>")),
            "format" => Part("word/numbering.xml", x => First(x, "lowerLetter", "upperLetter")),
            "footnote" => Part("word/footnotes.xml", x => First(x, "former name", "later name")),
            "field" => Part("word/document.xml", x => First(x, "<w:r><w:t ", "<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t ")),
            "spaces" => Part("word/document.xml", x => x.Replace(" xml:space=\"preserve\"", "", StringComparison.Ordinal)),
            "paragraph id" => Part("word/document.xml", x => x.Replace("<w:p>", "<w:p xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" w14:paraId=\"0000000A\">", StringComparison.Ordinal)),
            "stray" => Part("word/document.xml", x => First(x, "<w:r><w:t ", "DATE<w:r><w:t ")),
            "author" => Part("word/document.xml", x => First(x, "w:author=\"Terms workbench\"", "w:author=\"\"")),
            "drop id" => Part("word/document.xml", x => System.Text.RegularExpressions.Regex.Replace(x, "<w:ins w:id=\"\\d+\"", "<w:ins")),
            "same id" => Part("word/document.xml", x => System.Text.RegularExpressions.Regex.Replace(x, "<w:del w:id=\"\\d+\"", "<w:del w:id=\"7\"")),
            "swap" => Part("word/document.xml", x => x.Replace("w:ins ", "w:tmp ", StringComparison.Ordinal).Replace("w:ins>", "w:tmp>", StringComparison.Ordinal).Replace("w:del ", "w:ins ", StringComparison.Ordinal)
                .Replace("w:del>", "w:ins>", StringComparison.Ordinal).Replace("w:tmp", "w:del", StringComparison.Ordinal)),
            "ins" => Part("word/document.xml", x => x.Replace("<w:del ", "<w:ins ", StringComparison.Ordinal).Replace("</w:del>", "</w:ins>", StringComparison.Ordinal).Replace("w:delText", "w:t", StringComparison.Ordinal)),
            "mark" => Part("word/document.xml", x => System.Text.RegularExpressions.Regex.Replace(x, "<w:rPr><w:ins [^>]*/></w:rPr>", "")),
            "level" => Part("word/document.xml", x => First(x, "<w:ilvl w:val=\"1\"/>", "<w:ilvl w:val=\"0\"/>")),
            _ => Part("word/document.xml", x => First(x, how, how + "s")),
        };

        byte[] Part(string name, Func<string, string> change)
        {
            using var stream = new MemoryStream();
            stream.Write(redline);
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            {
                var entry = zip.GetEntry(name)!;
                string xml;
                using (var reader = new StreamReader(entry.Open()))
                {
                    xml = reader.ReadToEnd();
                }
                entry.Delete();
                using var writer = zip.CreateEntry(name).Open();
                writer.Write(Encoding.UTF8.GetBytes(change(xml)));
            }
            return stream.ToArray();
        }
    }
}
