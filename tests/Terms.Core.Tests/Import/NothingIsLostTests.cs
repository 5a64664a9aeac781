using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Terms.Import;
using static Terms.Tests.Import.WordFile;

namespace Terms.Tests.Import;

/// <summary>Whatever stands in a document stands in a text or in the report.</summary>
public sealed class NothingIsLostTests
{
    private static readonly string[] Starts =
    [
        "", "", "", "1. ", "2. ", "3. ", "1\\. ", "**4.** ", "5) ", "1.1 ", "1.2 ", "2.1 ", "2.1.1 ", "3.1", "(a) ", "(b) ", "c) ", "(i) ", "(ii) ", "a    ", "b\t", "A. ", "IV. ", "Article 1 ", "Article 2\n", "ARTICLE III ",
        "Section 4. ", "§ 5 ", "第一条 ", "제2조 ", "（一） ", "① ", "1.2 (a) ", "1.1 a) ", "а) ", "б) ", "(в) ", "가. ", "나) ", "Article premier ", "第四条 (a) ", "제3조 (qz) ① ", "SCHEDULE 1\n1. ", "- ", "* ", "# ", "### ", "> ", "[^1]: ", "1.1.1.1.1.1.1.1 ", "99.99 ", "Part A: ", "Part B: old version ", "Annex ", "(1)(a) ", "2.5% ", "12.03.2021 ", "| ", "--- ", "~~~ ", "[preamble] ", "4.", "10 ",
    ];

    private static readonly string[] Inner =
        [" ", " ", ", ", "; ", ": a ", ". ", " (", ") ", " [", "] ", " * ", " **", "** ", " _", " \\", " `", " <", "> ", " & ", "&amp; ", " $5.50 ", " 3.2 ", " Article 4 ", " effective 1 May 2020 ", " “", "” ", " [^1] ", " […] ", " # ", "! ", " | ", " 1) ", " \u00a0", " 10\u20ac "];

    private static readonly string[] Ends = ["", ".", ";", ":", ",", " and", "!", ")", "  ", "\\", " […]"];

    private static readonly string[] Breaks = ["\n\n", "\n\n", "\n", "\n\n- - -\n\n", "\n   \n", "  \n"];

    /// <summary>Documents in which every word occurs once.</summary>
    private static readonly Gen<string> Documents =
        from shapes in Gen.NonEmptyListOf(
            from start in Gen.Elements(Starts)
            from inner in Gen.ListOf(Gen.Elements(Inner))
            from end in Gen.Elements(Ends)
            from isCapital in Gen.Elements(true, false)
            from after in Gen.Elements(Breaks)
            select (Start: start, Inner: inner, End: end, IsCapital: isCapital, After: after))
        select Written([.. shapes]);

    [Fact]
    public void Every_word_and_sign_of_a_text_is_in_a_clause_or_in_the_report() => Hold("a.txt", text => text);

    [Fact]
    public void Every_word_and_sign_of_a_Markdown_file_is_in_a_clause_or_in_the_report() => Hold("a.md", text => text);

    [Fact]
    public void Every_word_and_sign_of_a_text_whose_clauses_run_on_is_in_a_clause_or_in_the_report() =>
        Prop.ForAll(Documents.ToArbitrary(), text =>
        {
            var run = text.Replace('\n', ' ').TrimStart('#', '-', '*', '>', '|', ' ');
            Check(run, DocumentImporter.Import("a.txt", Encoding.UTF8.GetBytes(run)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Every_word_and_sign_of_a_page_is_in_a_clause_or_in_the_report() =>
        Hold("a.html", text => "<html><body>" + string.Concat(text.Split('\n').Select((l, i) => (i % 4) switch
        {
            0 => $"<h2>{WebUtility.HtmlEncode(l)}</h2>",
            1 => $"<ol><li>{WebUtility.HtmlEncode(l)}</li></ol>",
            _ => $"<p><b>{WebUtility.HtmlEncode(l)}</b></p>",
        })) + "</body></html>");

    [Fact]
    public void Every_word_and_sign_of_a_Word_file_is_in_a_clause_or_in_the_report() =>
        Prop.ForAll(Documents.ToArbitrary(), text =>
        {
            var body = string.Concat(text.Split('\n').Select((l, i) => P($"<w:r>{(i % 3 == 0 ? "<w:rPr><w:b/></w:rPr>" : "")}<w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(l)}</w:t></w:r>", i % 5 == 0 ? "Heading1" : null)));
            Check(text, DocumentImporter.Import("a.docx", WithBody(body).Bytes()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_mark_in_the_last_heading_of_a_text_whose_footnote_stands_in_another_is_in_the_report()
    {
        const string text = "[^1]: Qkhz)\nPart B: old version qkqz […]\nIV. Qmdz [^1] qmfz)  \nPart B: old version qdbfz)\nARTICLE III qdbkz \\qdbmz and  \nArticle premier Qddgz [^1] qddhz and";
        var document = DocumentImporter.Import("a.txt", Encoding.UTF8.GetBytes(text));

        Check(text, document);
        Assert.Contains(document.Report.LeftOut, l => l is { Line: 6, Text: "[^1]", Reason: "the mark of a footnote in a heading without a paragraph below it" });
    }

    private static void Hold(string name, Func<string, string> write) =>
        Prop.ForAll(Documents.ToArbitrary(), text => Check(text, DocumentImporter.Import(name, Encoding.UTF8.GetBytes(write(text))))).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static void Check(string text, ImportedDocument document)
    {
        Assert.Equal("", Accounting.Missing(text.Replace("&amp;", "&", StringComparison.Ordinal), document));
        Assert.Equal("", Accounting.MissingCharacters(text.Replace("&amp;", "&", StringComparison.Ordinal), document));
    }

    private static string Written(IReadOnlyList<(string Start, List<string> Inner, string End, bool IsCapital, string After)> shapes)
    {
        var text = new StringBuilder();
        var count = 0;
        foreach (var shape in shapes)
        {
            text.Append(shape.Start).Append(Word(shape.IsCapital));
            foreach (var inner in shape.Inner.Take(12))
            {
                text.Append(inner).Append(Word(false));
            }
            text.Append(shape.End).Append(shape.After);
        }
        return text.ToString();

        // q, x and j alone cannot be mistaken for a month or a numeral.
        string Word(bool isCapital)
        {
            var word = "q" + string.Concat((++count).ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => "bdfghjkmpq"[c - '0'])) + "z";
            return isCapital ? char.ToUpperInvariant(word[0]) + word[1..] : word;
        }
    }
}
