using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>The clauses of a file while one edit is made: each step leaves every clause with its right label.</summary>
internal sealed class ClauseWork
{
    private readonly ClauseFile before;
    private readonly VersionFacts version;
    private readonly string lineEnd;
    private readonly string lastEnd;

    public ClauseWork(ClauseFile before, VersionFacts version)
    {
        (this.before, this.version) = (before, version);
        Parts = [.. before.Clauses.Select(c => new ClausePart(c.Clause.Label.Value, c.Clause.Label.Value, c.Source))];
        Missing = [.. version.Missing.Select(m => new MissingLabel(m))];
        lineEnd = ClausePart.LineEndOf(before.Source);
        lastEnd = Parts[^1].Source[Parts[^1].Source.TrimEnd('\r', '\n').Length..];
    }

    public List<ClausePart> Parts { get; }

    /// <summary>The labels that the original leaves out, in the order in which they stand in the file.</summary>
    public List<MissingLabel> Missing { get; }

    /// <summary>The file as it is now; it ends as it did.</summary>
    public string Source => before.Head + string.Concat(Sources);

    private IEnumerable<string> Sources => Parts.SkipLast(1).Select(p => p.Source).Append(Parts[^1].Source.TrimEnd('\r', '\n') + lastEnd);

    public ClausePart Find(string label) => Parts.Find(p => p.Label == label) ?? throw new EditRefusedException($"The text has no clause {label}.");

    /// <summary>The piece of a new clause, written as its siblings are.</summary>
    public string Compose(string label, string words, string? heading)
    {
        var place = ClausePlace.Of(label);
        var (number, sibling) = place.Kind switch
        {
            ClauseKind.Section => (place.Own + place.Again, Row(place).FirstOrDefault()),
            ClauseKind.Numbered => (label, Row(place).FirstOrDefault(p => p.Laid.HasHeading == heading is not null)),
            ClauseKind.Item => (label[label.IndexOf('(', StringComparison.Ordinal)..], Row(place).FirstOrDefault()),
            ClauseKind.Paragraph => ("", null),
            _ => throw new EditRefusedException($"`{label}` cannot be inserted by its label. Use the label of a section, a clause, an item or a paragraph, such as §7, 6.8, 1.1(d) or 2.1 ¶3."),
        };
        if (place.Kind == ClauseKind.Section && (heading is null || words.Length > 0))
        {
            throw new EditRefusedException("A section has a heading and no words of its own. Insert its words as clauses below it.");
        }
        if (heading is not null && place.Kind is not (ClauseKind.Section or ClauseKind.Numbered))
        {
            throw new EditRefusedException($"{label} cannot have a heading; only sections and numbered clauses have one.");
        }
        if (heading is null && words.Length == 0)
        {
            throw new EditRefusedException($"Clause {label} would be empty. Write its words.");
        }
        var behind = sibling is not null && sibling.Laid is var laid ? sibling.Source[laid.NumberEnd..laid.MarkEnd] : place.Kind == ClauseKind.Section ? ". " : " ";
        var head = place.Kind == ClauseKind.Section ? "## " : heading is null ? "" : "### ";
        var first = heading is null ? words : heading;
        return $"{head}{number}{(number.Length == 0 ? "" : behind.Length == 0 ? " " : behind)}{first}{lineEnd}{lineEnd}{(heading is not null && words.Length > 0 ? words + lineEnd + lineEnd : "")}";
    }

    /// <summary>Puts pieces in the place of a label; the first of them bears it.</summary>
    /// <param name="label">The label.</param>
    /// <param name="pieces">The pieces.</param>
    /// <param name="fillsGap">Whether a number that is left out may be taken; otherwise the gap moves up as well.</param>
    public void Insert(string label, List<ClausePart> pieces, bool fillsGap = true)
    {
        var place = ClausePlace.Of(label);
        var row = Row(place);
        var isRoman = ClausePlace.IsRoman(row.Select(p => p.Place));
        var behind = place.Kind is ClauseKind.Paragraph ? row.FindAll(p => p.Label == label) : row.FindAll(p => p.Place.Count(isRoman) >= place.Count(isRoman));
        var at = behind.Count > 0 ? Parts.IndexOf(behind[0]) : EndOfRow(place);
        var left = Missing.Find(m => m.Label == label);
        if (left is not null && fillsGap)
        {
            left.Label = null;
        }
        else if (behind.Exists(p => p.Label == label) || left is not null)
        {
            Shift(behind, label, 1);
        }
        Parts.InsertRange(at, pieces);
        Parts[at + pieces.Count - 1].EndWithEmptyLine();
        EndBefore(at);
        CountParagraphs();
    }

