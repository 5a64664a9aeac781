using System.Text;

namespace Terms.Catalogue;

/// <summary>The bytes of one file of content, read as strict UTF-8, within a size that no agreement reaches.</summary>
internal sealed class ContentFile
{
    /// <summary>Larger files are refused: the longest agreement known has 0.1 MB.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ContentFile(ReadOnlyMemory<byte> bytes)
    {
        Bytes = bytes;
        IsTooLarge = bytes.Length > MaximumBytes;
    }

    private ContentFile(bool isTooLarge) => IsTooLarge = isTooLarge;

    /// <summary>The bytes; none of a file that is too large.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether the file is larger than <see cref="MaximumBytes"/>, so that nobody reads it.</summary>
    public bool IsTooLarge { get; }

    /// <summary>Reads a file from the disk, unless it is too large.</summary>
    public static ContentFile Read(string path) => new FileInfo(path).Length > MaximumBytes ? new ContentFile(isTooLarge: true) : new ContentFile(File.ReadAllBytes(path));

    /// <summary>A file of words.</summary>
    /// <exception cref="ArgumentException">The words hold half a surrogate pair, which has no bytes.</exception>
    public static ContentFile Of(string text)
    {
        try
        {
            return new ContentFile(Strict.GetBytes(text));
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"The text holds half a character at position {e.Index}. Paste it again as plain text.", nameof(text), e);
        }
    }

    /// <summary>The text with <c>\n</c> line ends, or null with the problem noted.</summary>
    public string? Text(string name, ProblemList problems)
    {
        if (IsTooLarge)
        {
            problems.Add(name, 1, $"the file is larger than {MaximumBytes / 1024 / 1024} MB", "Split it, or check that it is the right file.");
            return null;
        }
        var bytes = Bytes.Span;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            problems.Add(name, 1, "the file begins with a byte order mark", "Save it as UTF-8 without a byte order mark.");
            return null;
        }
        try
        {
            return Strict.GetString(bytes).ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            problems.Add(name, line, "the file is not UTF-8", "Save it as UTF-8.");
            return null;
        }
    }

    /// <summary>The text as it stands, line ends included; null if it is too large or no UTF-8.</summary>
    public string? Raw()
    {
        try
        {
            return IsTooLarge ? null : Strict.GetString(Bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
