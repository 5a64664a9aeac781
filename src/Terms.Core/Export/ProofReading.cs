using System.Xml;

namespace Terms.Export;

/// <summary>
/// The paragraphs of a redline as they are shown after all changes are accepted, and after all are rejected: the number, a tab, the words. Footnotes
/// stand at the end, after their mark.
/// </summary>
/// <param name="numbering">The lists of the file.</param>
internal sealed class ProofReading(ProofNumbering numbering)
{
    private readonly ProofIds ids = new();
    private readonly ProofSide accepted = new(numbering);
    private readonly ProofSide rejected = new(numbering);
    private readonly Dictionary<int, (string Accepted, string Rejected)> notes = [];
    private ProofCursor at = null!;

    /// <summary>What is shown after all changes are accepted.</summary>
    public IEnumerable<string> Accepted => accepted.Shown;

    /// <summary>What is shown after all changes are rejected.</summary>
    public IEnumerable<string> Rejected => rejected.Shown;

    /// <summary>Reads the footnotes, which have to be known when the text refers to them.</summary>
    /// <param name="part">The part; null if the file has none.</param>
    public void ReadFootnotes(XmlReader? part)
    {
        if (part is null)
        {
            return;
        }
        at = new ProofCursor(part, ids);
        at.Start();
        for (var all = at.Here; at.Next(all);)
        {
            if (at.Name != "footnote")
            {
                throw at.Unknown();
            }
            if (at.Attribute("type") is not null)
            {
                at.Pass();
                continue;
            }
            var id = at.Number("id");
            ReadFootnote(id);
            if (!notes.TryAdd(id, (accepted.TakeWords(), rejected.TakeWords())))
            {
                throw new RedlineException($"Footnote {id} is there twice.");
            }
        }
    }

    /// <summary>Reads the text.</summary>
    public void ReadDocument(XmlReader part)
    {
        at = new ProofCursor(part, ids);
        at.Start();
        var hasBody = false;
        for (var document = at.Here; at.Next(document);)
        {
            if (at.Name != "body")
            {
                throw at.Unknown();
            }
            hasBody = true;
            ReadBlocks();
        }
        if (!hasBody)
        {
            throw new RedlineException("The document has no body.");
        }
        if (accepted.HasWords || rejected.HasWords)
        {
            throw new RedlineException("The mark of the last paragraph is a tracked change, which Word cannot carry out.");
        }
        ids.End();
    }

    private void ReadBlocks()
    {
        for (var around = at.Here; at.Next(around);)
        {
            switch (at.Name)
            {
                case "p":
                    ReadParagraph();
                    break;
                case "sdt":
                    ReadControl();
                    break;
                case "sectPr" or "moveFromRangeEnd" or "moveToRangeEnd":
                    at.Pass();
                    break;
                default:
                    throw at.Unknown();
            }
        }
    }

    private void ReadControl()
    {
        for (var around = at.Here; at.Next(around);)
        {
            switch (at.Name)
            {
                case "sdtPr":
                    at.Pass();
                    break;
                case "sdtContent":
                    ReadBlocks();
                    break;
                default:
                    throw at.Unknown();
            }
        }
    }

    /// <summary>A paragraph whose mark goes gives its words to the next one, which keeps its own number and style.</summary>
    private void ReadParagraph()
    {
        var properties = default(Properties);
        for (var around = at.Here; at.Next(around);)
        {
            if (at.Name == "pPr")
            {
                ReadProperties(ref properties);
            }
            else
            {
                ReadInline(default);
            }
        }
        if (!properties.IsGoneIfAccepted)
        {
            accepted.EndParagraph(properties.List);
        }
        if (!properties.IsGoneIfRejected)
        {
            rejected.EndParagraph(properties.HasChanged ? properties.OldList : properties.List);
        }
    }

    private void ReadProperties(ref Properties properties)
    {
        for (var around = at.Here; at.Next(around);)
        {
            switch (at.Name)
            {
                case "numPr":
                    properties.List = ReadList();
                    break;
                case "rPr":
                    for (var mark = at.Here; at.Next(mark);)
                    {
                        properties.IsGoneIfAccepted |= at.Name is "del" or "moveFrom";
                        properties.IsGoneIfRejected |= at.Name is "ins" or "moveTo";
                        at.Pass();
                    }
                    break;
                case "pPrChange":
                    properties.HasChanged = true;
                    for (var change = at.Here; at.Next(change);)
                    {
                        for (var old = at.Here; at.Next(old);)
                        {
                            if (at.Name == "numPr")
                            {
                                properties.OldList = ReadList();
                            }
                            else
                            {
                                at.Pass();
                            }
                        }
                    }
                    break;
                default:
                    at.Pass();
                    break;
            }
        }
    }

    private (int List, int Level) ReadList()
    {
        var (list, level) = (-1, -1);
        for (var around = at.Here; at.Next(around);)
        {
            switch (at.Name)
            {
                case "numId":
                    list = at.Number();
                    break;
                case "ilvl":
                    level = at.Number();
                    break;
                default:
                    throw at.Unknown();
            }
            at.Pass();
        }
        return list > 0 && level >= 0 ? (list, level) : throw new RedlineException("A paragraph is counted by no list, or on no level of it.");
    }