    /// <summary>Takes a clause and everything below it out.</summary>
    public List<ClausePart> Take(string label, bool closeGap)
    {
        var from = Parts.IndexOf(Find(label));
        var until = EndOf(from);
        if (until - from == Parts.Count)
        {
            throw new EditRefusedException("The text would be empty. Delete the draft instead.");
        }
        var taken = Parts.GetRange(from, until - from);
        var after = closeGap ? RowAfter(from) : [];
        Parts.RemoveRange(from, until - from);
        EndBefore(from);
        foreach (var missing in Missing.Where(m => m.Label is { } l && IsAtOrBelow(l, label)))
        {
            missing.Label = null;
        }
        Shift(after, label, -1);
        CountParagraphs();
        return taken;
    }

    public void Split(string label, int at)
    {
        var part = Find(label);
        if (part.Place.Kind == ClauseKind.Other)
        {
            throw new EditRefusedException($"{label} is not counted, so that its second part would have no label. Insert a paragraph and shorten this one.");
        }
        var words = part.Words;
        var (first, second) = at > 0 && at < words.Length ? (words[..at].Trim(), words[at..].Trim()) : ("", "");
        if (first.Length == 0 || second.Length == 0)
        {
            throw new EditRefusedException($"Clause {label} cannot be cut there. Choose a place inside its words.");
        }
        if (Signs(first) + Signs(second) != Signs(words))
        {
            throw new EditRefusedException($"Clause {label} cannot be cut inside bold words, a link or a mark. Choose a place before or behind it.");
        }
        var next = Next(part.Place);
        var from = Parts.IndexOf(part);
        Shift(RowAfter(from), label, 1);
        var piece = new ClausePart(next, null, Compose(next, second, null)) { CutFrom = label };
        var laid = part.Laid;
        part.Source = string.Concat(part.Source.AsSpan(0, laid.WordsStart), first, part.Source.AsSpan(laid.WordsEnd));
        part.EndWithEmptyLine();
        var below = Parts.GetRange(from + 1, EndOf(from) - from - 1);
        Parts.Insert(from + 1, piece);
        foreach (var child in below.Where(c => c.Place.Kind != ClauseKind.Paragraph))
        {
            child.Relabel(ClausePlace.Relabel(child.Label, label, next));
        }
        CountParagraphs();
    }

    /// <summary>What a reader sees of words, without white space.</summary>
    private static string Signs(string words) => string.Concat(TermsMarkdown.PlainText(words).Where(c => !char.IsWhiteSpace(c)));

    /// <summary>Puts a clause together with the one before it in its row.</summary>
    public ClausePart Merge(string label)
    {
        var second = Find(label);
        var from = Parts.IndexOf(second);
        var first = Parts.Take(from).LastOrDefault(p => p.Place.IsBeside(second.Place) || (second.Place.Kind == ClauseKind.Paragraph && p.Label == second.Place.Parent))
            ?? throw new EditRefusedException($"Nothing stands before {label} in its row, so that it has no clause to be put together with.");
        if (second.Laid.HasHeading || second.Place.Kind is ClauseKind.Section or ClauseKind.Other)
        {
            throw new EditRefusedException($"Clause {label} has a heading of its own. Move its clauses and delete it instead.");
        }
        if (EndOf(Parts.IndexOf(first)) != from || Parts.IndexOf(first) != from - 1)
        {
            throw new EditRefusedException($"Something stands between the words of {first.Label} and those of {label}. Move that first.");
        }
        var (laid, mark) = (second.Laid, first.Laid);
        var notes = second.Source[laid.WordsEnd..].Trim('\r', '\n');
        var below = Parts.GetRange(from + 1, EndOf(from) - from - 1);
        var after = RowAfter(from);
        var words = first.Words;
        first.Source = $"{first.Source[..mark.WordsStart]}{words} {second.Words}{first.Source[mark.WordsEnd..]}";
        if (notes.Length > 0)
        {
            first.EndWithEmptyLine();
            first.Source += notes + lineEnd + lineEnd;
        }
        Parts.RemoveAt(from);
        foreach (var child in below.Where(c => c.Place.Kind != ClauseKind.Paragraph))
        {
            child.Relabel(ClausePlace.Relabel(child.Label, label, first.Label));
        }
        Shift(after, label, -1);
        CountParagraphs();
        return first;
    }

