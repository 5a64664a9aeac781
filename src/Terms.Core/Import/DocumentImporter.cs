using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Import;

/// <summary>Turns a document into the versions of agreements that it holds. The same for the command and for the pages.</summary>
public static partial class DocumentImporter
{
    /// <summary>The largest file that is read.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most text that a document may hold: no agreement known has a tenth of it.</summary>
    public const int MaximumCharacters = 3 * 1024 * 1024;

    private const int MostBlocks = 60_000;
    private const int LongestBlock = 1024 * 1024;

    /// <summary>Reads a file from a stream, at most <see cref="MaximumBytes"/> of it.</summary>
    /// <exception cref="ImportRefusedException">The file is too large, broken, hostile or of an unknown kind.</exception>
    public static ImportedDocument Import(string name, Stream stream)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
        {
            if (memory.Length + read > MaximumBytes)
            {
                throw new ImportRefusedException($"{name} is larger than {MaximumBytes / 1024 / 1024} MB. Split it, or check that it is the right file.");
            }
            memory.Write(buffer, 0, read);
        }
        return Import(name, memory.ToArray());
    }

    /// <summary>Reads a file. Its first bytes say whether it is a Word file; the ending of its name tells Markdown, HTML and plain text apart.</summary>
    /// <param name="name">The name of the file, used in the report.</param>
    /// <param name="bytes">The file.</param>
    /// <exception cref="ImportRefusedException">The file is too large, broken, hostile or of an unknown kind.</exception>
    public static ImportedDocument Import(string name, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
        {
            throw new ImportRefusedException($"{name} is larger than {MaximumBytes / 1024 / 1024} MB. Split it, or check that it is the right file.");
        }
        var report = new ReportBuilder(name);
        var blocks = ReadBlocks(name, bytes, report, out var language);
        if (blocks.Count > MostBlocks || blocks.Sum(b => (long)b.Text.Length) > MaximumCharacters || blocks.Exists(b => b.Text.Length > LongestBlock))
        {
            throw new ImportRefusedException($"{name} holds more text than an agreement: at most {MaximumCharacters / 1024 / 1024} million characters in {MostBlocks} paragraphs are read. Split it, or check that it is the right file.");
        }
        if (!blocks.Exists(b => b.Kind is not (BlockKind.Rule or BlockKind.About)))
        {
            throw new ImportRefusedException($"{name} holds no text.");
        }
        var title = Path.GetFileNameWithoutExtension(name);
        var segments = new SegmentFinder(title.Length > 0 ? title : name, report).Find(blocks);
        var versions = ImmutableArray.CreateBuilder<ImportedVersion>();
        foreach (var segment in segments)
        {
            if (Version(name, segment, language, versions, report) is { } version)
            {
                versions.Add(version);
                Describe(version, report);
            }
        }
        return new ImportedDocument(name, versions.ToImmutable(), report.Build());
    }

    private static List<Block> ReadBlocks(string name, ReadOnlyMemory<byte> bytes, ReportBuilder report, out string? language)
    {
        language = null;
        if (WordReader.IsZip(bytes.Span))
        {
            return WordReader.Read(name, bytes, report, out language);
        }
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw new ImportRefusedException($"{name} is an old Word file, or an encrypted one. Save it as .docx without a password.");
        }
        if (bytes.Span.StartsWith("%PDF"u8))
        {
            throw new ImportRefusedException($"{name} is a PDF. Import the Word file, the web page or the text that it was made from.");
        }
        if (bytes.Span.StartsWith("{\\rtf"u8))
        {
            throw new ImportRefusedException($"{name} is a rich text file. Save it as .docx.");
        }
        var isHtml = Path.GetExtension(name).ToUpperInvariant() is ".HTML" or ".HTM" or ".XHTML";
        var text = TextDecoder.Decode(name, bytes.Span, isHtml, report);
        if (text.Length > MaximumCharacters * 2)
        {
            throw new ImportRefusedException($"{name} holds more text than an agreement: at most {MaximumCharacters / 1024 / 1024} million characters are read.");
        }
        return isHtml || HtmlStart().IsMatch(text)
            ? HtmlReader.Read(name, text, report, out language)
            : MarkdownReader.Read(text, isPlain: Path.GetExtension(name).ToUpperInvariant() is not (".MD" or ".MARKDOWN"), report);
    }

    private static ImportedVersion? Version(string name, TextSegment segment, string? language, IEnumerable<ImportedVersion> before, ReportBuilder report)
    {
        var clauses = ClauseFinder.Write(segment, report);
        var tongue = Language(clauses.Markdown, language);
        var id = Identifier(segment.Main is { } main ? $"{segment.Title} {main.Title}" : segment.Title);
        var number = 1 + before.Count(v => v.SuggestedId == id && v.Effective == segment.Effective && v.Text.Language == tongue);
        var missing = new List<string>();
        var problems = new ProblemList();
        TermsText? text;
        try
        {
            text = TermsTextParser.Parse(name, clauses.Markdown, tongue, number, segment.IsExcerpt, missing, problems);
        }
        catch (ArgumentException e)
        {
            throw new ImportRefusedException($"{name} cannot be read as clauses: {e.Message}");
        }
        foreach (var problem in problems.Sorted())
        {
            if (MissingClause().Match(problem.What) is { Success: true } gap)
            {
                missing.Add(gap.Groups[1].Value);
                report.Problem(Place(clauses, problem.Line), LintForms.GapImported, gap.Groups[1].Value, gap.Groups[1].Value);
            }
            else if (text is not null || problem.What != "the text has no clauses")
            {
                report.Problem(Place(clauses, problem.Line), problem);
            }
        }
        if (text is null)
        {
            report.LeftOut(segment.Line, string.Join('\n', segment.Blocks.Select(b => b.Kind == BlockKind.Footnote ? $"[^{b.Number}]: {b.Text}" : $"{b.Number} {b.Text}").Prepend(segment.Title)), "a title without a text under it");
            return null;
        }
        return new ImportedVersion(segment.Title, id, segment.Announced, segment.Effective, segment.IsExcerpt, [.. missing], clauses.Markdown, text, segment.Line) { Places = clauses.Places, IsAnnex = segment.Main is not null, DateLines = [.. segment.DateLines] };
    }

    private static int Place(ClauseWriter clauses, int line)
    {
        for (; line > 0; line--)
        {
            if (clauses.Places.TryGetValue(line, out var place))
            {
                return place;
            }
        }
        return 1;
    }

    private static void Describe(ImportedVersion version, ReportBuilder report)
    {
        var words = new StringBuilder($"{version.Title}");
        words.Append(CultureInfo.InvariantCulture, $": {(version.IsExcerpt ? "an excerpt" : $"{version.Text.All.Count()} clauses and paragraphs")}");
        words.Append(version.Effective is { } effective ? $", effective {effective.ToFullDate()}" : ", without an effective date");
        words.Append(version.Announced is { } announced ? $", announced {announced.ToFullDate()}" : "");
        words.Append(version.Text.Number > 1 ? $", rendering {version.Text.Number}" : "");
        report.Found(version.Line, words.ToString());
        if (version.Effective is null && !version.IsExcerpt)
        {
            report.Problem(version.Line, LintForms.NoDateImported, null, version.Title);
        }
    }

    /// <summary>The language that most letters are written in; Latin letters count as English unless the document names its language.</summary>
    private static string Language(string text, string? declared)
    {
        int latin = 0, cyrillic = 0, han = 0, hangul = 0, kana = 0;
        foreach (var c in text)
        {
            latin += c is >= 'A' and <= 'z' ? 1 : 0;
            cyrillic += c is >= 'А' and <= 'я' ? 1 : 0;
            han += c is >= '一' and <= '龥' ? 1 : 0;
            hangul += c is >= '가' and <= '힣' ? 1 : 0;
            kana += c is >= 'ぁ' and <= 'ヿ' ? 1 : 0;
        }
        if (cyrillic > latin)
        {
            return declared is "uk" or "bg" or "sr" or "kk" or "be" ? declared : "ru";
        }
        if (han + hangul + kana > latin / 3)
        {
            return hangul > han ? "ko" : kana * 5 > han ? "ja" : "zh";
        }
        return declared is { Length: 2 } && declared is not ("ru" or "zh" or "ja" or "ko") ? declared : ByCommonWords(text);
    }

    /// <summary>The language whose commonest words stand most often in a text in Latin letters.</summary>
    private static string ByCommonWords(string text)
    {
        (string Tag, string[] Words)[] languages =
        [
            ("en", ["the", "of", "and", "to", "any", "or", "be", "shall", "you", "is"]), ("de", ["der", "die", "und", "das", "nicht", "oder", "werden", "ist", "wir", "mit"]),
            ("fr", ["le", "les", "des", "et", "vous", "une", "est", "nous", "dans", "du"]), ("es", ["el", "los", "las", "que", "y", "por", "del", "una", "se", "con"]),
            ("it", ["il", "di", "che", "gli", "della", "è", "per", "sono", "nel", "con"]), ("pt", ["o", "os", "do", "da", "que", "não", "uma", "em", "você", "ou"]),
            ("nl", ["het", "een", "van", "en", "niet", "zijn", "wij", "aan", "voor", "te"]),
        ];
        var counts = Words().Matches(text[..Math.Min(text.Length, 40_000)]).GroupBy(m => m.Value.ToLowerInvariant()).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var found = languages.Select(l => (l.Tag, Count: l.Words.Sum(w => counts.GetValueOrDefault(w)))).ToList();
        var (tag, count) = found.MaxBy(f => f.Count);
        return count >= 5 && count * 2 > found[0].Count * 3 ? tag : "en";
    }

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();

    /// <summary>A name made of the letters and digits of a title.</summary>
    internal static AgreementId Identifier(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in title.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (Cyrillic(c) is { } letters)
            {
                slug.Append(letters);
            }
            else if (slug.Length > 0 && slug[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’'))
            {
                slug.Append('-');
            }
        }
        var name = slug.ToString().Trim('-');
        name = name.Length > 64 ? name[..(name.LastIndexOf('-', 64) is > 20 and var cut ? cut : 64)].Trim('-') : name;
        return new AgreementId(AgreementId.IsValid(name) ? name : $"agreement-{title.Aggregate(17u, (h, c) => (h * 31) + c):x8}");
    }

    private static string? Cyrillic(char c)
    {
        const string letters = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
        string[] latin = ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "iu", "ia"];
        var at = letters.IndexOf(char.ToLowerInvariant(c));
        return at < 0 ? null : latin[at];
    }

    [GeneratedRegex(@"^clause (\S+) is missing before ")]
    private static partial Regex MissingClause();

    [GeneratedRegex(@"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex HtmlStart();
}
