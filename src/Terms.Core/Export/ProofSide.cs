using System.Text;

namespace Terms.Export;

/// <summary>The text of a redline with all changes accepted, or with all rejected, as it grows while the proof reads.</summary>
/// <param name="numbering">The lists of the file.</param>
internal sealed class ProofSide(ProofNumbering numbering)
{
    private const char FootnoteMark = '\uFFFC';

    private readonly List<string> paragraphs = [];
    private readonly List<string> footnotes = [];
    private readonly StringBuilder words = new();
    private readonly ProofNumbering.Counters counters = new(numbering);

    /// <summary>The paragraphs as they are shown, then the footnotes in the order in which they are referred to.</summary>
    public IEnumerable<string> Shown => paragraphs.Concat(footnotes);

    /// <summary>Whether words wait for the end of their paragraph.</summary>
    public bool HasWords => words.Length > 0;

    /// <summary>Adds words to the paragraph.</summary>
    public void Add(string more) => words.Append(more);

    /// <summary>Adds the mark of a footnote to the paragraph, and the footnote behind the text.</summary>
    public void AddFootnote(string note)
    {
        words.Append(FootnoteMark);
        footnotes.Add(FootnoteMark + note);
    }

    /// <summary>Takes the words that wait.</summary>
    public string TakeWords()
    {
        var taken = words.ToString();
        words.Clear();
        return taken;
    }

    /// <summary>Ends the paragraph; its list gives the number in front of it.</summary>
    public void EndParagraph((int List, int Level)? list) => paragraphs.Add((list is { } counted ? counters.Next(counted.List, counted.Level) + "\t" : "") + TakeWords());
}