    public void Move(string label, string to)
    {
        var (from, target) = (ClausePlace.Of(label), ClausePlace.Of(to));
        if (from.Kind != target.Kind || from.Kind == ClauseKind.Other)
        {
            throw new EditRefusedException($"{label} cannot become {to}: a clause moves to a place of its own kind. Insert it there and delete it here.");
        }
        if (to == label)
        {
            throw new EditRefusedException($"Clause {label} stands there already.");
        }
        if (IsAtOrBelow(target.Parent, label))
        {
            throw new EditRefusedException($"{label} cannot move below itself.");
        }
        var missing = Missing.Where(m => m.Label is { } l && l != label && IsAtOrBelow(l, label)).Select(m => (Missing: m, To: ClausePlace.Relabel(m.Label!, label, to))).ToList();
        var taken = Take(label, closeGap: true);
        foreach (var part in taken)
        {
            part.Relabel(ClausePlace.Relabel(part.Label, label, to));
        }
        Insert(to, taken, fillsGap: false);
        foreach (var (moved, name) in missing)
        {
            moved.Label = name;
        }
    }

    public void Renumber(string label, string to, bool andAfter)
    {
        var part = Find(label);
        var (place, target) = (part.Place, ClausePlace.Of(to));
        if (!place.IsBeside(target) || place.Kind is ClauseKind.Paragraph or ClauseKind.Other)
        {
            throw new EditRefusedException($"{label} cannot be renumbered to {to}: only its last number or letter can change. Move it instead.");
        }
        var row = Row(place).ConvertAll(p => p.Place);
        var isRoman = ClausePlace.IsRoman(row);
        var by = target.Count(isRoman) - place.Count(isRoman);
        if (andAfter && by != 0)
        {
            Shift(Parts.IndexOf(part), by);
        }
        else
        {
            Rename(Parts.IndexOf(part), to);
        }
        CountParagraphs();
    }

    private List<ClausePart> Row(ClausePlace place) => Parts.FindAll(p => p.Place.IsBeside(place));

    private List<ClausePart> RowAfter(int index) => Parts.Skip(index + 1).Where(p => p.Place.IsBeside(Parts[index].Place)).ToList();

    private string Next(ClausePlace place)
    {
        var isRoman = ClausePlace.IsRoman(Row(place).Select(p => p.Place));
        return (place with { Again = "" }).At(place.Count(isRoman) + 1, isRoman)?.Label ?? throw new EditRefusedException($"There is no number behind {place.Label} in its row.");
    }

    /// <summary>Behind the last of a row; the label has to be the next in it.</summary>
    private int EndOfRow(ClausePlace place)
    {
        var row = Row(place);
        if (row.Count > 0)
        {
            var next = Next(row[^1].Place);
            return next == place.Label ? EndOf(Parts.IndexOf(row[^1])) : throw new EditRefusedException($"{place.Label} would leave a gap; the next in its row is {next}.");
        }
        if (place.Kind is ClauseKind.Section)
        {
            var footnotes = Parts.FindIndex(p => p.Label.StartsWith("fn", StringComparison.Ordinal));
            return footnotes < 0 ? Parts.Count : footnotes;
        }
        var parent = Parts.FindIndex(p => p.Label == place.Parent);
        if (parent < 0)
        {
            throw new EditRefusedException($"{place.Label} has no place: the text has no clause {place.Parent}.");
        }
        if (place.Kind == ClauseKind.Paragraph && place.Own != (Parts[parent].Place.Kind == ClauseKind.Section ? "1" : "2"))
        {
            throw new EditRefusedException($"{place.Label} would leave a gap; the next paragraph of {place.Parent} is {place.Parent} ¶{(Parts[parent].Place.Kind == ClauseKind.Section ? 1 : 2)}.");
        }
        if (place.Kind is ClauseKind.Item or ClauseKind.Numbered && place.Own is not ("1" or "a" or "A" or "i"))
        {
            throw new EditRefusedException($"{place.Label} would leave a gap; begin the row with {(place with { Own = place.Kind == ClauseKind.Numbered ? "1" : "a" }).Label}.");
        }
        return place.Kind == ClauseKind.Numbered ? EndOf(parent) : parent + 1;
    }

    /// <summary>Behind everything that stands below a clause.</summary>
    private int EndOf(int index)
    {
        var label = Parts[index].Label;
        var isSection = Parts[index].Place.Kind == ClauseKind.Section;
        var end = index + 1;
        while (end < Parts.Count && (isSection ? Parts[end].Place.Kind != ClauseKind.Section && !Parts[end].Label.StartsWith("fn", StringComparison.Ordinal) : IsAtOrBelow(Parts[end].Label, label)))
        {
            end++;
        }
        return end;
    }

    /// <summary>Shifts a clause, and those behind it in its row.</summary>
    private void Shift(int index, int by) => Shift([Parts[index], .. RowAfter(index)], Parts[index].Label, by);

