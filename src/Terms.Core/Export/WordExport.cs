using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Terms.Catalogue;
using Terms.Rendering;

namespace Terms.Export;

/// <summary>A text as a Word file: Word's own numbering, headings and footnotes, a table of contents, editor's notes as comments.</summary>
public static class WordExport
{
    /// <summary>The media type of a Word file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>The file. The same version and text give the same bytes.</summary>
    /// <exception cref="UnwritableTextException">The text holds a character that a Word file cannot hold.</exception>
    public static byte[] Docx(AgreementVersion version, TermsText text)
    {
        var paragraphs = WordText.Paragraphs(text);
        var package = new WordPackage(Frame(version, text));
        var numbering = new WordNumbering(paragraphs);
        var plan = numbering.Plan(paragraphs);
        for (var i = 0; i < paragraphs.Length; i++)
        {
            paragraphs[i].CheckCharacters();
            Write(package, paragraphs[i], plan[i], numbering, IsListed(paragraphs[i]) ? ContentsBookmark(i) : null);
            if (i == 0)
            {
                package.WriteFrontMatter();
                WriteContents(package, text.Language, paragraphs);
            }
        }
        return package.Zip(numbering);
    }

    /// <summary>A name to save a file under: letters, digits, hyphens and full stops only.</summary>
    public static string FileName(AgreementVersion version, TermsText text) =>
        $"{version.Agreement.Id}-{version.Id}-{new string([.. text.Language.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')])}{(text.Number > 1 ? string.Create(CultureInfo.InvariantCulture, $"-{text.Number}") : "")}.docx";

    private static WordFrame Frame(AgreementVersion version, TermsText text) => new(
        text.Title, $"{version.Path}, {(version.Details.IsOfficial ? "official text" : "restatement")}", version.Path, version.TextDigest.Value, text.Language, EditionNotice.Of(version),
        [.. TextRenderer.About(version, text)], version.Details.Recorded,
        [
            ("Version", version.Path), ("Text digest", version.TextDigest.Value), ("Digest of this rendering", text.Digest.Value),
            ("Edition", version.Details.IsOfficial ? "official" : "restatement"), ("Extent", version.Details.IsExcerpt ? "excerpt" : "full"),
            ("Language", text.Language), ("Rendering", text.Number.ToString(CultureInfo.InvariantCulture)),
        ]);

    private static void Write(WordPackage package, WordParagraph paragraph, WordNumber number, WordNumbering numbering, string? contentsBookmark)
    {
        var xml = package.Body.Append("<w:p><w:pPr>").Append(WordXml.Properties(paragraph, number, numbering)).Append("</w:pPr>");
        var bookmarks = new List<string>();
        foreach (var name in new[] { BookmarkName(paragraph.Bookmark), contentsBookmark }.OfType<string>())
        {
            bookmarks.Add(package.NewId());
            xml.Append("<w:bookmarkStart w:id=\"").Append(bookmarks[^1]).Append("\" w:name=\"").Escaped(name).Append("\"/>");
        }
        var comments = paragraph.Notes.Concat(paragraph.Footnotes.SelectMany(f => f.Notes)).Select(package.AddComment).ToList();
        comments.ForEach(id => xml.Append(CultureInfo.InvariantCulture, $"<w:commentRangeStart w:id=\"{id}\"/>"));
        if (paragraph.Number is not null && number.List == 0)
        {
            xml.Append("<w:r>").Words(paragraph.Number).Append("<w:tab/></w:r>");
        }
        foreach (var run in paragraph.Runs)
        {
            Write(package, xml, run, inFootnote: false);
        }
        foreach (var id in comments)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:commentReference w:id=\"{id}\"/></w:r>");
        }
        bookmarks.ForEach(id => xml.Append("<w:bookmarkEnd w:id=\"").Append(id).Append("\"/>"));
        xml.Append("</w:p>");
    }

    private static void Write(WordPackage package, StringBuilder xml, WordRun run, bool inFootnote)
    {
        if (run.Footnote is { } footnote)
        {
            var words = new StringBuilder();
            var bookmark = package.NewId();
            words.Append("<w:bookmarkStart w:id=\"").Append(bookmark).Append("\" w:name=\"").Escaped(BookmarkName(footnote.Bookmark)).Append("\"/>");
            foreach (var inside in footnote.Runs)
            {
                Write(package, words, inside, inFootnote: true);
            }
            words.Append("<w:bookmarkEnd w:id=\"").Append(bookmark).Append("\"/>");
            xml.Append(CultureInfo.InvariantCulture, $"<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{package.AddFootnote(words.ToString())}\"/></w:r>");
            return;
        }
        if (run.Link is { } link)
        {
            package.OpenLink(xml, link, inFootnote);
        }
        xml.Append("<w:r>");
        if (run.IsBold || run.IsItalic || run.Link is not null)
        {
            xml.Append("<w:rPr>").RunLook(run).Append("</w:rPr>");
        }
        xml.Words(run.Text).Append("</w:r>").Append(run.Link is null ? "" : "</w:hyperlink>");
    }

    /// <summary>The table of contents: a field that Word renews, with its entries already there. It gives no page numbers, which only a layout knows.</summary>
    private static void WriteContents(WordPackage package, string language, ImmutableArray<WordParagraph> paragraphs)
    {
        var entries = Enumerable.Range(0, paragraphs.Length).Where(i => IsListed(paragraphs[i])).ToList();
        if (entries.Count < 3)
        {
            return;
        }
        var heading = language.Split('-')[0] switch { "ru" => "Содержание", "zh" => "目录", "ko" => "목차", _ => "Contents" };
        var xml = package.Body.Append("<w:sdt><w:sdtPr><w:id w:val=\"757502\"/><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>")
            .Append("<w:p><w:pPr><w:pStyle w:val=\"TOCHeading\"/></w:pPr><w:r>").Words(heading).Append("</w:r></w:p>");
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = paragraphs[entries[i]];
            xml.Append(CultureInfo.InvariantCulture, $"<w:p><w:pPr><w:pStyle w:val=\"TOC{entry.Level}\"/>").Append(i == entries.Count - 1 ? "<w:spacing w:after=\"360\"/></w:pPr>" : "</w:pPr>");
            if (i == 0)
            {
                xml.Append("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\n \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
            }
            xml.Append("<w:hyperlink w:anchor=\"").Append(ContentsBookmark(entries[i])).Append("\" w:history=\"1\"><w:r>").Words(entry.Shown).Append("</w:r></w:hyperlink>");
            xml.Append(i == entries.Count - 1 ? "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>" : "</w:p>");
        }
        xml.Append("</w:sdtContent></w:sdt>");
    }

    private static bool IsListed(WordParagraph paragraph) => paragraph is { Kind: WordKind.Heading, Level: <= 2 };

    private static string ContentsBookmark(int paragraph) => string.Create(CultureInfo.InvariantCulture, $"_Toc{paragraph:00000000}");

    /// <summary>A clause's anchor as the name of a bookmark, which has at most 40 characters.</summary>
    internal static string? BookmarkName(string? anchor) => anchor is { Length: > 40 } ? $"c-{Digest.Of(anchor).Value[7..39]}" : anchor;
}
