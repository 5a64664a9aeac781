using System.Text;
using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>Turns the bytes of a text or a web page into characters: by byte order mark, by declaration, else as UTF-8.</summary>
internal static partial class TextDecoder
{
    [GeneratedRegex(@"<meta[^>]{0,200}charset\s*=\s*[""']?([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*[""']([\w.:-]{2,40})", RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"-\*-.{0,60}coding:\s*([\w.-]{2,40})")]
    private static partial Regex TextDeclaration();

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The characters, with <c>\n</c> line ends.</summary>
    /// <exception cref="ImportRefusedException">The bytes are not text, or not in the encoding they declare.</exception>
    public static string Decode(string name, ReadOnlySpan<byte> bytes, bool isHtml, ReportBuilder report)
    {
        var encoding = Mark(bytes, out var skip) ?? Declared(bytes, isHtml);
        if (encoding is null && bytes.Length >= 4 && IsWide(bytes) is { } wide)
        {
            encoding = wide;
        }
        if (encoding is not UnicodeEncoding and not UTF32Encoding && bytes.Contains((byte)0))
        {
            throw new ImportRefusedException($"{name} is not text: it holds zero bytes. Import a .docx, .html, .md or .txt file.");
        }
        string text;
        try
        {
            text = (encoding ?? new UTF8Encoding(false, throwOnInvalidBytes: true)).GetString(bytes[skip..]);
        }
        catch (DecoderFallbackException) when (encoding is null)
        {
            throw new ImportRefusedException($"{name} is not UTF-8 and declares no other encoding. Save it as UTF-8.");
        }
        catch (DecoderFallbackException)
        {
            throw new ImportRefusedException($"{name} is not in the encoding that it declares, {encoding!.WebName}. Save it as UTF-8.");
        }
        var odd = text.AsSpan(0, Math.Min(text.Length, 200_000));
        var controls = 0;
        foreach (var c in odd)
        {
            controls += char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\f' or '\v' or '\u0085' or '\u001a') ? 1 : 0;
        }
        if (controls > 8 && controls * 200 > odd.Length)
        {
            throw new ImportRefusedException($"{name} is not text: it is full of control characters. Import a .docx, .html, .md or .txt file.");
        }
        if (encoding is not null and not UTF8Encoding)
        {
            report.Note(1, $"the file was read as {encoding.WebName}, as it declares");
        }
        return text.ReplaceLineEndings("\n");
    }

    private static Encoding? Mark(ReadOnlySpan<byte> bytes, out int skip)
    {
        (var encoding, skip) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (new UTF8Encoding(false, true), 3),
            [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(false, false, true), 4),
            [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(true, false, true), 4),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
            _ => ((Encoding?)null, 0),
        };
        return encoding;
    }

    /// <summary>UTF-16 without a mark: every other byte is zero.</summary>
    private static UnicodeEncoding? IsWide(ReadOnlySpan<byte> bytes)
    {
        int even = 0, odd = 0;
        var length = Math.Min(bytes.Length & ~1, 512);
        for (var i = 0; i < length; i++)
        {
            if (bytes[i] == 0)
            {
                _ = i % 2 == 0 ? even++ : odd++;
            }
        }
        return odd * 10 > length * 4 && even == 0 ? new UnicodeEncoding(false, false, true) : even * 10 > length * 4 && odd == 0 ? new UnicodeEncoding(true, false, true) : null;
    }

    private static Encoding? Declared(ReadOnlySpan<byte> bytes, bool isHtml)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 4096)]);
        var match = isHtml || head.TrimStart().StartsWith('<') ? Declaration().Match(head) : TextDeclaration().Match(head[..Math.Min(head.Length, 300)]);
        if (!match.Success)
        {
            return null;
        }
        var label = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
        try
        {
            // A page that could be read as ASCII so far is not in UTF-16, whatever it declares.
            var encoding = Encoding.GetEncoding(label, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return encoding is UnicodeEncoding or UTF32Encoding || encoding.CodePage == 65000 ? null : encoding;
        }
        catch (ArgumentException)
        {
            throw new ImportRefusedException($"The encoding `{label}` that the file declares is not known. Save it as UTF-8.");
        }
    }
}
