using System.Text;

namespace Terms.Catalogue;

/// <summary>Reads one file of the content folder as strict UTF-8, within a size that no agreement reaches.</summary>
internal static class ContentFile
{
    /// <summary>Larger files are refused: the longest agreement known has 0.1 MB.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text with <c>\n</c> line ends, or null with the problem noted.</summary>
    public static string? Read(string path, string name, ProblemList problems)
    {
        if (new FileInfo(path).Length > MaximumBytes)
        {
            problems.Add(name, 1, $"the file is larger than {MaximumBytes / 1024 / 1024} MB", "Split it, or check that it is the right file.");
            return null;
        }
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
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
            var line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            problems.Add(name, line, "the file is not UTF-8", "Save it as UTF-8.");
            return null;
        }
    }
}
