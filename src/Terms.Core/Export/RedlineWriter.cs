using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Terms.Comparison;

namespace Terms.Export;

/// <summary>Writes the paragraphs of a redline as tracked changes.</summary>
internal sealed class RedlineWriter
{
    private readonly IReadOnlyList<RedlineParagraph> paragraphs;
    private readonly RunPieces pieces;
    private readonly WordPackage package;
    private readonly WordNumbering numbering;
    private readonly ImmutableArray<WordNumber> oldPlan;
    private readonly ImmutableArray<WordNumber> newPlan;

    /// <summary>Author and date of every change.</summary>
    private readonly string by;

    /// <param name="paragraphs">The paragraphs in the order in which they are shown.</param>
    /// <param name="footnotes">The footnotes that are in both texts, by label, and how their words differ.</param>
    /// <param name="frame">What stands around them; its moment is that of the changes.</param>
    /// <exception cref="UnwritableTextException">A paragraph holds a character that a Word file cannot hold.</exception>
    public RedlineWriter(IReadOnlyList<RedlineParagraph> paragraphs, IReadOnlyDictionary<(string Old, string New), ImmutableArray<Segment>?> footnotes, WordFrame frame)
    {
        this.paragraphs = paragraphs;
        pieces = new RunPieces(footnotes);
        package = new WordPackage(frame);
        by = $"\" w:author=\"{Redline.Author}\" w:date=\"{frame.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\"";
        var oldText = new List<WordParagraph>();
        var newText = new List<WordParagraph>();
        var oldOf = new List<int>();
        foreach (var paragraph in paragraphs)
        {
            if (paragraph.Old is null && paragraph.New is null)
            {
                throw new ArgumentException("A paragraph of a redline stands in the old text, in the new one, or in both.", nameof(paragraphs));
            }
            paragraph.Old?.CheckCharacters();
            paragraph.New?.CheckCharacters();
            if (paragraph.New is not null)
            {
                newText.Add(paragraph.New);
                oldOf.Add(paragraph.Old is null ? -1 : oldText.Count);
            }
            if (paragraph.Old is not null)
            {
                oldText.Add(paragraph.Old);
            }
        }
        numbering = new WordNumbering(oldText, newText);
        oldPlan = numbering.Plan(oldText);
        newPlan = numbering.Plan(newText, i => oldOf[i] < 0 ? default : oldPlan[oldOf[i]]);
    }

    public byte[] Write()
    {
        package.WriteFrontMatter();
        var safe = paragraphs.Where(p => p.Move is not null).GroupBy(p => p.Move!.Value).Where(IsSafeMove).Select(m => m.Key).ToHashSet();
        var all = Planned();
        for (var i = 0; i < all.Count; i++)
        {
            var ((before, after, _, move), oldNumber, newNumber, kept) = all[i];
            if (kept is not null && (i + 1 == all.Count || !all[i + 1].BeginsWithInsertion || RunPieces.PartEnd(kept)))
            {
                WriteKept(before!, oldNumber, after!, newNumber, kept);
                continue;
            }
            var isMove = move is { } known && safe.Contains(known);
            if (before is not null)
            {
                WriteWhole(before, oldNumber, isMove ? Change.MovedAway : Change.Deleted, move);
            }
            if (after is not null)
            {
                WriteWhole(after, newNumber, isMove ? Change.MovedHere : Change.Inserted, move);
            }
        }
        if (all.Count == 0 || all[^1].Kept is null)
        {
            // Word cannot remove the mark of the last paragraph, so an empty one follows.
            package.Body.Append("<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr></w:p>");
        }
        return package.Zip(numbering);
    }

    /// <summary>A paragraph with its numbers in both texts; what becomes of its runs, if it is kept.</summary>
    private sealed record Plan(RedlineParagraph Paragraph, WordNumber Old, WordNumber New, List<Piece>? Kept)
    {
        public bool BeginsWithInsertion => Kept is null ? Paragraph.Old is null : Kept is [{ Change: Change.Inserted }, ..];
    }