    private void ReadInline(Fate fate)
    {
        switch (at.Name)
        {
            case "r":
                ReadRun(fate);
                break;
            case "hyperlink":
                ReadInlines(fate);
                break;
            case "ins" or "moveTo":
                ReadInlines(fate with { IsGoneIfRejected = true });
                break;
            case "del":
                ReadInlines(fate with { IsGoneIfAccepted = true, IsDeletion = true });
                break;
            case "moveFrom":
                ReadInlines(fate with { IsGoneIfAccepted = true });
                break;
            case "bookmarkStart" or "bookmarkEnd" or "moveFromRangeStart" or "moveFromRangeEnd" or "moveToRangeStart" or "moveToRangeEnd":
                at.Pass();
                break;
            default:
                throw at.Unknown();
        }
    }

    private void ReadInlines(Fate fate)
    {
        for (var around = at.Here; at.Next(around);)
        {
            ReadInline(fate);
        }
    }

    private void ReadRun(Fate fate)
    {
        for (var around = at.Here; at.Next(around);)
        {
            switch (at.Name)
            {
                case "t" or "delText":
                    Add(fate, ReadWords(fate.IsDeletion));
                    continue;
                case "tab":
                    Add(fate, "\t");
                    break;
                case "br":
                    Add(fate, "\n");
                    break;
                case "cr":
                    Add(fate, "\r");
                    break;
                case "footnoteReference":
                    AddFootnote(fate, at.Number("id"));
                    break;
                case "rPr":
                    break;
                default:
                    throw at.Unknown();
            }
            at.Pass();
        }
    }

    private string ReadWords(bool isDeletion)
    {
        var (name, keepsSpaces) = (at.Name, at.KeepsSpaces);
        var words = at.Words();
        if (name == "delText" != isDeletion)
        {
            throw new RedlineException($"Words stand in a w:{name} {(isDeletion ? "inside" : "outside")} a deletion: \"{words}\".");
        }
        if (!keepsSpaces && words.AsSpan().Trim().Length < words.Length)
        {
            throw new RedlineException($"Word would drop the spaces around \"{words}\": xml:space is not preserve.");
        }
        return words;
    }

    private void Add(Fate fate, string words)
    {
        if (!fate.IsGoneIfAccepted)
        {
            accepted.Add(words);
        }
        if (!fate.IsGoneIfRejected)
        {
            rejected.Add(words);
        }
    }

    private void AddFootnote(Fate fate, int id)
    {
        if (!notes.TryGetValue(id, out var note))
        {
            throw new RedlineException($"Footnote {id} is not there.");
        }
        if (!fate.IsGoneIfAccepted)
        {
            accepted.AddFootnote(note.Accepted);
        }
        if (!fate.IsGoneIfRejected)
        {
            rejected.AddFootnote(note.Rejected);
        }
    }

    /// <summary>A footnote is one paragraph and begins with its mark.</summary>
    private void ReadFootnote(int id)
    {
        var (paragraphs, runs) = (0, 0);
        for (var footnote = at.Here; at.Next(footnote);)
        {
            if (at.Name != "p" || ++paragraphs > 1)
            {
                throw new RedlineException($"Footnote {id} is not one paragraph.");
            }
            for (var paragraph = at.Here; at.Next(paragraph);)
            {
                if (at.Name == "pPr")
                {
                    at.Pass();
                }
                else if (at.Name == "r" && runs++ == 0)
                {
                    ReadMark(id);
                }
                else if (runs > 0)
                {
                    ReadInline(default);
                }
                else
                {
                    throw new RedlineException($"Footnote {id} does not begin with its mark.");
                }
            }
        }
        if (runs == 0)
        {
            throw new RedlineException($"Footnote {id} is not one paragraph.");
        }
    }

    private void ReadMark(int id)
    {
        var hasMark = false;
        for (var run = at.Here; at.Next(run);)
        {
            hasMark |= at.Name == "footnoteRef";
            if (at.Name is not ("footnoteRef" or "rPr") && (at.Name != "t" || !string.IsNullOrWhiteSpace(at.Words())))
            {
                throw new RedlineException($"Footnote {id} does not begin with its mark.");
            }
            at.Pass();
        }
        if (!hasMark)
        {
            throw new RedlineException($"Footnote {id} does not begin with its mark.");
        }
    }

    /// <summary>What becomes of the words of an element.</summary>
    private readonly record struct Fate(bool IsGoneIfAccepted, bool IsGoneIfRejected, bool IsDeletion);

    /// <summary>What the mark of a paragraph says.</summary>
    private struct Properties
    {
        public bool IsGoneIfAccepted;
        public bool IsGoneIfRejected;
        public bool HasChanged;
        public (int List, int Level)? List;
        public (int List, int Level)? OldList;
    }
}