    private void Shift(List<ClausePart> row, string from, int by)
    {
        var place = ClausePlace.Of(from);
        if (place.Kind is ClauseKind.Paragraph or ClauseKind.Other)
        {
            return;
        }
        var isRoman = ClausePlace.IsRoman(Row(place).Append(row.FirstOrDefault()).OfType<ClausePart>().Select(p => p.Place));
        var first = place.Count(isRoman);
        var shifted = row.Select(p => p.Label).Concat(Missing.Select(m => m.Label).OfType<string>().Where(m => ClausePlace.Of(m) is var left && left.IsBeside(place) && left.Count(isRoman) >= first));
        var renames = shifted.Select(l => (From: l, To: ClausePlace.Of(l) is var old && old.At(old.Count(isRoman) + by, isRoman) is { } @new ? @new.Label
            : throw new EditRefusedException($"{l} cannot be shifted: its row has no further letter."))).OrderBy(r => ClausePlace.Of(r.From).Count(isRoman) * -by).ToList();
        foreach (var (old, to) in renames)
        {
            if (row.Find(p => p.Label == old) is { } part)
            {
                Rename(Parts.IndexOf(part), to);
            }
            else
            {
                Missing.First(m => m.Label == old).Label = to;
            }
        }
    }

    private void Rename(int index, string to)
    {
        var from = Parts[index].Label;
        foreach (var part in Parts.GetRange(index, EndOf(index) - index))
        {
            part.Relabel(ClausePlace.Relabel(part.Label, from, to));
        }
        foreach (var missing in Missing.Where(m => m.Label is { } label && label != from))
        {
            missing.Label = ClausePlace.Relabel(missing.Label!, from, to);
        }
    }

    /// <summary>Whether a label is that of a clause, or of something below it.</summary>
    private static bool IsAtOrBelow(string label, string clause) => ClausePlace.Relabel(label, clause, "x") != label;

    /// <summary>Keeps the paragraph in front of a place apart from what stands there now.</summary>
    private void EndBefore(int index)
    {
        if (index > 0 && index < Parts.Count)
        {
            Parts[index - 1].EndWithEmptyLine();
        }
    }

    /// <summary>Counts the paragraphs of each clause anew.</summary>
    private void CountParagraphs()
    {
        var (holder, count) = ("preamble", 0);
        foreach (var part in Parts)
        {
            switch (part.Place.Kind)
            {
                case ClauseKind.Section:
                    (holder, count) = (part.Label, 0);
                    break;
                case ClauseKind.Numbered:
                    (holder, count) = (part.Label, 1);
                    break;
                case ClauseKind.Other when part.Label == "excerpt":
                    (holder, count) = (part.Label, 1);
                    break;
                case ClauseKind.Paragraph:
                    part.Label = new ClauseLabel(holder).Paragraph(++count).Value;
                    break;
            }
        }
    }

    /// <summary>Reads the file as it is now; refused if words have become something else than the clause that was meant.</summary>
    public void Check()
    {
        var read = ClauseFile.Read(before.Name, Source, version.IsExcerpt, [.. Missing.Select(m => m.Label).OfType<string>()]);
        if (!read.Clauses.Select(c => c.Source).SequenceEqual(Sources))
        {
            if (Parts.Select(p => p.Label).Except(read.Clauses.Select(c => c.Clause.Label.Value)).FirstOrDefault(l => l.StartsWith("fn", StringComparison.Ordinal)) is { } footnote)
            {
                throw new EditRefusedException($"Nothing would refer to footnote {footnote[2..]} any more. Keep `[^{footnote[2..]}]` in the words, or delete {footnote} first.");
            }
            var others = read.Clauses.Select(c => c.Clause.Label.Value).Except(Parts.Select(p => p.Label)).DefaultIfEmpty("one fewer");
            throw new EditRefusedException($"The words would be read as other clauses ({string.Join(", ", others)}). {Plainly}");
        }
        for (var i = 0; i < Parts.Count; i++)
        {
            var (meant, label) = (Parts[i].Place, read.Clauses[i].Clause.Label.Value);
            if (meant.Kind is ClauseKind.Paragraph or ClauseKind.Other ? ClausePlace.Of(label).Kind != meant.Kind : label != meant.Label)
            {
                throw new EditRefusedException($"Clause {meant.Label} would be read as {label}. {Plainly}");
            }
            Parts[i].Label = label;
        }
    }

    private const string Plainly = "Begin the words with a word, not with a number, a marker, `#`, `-` or `>`, or choose another place.";
}

/// <summary>A label that the original leaves out of its numbering.</summary>
internal sealed class MissingLabel(string old)
{
    /// <summary>The label before the edit.</summary>
    public string Old { get; } = old;

    /// <summary>The label now; null if what it belonged to is gone.</summary>
    public string? Label { get; set; } = old;
}