    /// <summary>A paragraph is kept if it stays on its list and level: Word can track a change of them, but other programs cannot take it back.</summary>
    private List<Plan> Planned()
    {
        var planned = new List<Plan>(paragraphs.Count);
        var (o, n) = (0, 0);
        foreach (var paragraph in paragraphs)
        {
            var oldNumber = paragraph.Old is null ? default : oldPlan[o++];
            var newNumber = paragraph.New is null ? default : newPlan[n++];
            var kept = paragraph is { Old: { } before, New: { } after } && oldNumber == newNumber ? Pieces(before, oldNumber, after, newNumber, paragraph.Words) : null;
            planned.Add(new Plan(paragraph, oldNumber, newNumber, kept));
        }
        return planned;
    }

    private List<Piece> Pieces(WordParagraph before, WordNumber oldNumber, WordParagraph after, WordNumber newNumber, ImmutableArray<Segment>? words)
    {
        var found = new List<Piece>();
        var (oldWritten, newWritten) = (Written(before, oldNumber), Written(after, newNumber));
        if (oldWritten == newWritten)
        {
            Add(Change.None, oldWritten);
        }
        else
        {
            Add(Change.Deleted, oldWritten);
            Add(Change.Inserted, newWritten);
        }
        pieces.Add(found, before, after, words);
        return found;

        void Add(Change change, string written)
        {
            if (written.Length > 0)
            {
                found.Add(new Piece(change, new WordRun(written)));
            }
        }
    }

    /// <summary>A move is safe if whole, unchanged, plain paragraphs went from one place to one other; else it is shown as a deletion and an insertion.</summary>
    private static bool IsSafeMove(IGrouping<int, RedlineParagraph> move)
    {
        if (move.ToList() is not [var first, var second] || (first.Old is null) == (second.Old is null) || (first.New is null) == (second.New is null))
        {
            return false;
        }
        var (before, after) = (first.Old ?? second.Old!, first.New ?? second.New!);
        return before.Runs.SequenceEqual(after.Runs) && before.Text.Length > 0 && before.Runs.All(r => r.Footnote is null && r.Link is null) && before.Kind == after.Kind;
    }

    private void WriteKept(WordParagraph before, WordNumber oldNumber, WordParagraph after, WordNumber newNumber, List<Piece> kept)
    {
        var xml = package.Body;
        var (oldProperties, newProperties) = (WordXml.Properties(before, oldNumber, numbering), WordXml.Properties(after, newNumber, numbering));
        xml.Append("<w:p><w:pPr>").Append(newProperties);
        if (oldProperties != newProperties)
        {
            xml.Append("<w:pPrChange w:id=\"").Append(package.NewId()).Append(by).Append("><w:pPr>").Append(oldProperties).Append("</w:pPr></w:pPrChange>");
        }
        xml.Append("</w:pPr>");
        var bookmark = OpenBookmark(after);
        Write(xml, kept, inFootnote: false);
        CloseBookmark(bookmark);
        xml.Append("</w:p>");
    }

    private void WriteWhole(WordParagraph paragraph, WordNumber number, Change change, int? move)
    {
        var xml = package.Body;
        var name = Element(change);
        var range = change is Change.MovedHere or Change.MovedAway ? package.NewId() : null;
        xml.Append("<w:p><w:pPr>").Append(WordXml.Properties(paragraph, number, numbering)).Append("<w:rPr><").Append(name).Append(" w:id=\"").Append(package.NewId()).Append(by).Append("/></w:rPr></w:pPr>");
        if (range is not null)
        {
            xml.Append('<').Append(name).Append("RangeStart w:id=\"").Append(range).Append(by).Append(CultureInfo.InvariantCulture, $" w:name=\"move{move}\"/>");
        }
        var bookmark = change == Change.Inserted ? OpenBookmark(paragraph) : null;
        var found = paragraph.Runs.Select(r => new Piece(change, r)).ToList();
        if (Written(paragraph, number) is { Length: > 0 } written)
        {
            found.Insert(0, new Piece(change, new WordRun(written)));
        }
        Write(xml, found, inFootnote: false);
        CloseBookmark(bookmark);
        xml.Append("</w:p>");
        if (range is not null)
        {
            xml.Append('<').Append(name).Append("RangeEnd w:id=\"").Append(range).Append("\"/>");
        }
    }

