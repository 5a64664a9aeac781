namespace Terms.Comparison;

/// <summary>What happens to some words.</summary>
public enum SegmentKind
{
    /// <summary>They stay.</summary>
    Equal,

    /// <summary>They come in.</summary>
    Insert,

    /// <summary>They go.</summary>
    Delete,
}

/// <summary>Words in a row that stay, come in or go. Those that stay and those that go are the old text; those that stay and those that come are the new.</summary>
/// <param name="Kind">What happens to them.</param>
/// <param name="Text">The words, with the white space that belongs to them.</param>
/// <param name="Figures">Whether an amount, a period, another number or a company's name differs here.</param>
public readonly record struct Segment(SegmentKind Kind, string Text, bool Figures = false);
