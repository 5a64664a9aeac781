using Terms.Catalogue;
using Terms.Rendering;

namespace Terms.Export;

/// <summary>A Word file with the differences between two texts as tracked changes. It is proved before it is given out.</summary>
public static class Redline
{
    /// <summary>Whom Word names as the author of the changes.</summary>
    public const string Author = "Terms workbench";

    /// <summary>The redline between two texts of the catalogue, dated as the later of the two was recorded.</summary>
    /// <exception cref="UnwritableTextException">A text holds a character that a Word file cannot hold.</exception>
    /// <exception cref="RedlineException">The proof failed; there is no file.</exception>
    public static byte[] Between(AgreementVersion oldVersion, TermsText oldText, AgreementVersion newVersion, TermsText newText)
    {
        var redline = ProvedInWords(oldVersion, oldText, newVersion, newText);
        WordValidity.Check(redline);
        return redline;
    }

    /// <summary>The same without the part of the proof that validates the package.</summary>
    internal static byte[] ProvedInWords(AgreementVersion oldVersion, TermsText oldText, AgreementVersion newVersion, TermsText newText)
    {
        var frame = Frame(oldVersion, oldText, newVersion, newText);
        var redline = Write(RedlineText.Of(oldText), RedlineText.Of(newText), frame);
        RedlineProof.CheckText(redline, [.. frame.Shown, .. RedlineProof.Shown(oldText)], [.. frame.Shown, .. RedlineProof.Shown(newText)]);
        return redline;
    }

    /// <summary>The redline between two Word files of any origin; it says at its top what of them is not in it.</summary>
    /// <param name="oldFile">The old file.</param>
    /// <param name="newFile">The new file.</param>
    /// <param name="at">The moment that the changes bear.</param>
    /// <exception cref="UnwritableTextException">A file holds a character that a Word file cannot hold.</exception>
    /// <exception cref="RedlineException">The proof failed; there is no file.</exception>
    public static byte[] Between(WordDocument oldFile, WordDocument newFile, DateTimeOffset at)
    {
        var digest = Digest.Of(newFile.Paragraphs.Select(p => p.Shown).ToArray());
        (string, string)[] names = [("Old file", oldFile.Name), ("New file", newFile.Name)];
        var frame = new WordFrame(
            newFile.Name, $"Redline of {newFile.Name} against {oldFile.Name}", $"{oldFile.Name} → {newFile.Name}", digest.Value, newFile.Language,
            "Tracked changes between two files.",
            [("Taken over", "words, numbers, headings, bold type, links and footnotes; not the look of the originals"), .. names, .. oldFile.Omissions.Select(o => ("Of the old file", o)), .. newFile.Omissions.Select(o => ("Of the new file", o))], at, [.. names]);
        var redline = Write(RedlineText.Of(oldFile.Paragraphs), RedlineText.Of(newFile.Paragraphs), frame);
        RedlineProof.CheckText(redline, [.. frame.Shown, .. RedlineProof.Shown(oldFile.Paragraphs)], [.. frame.Shown, .. RedlineProof.Shown(newFile.Paragraphs)]);
        WordValidity.Check(redline);
        return redline;
    }

    /// <summary>Writes a redline that is not proved yet.</summary>
    internal static byte[] Write(RedlineText oldText, RedlineText newText, WordFrame frame)
    {
        var layout = RedlineLayout.Of(oldText, newText);
        return new RedlineWriter(layout.Paragraphs, layout.Footnotes, frame).Write();
    }

    private static WordFrame Frame(AgreementVersion oldVersion, TermsText oldText, AgreementVersion newVersion, TermsText newText)
    {
        var at = oldVersion.Details.Recorded > newVersion.Details.Recorded ? oldVersion.Details.Recorded : newVersion.Details.Recorded;
        string[] names = [Name(oldVersion, oldText), Name(newVersion, newText)];
        var notice = oldVersion.Details.IsOfficial && newVersion.Details.IsOfficial ? EditionNotice.Official : EditionNotice.Restatement;
        (string, string)[] texts = [("Old text", names[0]), ("Digest of the old text", oldText.Digest.Value), ("New text", names[1]), ("Digest of the new text", newText.Digest.Value)];
        return new WordFrame(
            newText.Title, $"Redline of {names[1]} against {names[0]}", $"{names[0]} → {(newVersion.Agreement.Id == oldVersion.Agreement.Id ? names[1].Split('/')[1] : names[1])}",
            newText.Digest.Value, newText.Language, notice, [("Redline", "tracked changes; accepting all gives the new text, rejecting all the old"), .. texts], at, [.. texts]);

        static string Name(AgreementVersion version, TermsText text) =>
            version.Texts.Length == 1 ? version.Path : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{version.Path} ({text.Language} {text.Number})");
    }
}

/// <summary>A redline could not be proved, and is not given out.</summary>
public sealed class RedlineException(string message) : Exception(message);