    /// <summary>A number that Word cannot count, and the tab behind it.</summary>
    private static string Written(WordParagraph paragraph, WordNumber number) => paragraph.Number is null || number.List > 0 ? "" : paragraph.Number + "\t";

    private string? OpenBookmark(WordParagraph paragraph)
    {
        if (WordExport.BookmarkName(paragraph.Bookmark) is not { } name)
        {
            return null;
        }
        var id = package.NewId();
        package.Body.Append("<w:bookmarkStart w:id=\"").Append(id).Append("\" w:name=\"").Escaped(name).Append("\"/>");
        return id;
    }

    private void CloseBookmark(string? id)
    {
        if (id is not null)
        {
            package.Body.Append("<w:bookmarkEnd w:id=\"").Append(id).Append("\"/>");
        }
    }

    private void Write(StringBuilder xml, List<Piece> pieces, bool inFootnote)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            var (change, link) = (pieces[i].Change, pieces[i].Run.Link);
            var isNewLink = i == 0 || pieces[i - 1].Run.Link != link;
            if (isNewLink && link is not null)
            {
                package.OpenLink(xml, link, inFootnote);
            }
            if (change != Change.None && (isNewLink || pieces[i - 1].Change != change))
            {
                xml.Append('<').Append(Element(change)).Append(" w:id=\"").Append(package.NewId()).Append(by).Append('>');
            }
            Write(xml, pieces[i]);
            var isLastOfLink = i + 1 == pieces.Count || pieces[i + 1].Run.Link != link;
            if (change != Change.None && (isLastOfLink || pieces[i + 1].Change != change))
            {
                xml.Append("</").Append(Element(change)).Append('>');
            }
            if (isLastOfLink && link is not null)
            {
                xml.Append("</w:hyperlink>");
            }
        }
    }

    private void Write(StringBuilder xml, Piece piece)
    {
        var run = piece.Run;
        xml.Append("<w:r>");
        if (run.IsBold || run.IsItalic || run.Link is not null || run.Footnote is not null || piece.Before is not null)
        {
            xml.Append("<w:rPr>").RunLook(run);
            if (piece.Before is { } before)
            {
                xml.Append("<w:rPrChange w:id=\"").Append(package.NewId()).Append(by).Append("><w:rPr>").RunLook(before).Append("</w:rPr></w:rPrChange>");
            }
            xml.Append("</w:rPr>");
        }
        if (run.Footnote is { } footnote)
        {
            var inside = new List<Piece>();
            if (piece.OldFootnote is { } oldFootnote)
            {
                pieces.AddFootnote(inside, oldFootnote, footnote);
            }
            else
            {
                inside.AddRange(footnote.Runs.Select(r => new Piece(piece.Change, r)));
            }
            var words = new StringBuilder();
            Write(words, inside, inFootnote: true);
            xml.Append(CultureInfo.InvariantCulture, $"<w:footnoteReference w:id=\"{package.AddFootnote(words.ToString())}\"/>");
        }
        else
        {
            xml.Words(run.Text, piece.Change is Change.Deleted);
        }
        xml.Append("</w:r>");
    }

    private static string Element(Change change) => change switch
    {
        Change.Inserted => "w:ins",
        Change.Deleted => "w:del",
        Change.MovedHere => "w:moveTo",
        Change.MovedAway => "w:moveFrom",
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
