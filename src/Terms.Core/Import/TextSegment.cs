using Terms.Catalogue;

namespace Terms.Import;

/// <summary>The blocks of one text of a document, and what stands about it at its head.</summary>
internal sealed class TextSegment
{
    public required string Title { get; init; }

    /// <summary>The marks of footnotes that stood in the title.</summary>
    public string TitleMarks { get; init; } = "";

    public required List<Block> Blocks { get; init; }
    public required int Line { get; init; }
    public DateOnly? Announced { get; set; }
    public DateOnly? Effective { get; set; }

    /// <summary>The lines that its dates were read from.</summary>
    public List<int> DateLines { get; } = [];

    /// <summary>Takes days that a line gives, unless earlier lines gave them.</summary>
    /// <param name="dates">The days.</param>
    /// <param name="line">The line.</param>
    /// <param name="takesBare">Whether a day without a word that says what it is counts as that of announcement.</param>
    /// <param name="report">Where doubts are noted.</param>
    public void Take(DatesFound dates, int line, bool takesBare, ReportBuilder report)
    {
        if ((Effective is null && dates.Effective is not null) || (Announced is null && (dates.Announced ?? (takesBare && Effective is null ? dates.Bare : null)) is not null))
        {
            DateLines.Add(line);
        }
        Effective ??= dates.Effective;
        Announced ??= dates.Announced;
        if (takesBare && dates.Bare is { } bare && (Announced, Effective) is (null, null))
        {
            Announced = bare;
            report.Note(line, $"the date {bare.ToFullDate()} stands without a word that says what it is, and is taken for that of announcement");
        }
        if (dates.Doubtful is { } doubtful)
        {
            report.Problem(line, $"the date {doubtful} can be read in two ways", "Write the month in letters.");
        }
    }

    /// <summary>The text that this one is an annex of; null if it stands by itself.</summary>
    public TextSegment? Main { get; set; }

    public bool IsExcerpt { get; init; }
}
