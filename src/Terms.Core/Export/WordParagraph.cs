using System.Collections.Immutable;
using System.Xml;

namespace Terms.Export;

/// <summary>What a paragraph is in a Word file.</summary>
public enum WordKind
{
    /// <summary>Words, with or without a number.</summary>
    Body,

    /// <summary>A heading; its level says which.</summary>
    Heading,

    /// <summary>The title at the head.</summary>
    Title,
}

/// <summary>Words of a paragraph set in one way, or the mark of a footnote.</summary>
/// <param name="Text">The words; <see cref="WordParagraph.FootnoteMark"/> for a footnote. Tabs and line ends stand for Word's own.</param>
/// <param name="IsBold">Whether they are set in bold type.</param>
/// <param name="IsItalic">Whether they are set in italics.</param>
/// <param name="Link">An address, or <c>#</c> and a bookmark; null if they lead nowhere.</param>
/// <param name="Footnote">The footnote referred to; null for words.</param>
public sealed record WordRun(string Text, bool IsBold = false, bool IsItalic = false, string? Link = null, WordParagraph? Footnote = null);

/// <summary>A paragraph of a Word file as a reader sees it: the number in front of it and its words.</summary>
/// <param name="Number">The number or marker as it is shown, such as <c>6.</c>, <c>6.7</c> or <c>(c)</c>; null for none.</param>
/// <param name="Runs">The words.</param>
/// <param name="Kind">Title, heading or body.</param>
/// <param name="Level">For a heading 1 to 3; for the body how far its words are set in: 0 for not at all.</param>
/// <param name="ItemDepth">For a marker such as <c>(c)</c>, 1 for an item of a list, 2 for an item of an item.</param>
/// <param name="Label">The label of the clause whose heading or words it holds; null for none.</param>
/// <param name="Bookmark">The name by which it can be linked to; null for none.</param>
public sealed record WordParagraph(
    string? Number, ImmutableArray<WordRun> Runs, WordKind Kind = WordKind.Body, int Level = 0, int ItemDepth = 0, string? Label = null, string? Bookmark = null)
{
    /// <summary>Stands in a paragraph's words for a footnote's mark (the object replacement character).</summary>
    public const char FootnoteMark = '\uFFFC';

    /// <summary>The editor's notes beside it; no part of the text.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The words without their number; footnotes are marks in it.</summary>
    public string Text { get; } = Runs is [var only] ? only.Text : string.Concat(Runs.Select(r => r.Text));

    /// <summary>The same without the marks of footnotes: what is compared.</summary>
    public string Words => Runs.All(r => r.Footnote is null) ? Text : string.Concat(Runs.Where(r => r.Footnote is null).Select(r => r.Text));

    /// <summary>The number, a tab and the words: what is seen on paper.</summary>
    public string Shown => Number is null ? Text : Number + "\t" + Text;

    /// <summary>The footnotes referred to, in order.</summary>
    public IEnumerable<WordParagraph> Footnotes => Runs.Where(r => r.Footnote is not null).Select(r => r.Footnote!);

    /// <summary>Refuses characters that XML, and so a Word file, cannot hold.</summary>
    /// <exception cref="UnwritableTextException">It holds such a character; the message says which and where.</exception>
    internal void CheckCharacters()
    {
        foreach (var words in Runs.Select(r => r.Text + r.Link).Append(Number ?? "").Concat(Notes))
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (char.IsHighSurrogate(words[i]) && i + 1 < words.Length && char.IsLowSurrogate(words[i + 1]))
                {
                    i++;
                }
                else if (!XmlConvert.IsXmlChar(words[i]))
                {
                    throw new UnwritableTextException($"{(Label is null ? "A paragraph" : $"\"{Label}\"")} holds the character U+{(int)words[i]:X4}, which a Word file cannot hold. Remove it from the text.");
                }
            }
        }
        foreach (var footnote in Footnotes)
        {
            footnote.CheckCharacters();
        }
    }
}

/// <summary>A text holds a character that a Word file cannot hold.</summary>
public sealed class UnwritableTextException(string message) : Exception(message);
