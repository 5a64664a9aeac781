using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Rendering;

namespace Terms.Export;

/// <summary>A paragraph of a redline: kept, inserted, deleted, or one end of a move.</summary>
/// <param name="Old">The paragraph in the old text; null if it is new here.</param>
/// <param name="New">The paragraph in the new text; null if it is gone from here.</param>
/// <param name="Move">The same number at both ends of a move: once with the old paragraph alone, once with the new; null for none.</param>
public sealed record RedlineParagraph(WordParagraph? Old, WordParagraph? New, int? Move = null);

/// <summary>A Word file with the differences between two texts as tracked changes. It is proved before it is given out.</summary>
public static class Redline
{
    /// <summary>Whom Word names as the author of the changes.</summary>
    public const string Author = "Terms workbench";

    /// <summary>The redline between two texts of the catalogue, dated as the later of the two was recorded.</summary>
    /// <exception cref="RedlineException">The proof failed; there is no file.</exception>
    public static byte[] Between(AgreementVersion oldVersion, TermsText oldText, AgreementVersion newVersion, TermsText newText)
    {
        var at = oldVersion.Details.Recorded > newVersion.Details.Recorded ? oldVersion.Details.Recorded : newVersion.Details.Recorded;
        string[] names = [Name(oldVersion, oldText), Name(newVersion, newText)];
        var notice = oldVersion.Details.IsOfficial && newVersion.Details.IsOfficial ? EditionNotice.Official : EditionNotice.Restatement;
        var frame = new WordFrame(
            newText.Title, $"Redline of {names[1]} against {names[0]}", $"{names[0]} → {(newVersion.Agreement.Id == oldVersion.Agreement.Id ? names[1].Split('/')[1] : names[1])}",
            newText.Digest.Value, newText.Language, notice,
            [
                ("Redline", "tracked changes; accepting all gives the new text, rejecting all the old"),
                ("Old text", names[0]), ("Digest of the old text", oldText.Digest.Value), ("New text", names[1]), ("Digest of the new text", newText.Digest.Value),
            ],
            at, [("Old text", names[0]), ("Digest of the old text", oldText.Digest.Value), ("New text", names[1]), ("Digest of the new text", newText.Digest.Value)]);
        var redline = Write(Pair(WordText.Paragraphs(oldText), WordText.Paragraphs(newText)), frame);
        RedlineProof.Check(redline, [.. frame.Shown, .. RedlineProof.Shown(oldText)], [.. frame.Shown, .. RedlineProof.Shown(newText)]);
        return redline;

        static string Name(AgreementVersion version, TermsText text) =>
            version.Texts.Length == 1 ? version.Path : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version.Path} ({text.Language} {text.Number})");
    }

    /// <summary>The redline between two Word files of any origin.</summary>
    /// <param name="oldFile">The old file; its own tracked changes are taken as accepted.</param>
    /// <param name="newFile">The new file, likewise.</param>
    /// <param name="oldName">What to call the old file.</param>
    /// <param name="newName">What to call the new file.</param>
    /// <param name="at">The moment that the changes bear.</param>
    /// <exception cref="WordFileException">One of them is not a Word file that can be read.</exception>
    /// <exception cref="RedlineException">The proof failed; there is no file.</exception>
    public static byte[] Between(byte[] oldFile, byte[] newFile, string oldName, string newName, DateTimeOffset at)
    {
        var oldText = WordReader.Read(oldFile, oldName);
        var newText = WordReader.Read(newFile, newName);
        var digest = Digest.Of(newText.Select(p => p.Shown).ToArray());
        var frame = new WordFrame(
            newName, $"Redline of {newName} against {oldName}", $"{oldName} → {newName}", digest.Value, "en", "Tracked changes between two files. Pictures and the look of the originals are left out.",
            [("Old file", oldName), ("New file", newName)], at, [("Old file", oldName), ("New file", newName)]);
        var redline = Write(Pair(oldText, newText), frame);
        RedlineProof.Check(redline, [.. frame.Shown, .. RedlineProof.Shown(oldText)], [.. frame.Shown, .. RedlineProof.Shown(newText)]);
        return redline;
    }

    /// <summary>Writes a redline that is not proved yet.</summary>
    /// <param name="paragraphs">The paragraphs in the order in which they are shown. Those with an old paragraph give the old text, those with a new one the new.</param>
    /// <param name="frame">What stands around them; its moment is that of the changes.</param>
    /// <exception cref="UnwritableTextException">A paragraph holds a character that a Word file cannot hold.</exception>
    public static byte[] Write(IReadOnlyList<RedlineParagraph> paragraphs, WordFrame frame) => new RedlineWriter(paragraphs, frame).Write();

    /// <summary>Pairs the paragraphs of two texts by label, by equal words where labels do not help, and finds what was moved.</summary>
    public static ImmutableArray<RedlineParagraph> Pair(IReadOnlyList<WordParagraph> oldText, IReadOnlyList<WordParagraph> newText) => new RedlinePairing(oldText, newText).Pairs();

    /// <summary>The words that two paragraphs share, and those that only one has. Joined without insertions they are the old words, without deletions the new.</summary>
    public static ImmutableArray<RedlineSegment> Segments(string oldWords, string newWords) => RedlineWords.Segments(oldWords, newWords);
}

/// <summary>What happened to some words.</summary>
public enum RedlineOperation
{
    /// <summary>They are in both texts.</summary>
    Equal,

    /// <summary>They are only in the new text.</summary>
    Insert,

    /// <summary>They are only in the old text.</summary>
    Delete,
}

/// <summary>Words of a paragraph and what happened to them.</summary>
/// <param name="Operation">What happened.</param>
/// <param name="Text">The words.</param>
public sealed record RedlineSegment(RedlineOperation Operation, string Text);

/// <summary>A redline could not be proved, and is not given out.</summary>
public sealed class RedlineException(string message) : Exception(message);
