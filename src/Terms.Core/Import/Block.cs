using Terms.Catalogue;

namespace Terms.Import;

/// <summary>What a reader knows about a block beside its words.</summary>
internal enum BlockKind
{
    /// <summary>A paragraph, or an item of a list.</summary>
    Paragraph,

    /// <summary>A heading that the document marks as one.</summary>
    Heading,

    /// <summary>A footnote; <see cref="Block.Number"/> is its mark.</summary>
    Footnote,

    /// <summary>A ruled line.</summary>
    Rule,

    /// <summary>What the file says about its text without being part of it; <see cref="Block.Number"/> is what kind of thing.</summary>
    About,
}

/// <summary>A paragraph of a document, whatever its format: the only thing the structure finders see.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its words, as inline Markdown that can be written as it is.</param>
/// <param name="Line">Its line, or the number of its paragraph in a Word file.</param>
/// <param name="Level">Of a heading: 0 for a title, else 1 and deeper.</param>
/// <param name="Number">The number that a program shows before it though it is not in the text, as Word and HTML lists do; null if there is none.</param>
/// <param name="Depth">How deep it stands in lists, if the format says so; 0 outside.</param>
internal sealed record Block(BlockKind Kind, string Text, int Line, int Level = 0, string? Number = null, int Depth = 0)
{
    private string? plain;
    private Marker? marker;
    private bool isMarkerRead;

    // What is derived from the words is not copied with them.
    private Block(Block other)
    {
        (Kind, Text, Line, Level, Number, Depth) = (other.Kind, other.Text, other.Line, other.Level, other.Number, other.Depth);
        (IsCut, IsCutHeading, BulletDepth) = (other.IsCut, other.IsCutHeading, other.BulletDepth);
        (IsRow, IsLettered, IsJump, IsWholePreamble) = (other.IsRow, other.IsLettered, other.IsJump, other.IsWholePreamble);
    }

    /// <summary>How deep it stands in lists if a bullet is shown before it; 0 if none is.</summary>
    public int BulletDepth { get; init; }

    /// <summary>Whether it was cut out of a paragraph in which several clauses run on.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether it is the heading of what follows, as the cutting has seen from the numbers.</summary>
    public bool IsCutHeading { get; init; }

    /// <summary>Whether it is a row of a table, its cells parted by <c>|</c>.</summary>
    public bool IsRow { get; init; }

    /// <summary>Whether the whole is a link to another place of the same page.</summary>
    public bool IsJump { get; init; }

    /// <summary>Whether the file says that it is the whole preamble, in one paragraph.</summary>
    public bool IsWholePreamble { get; init; }

    /// <summary>Whether its marker is a letter though it could be a roman numeral, as the blocks before it show.</summary>
    public bool IsLettered { get; init; }

    /// <summary>The words without marks.</summary>
    public string Plain => plain ??= InlineMarkdown.Plain(Text);

    /// <summary>The number or marker that it begins with; null if there is none.</summary>
    public Marker? Marker
    {
        get
        {
            if (!isMarkerRead)
            {
                marker = Kind is not (BlockKind.Paragraph or BlockKind.Heading) ? null
                    : IsRow ? FirstCell() : Terms.Import.Marker.Read(Number is null ? Text : $"{Number}\t{Text}", Number is not null);
                marker = IsLettered && marker is not null ? marker with { Kind = MarkerKind.Item, Keyword = "", Vector = [] } : marker;
                isMarkerRead = true;
            }
            return marker;
        }
    }

    /// <summary>The words with the number that the format shows before them, as Markdown.</summary>
    public string NumberedText => Number is { Length: > 0 } number ? $"{InlineMarkdown.Escape(number)} {Text}" : Text;

    /// <summary>The words without marks as a report names them: their beginning, if they are long.</summary>
    public string Short => WellFormed.Shortened(Plain, 60);

    /// <summary>The words behind the marker.</summary>
    public string Rest => Marker?.Rest ?? Text;

    /// <summary>Whether the whole is set as a heading: by the format, in bold or in capitals.</summary>
    public bool IsSetAsHeading => Kind == BlockKind.Heading || IsCutHeading || (!IsRow && Plain.Length <= 160 && (InlineMarkdown.IsAllBold(Text) || IsCapitals(Plain)) && !Plain.EndsWith('!'));

    /// <summary>Whether it could be a heading or a title: short, and no sentence.</summary>
    public bool LooksLikeHeading => Kind == BlockKind.Heading || IsCutHeading || !IsRow && IsHeadingText(InlineMarkdown.Plain(Rest), IsSetAsHeading);

    /// <summary>Whether words could be a heading.</summary>
    public static bool IsHeadingText(string plain, bool isSet = false)
    {
        plain = plain.Trim();
        return plain.Length is > 0 and <= 120 && plain.Count(c => c == ' ') < (isSet ? 20 : 13) && (plain[^1] is not ('.' or ';' or ',' or ':' or '!' or '?' or '。' or '；' or '：') || (isSet && plain[^1] is '.' or ':'))
            && plain.IndexOf(". ", StringComparison.Ordinal) is < 0 or > 110 && !(plain[0] is '(' or '（') && !char.IsLower(plain[0]);
    }

    /// <summary>In a row, only a number with a cell of its own is one.</summary>
    private Marker? FirstCell()
    {
        var end = Text.IndexOf(" | ", StringComparison.Ordinal);
        return end > 0 && Terms.Import.Marker.Read(Text[..end], false) is { Rest: "" } alone ? alone with { Rest = Text[(end + 3)..] } : null;
    }

    /// <summary>Whether all letters are capitals.</summary>
    public static bool IsCapitals(string plain) => plain.Count(char.IsLetter) >= 3 && plain.Any(char.IsUpper) && !plain.Any(char.IsLower);
}
