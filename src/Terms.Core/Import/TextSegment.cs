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

    /// <summary>The text that this one is an annex of; null if it stands by itself.</summary>
    public TextSegment? Main { get; set; }

    public bool IsExcerpt { get; init; }
}
