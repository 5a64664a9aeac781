using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Tests.Catalogue;

/// <summary>
/// Turns a collected document into texts for the linter alone: one per agreement and version, a clause per line, labelled by what the line begins with.
/// The real reader is Import; this one knows the documents that stand beside the repository and nothing else.
/// </summary>
internal static partial class SeedReader
{
    /// <summary>A text with the version it is, and the lines that its clauses count.</summary>
    public static IEnumerable<(string Id, TermsText Text, LintedText Known)> All()
    {
        foreach (var version in Seeds.Facts("versions.json").GetProperty("versions").EnumerateArray())
        {
            var id = version.Text("id")!;
            var lines = Seeds.Document(version.Text("source_file")!);
            foreach (var (name, from, to) in Parts(id, version.Text("source_lines")!))
            {
                var taken = lines[(from - 1)..Math.Min(to, lines.Length)];
                var paragraphs = taken.Length == 1 && name.EndsWith("R2", StringComparison.Ordinal) ? Cut(taken[0]) : taken;
                var known = new LintedText(
                    IsContract: !id.StartsWith("RULES", StringComparison.Ordinal), IsExcerpt: id.StartsWith("RULES", StringComparison.Ordinal),
                    HasEffectiveDate: version.Text("effective_date") is not null, Lines: [.. paragraphs]);
                yield return (name, Read(name, paragraphs, id.Contains("RU-", StringComparison.Ordinal) ? "ru" : "en", known.IsExcerpt), known);
            }
        }
    }

    private static IEnumerable<(string Name, int From, int To)> Parts(string id, string lines)
    {
        foreach (Match part in LineRange().Matches(lines))
        {
            var from = int.Parse(part.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
            var to = part.Groups[3].Success ? int.Parse(part.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture) : from;
            yield return (part.Groups[1].Success ? $"{id}/{part.Groups[1].Value}" : id, from, to);
        }
    }

    /// <summary>The flattened rendering, cut in front of its numbers.</summary>
    private static string[] Cut(string line) => InFront().Split(line);

    private static TermsText Read(string name, string[] lines, string language, bool isExcerpt)
    {
        var top = new List<Draft>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Draft? section = null, clause = null, last = null;
        var (title, paragraphs, stem) = ("", 0, isExcerpt ? "excerpt" : "preamble");
        for (var i = 0; i < lines.Length; i++)
        {
            var plain = TermsTextParser.PlainText(lines[i].Replace("< p>", "", StringComparison.Ordinal));
            var source = lines[i].Contains('<', StringComparison.Ordinal) ? lines[i].Trim() : plain;
            if (plain.Length == 0)
            {
                continue;
            }
            if (title.Length == 0)
            {
                title = plain;
                continue;
            }
            if (!isExcerpt && SectionStart().Match(plain) is { Success: true } starts && (starts.Groups[2].Success ? starts.Groups[2].Length < 90 : true))
            {
                section = last = Add(top, $"§{starts.Groups[1].Value}", i, starts.Groups[2].Value, "");
                (clause, paragraphs, stem) = (null, 1, section.Label);
            }
            else if (!isExcerpt && ClauseStart().Match(plain) is { Success: true } number && section is not null)
            {
                clause = last = Add(section.Children, number.Groups[1].Value, i, null, source[number.Length..]);
                (paragraphs, stem) = (1, clause.Label);
            }
            else if (!isExcerpt && ItemStart().Match(plain) is { Success: true } item && (clause ?? section) is { } parent)
            {
                last = Add(parent.Children, $"{parent.Label}({(item.Groups[1].Value + item.Groups[2].Value + item.Groups[3].Value).ToLowerInvariant()})", i, null, source[Math.Min(source.Length, item.Length)..]);
            }
            else
            {
                paragraphs++;
                last = Add((clause ?? section)?.Children ?? top, paragraphs == 1 && isExcerpt ? stem : $"{stem} ¶{paragraphs}", i, null, source);
            }
        }
        return new TermsText(name, language, 1, title, [.. top.Select(d => d.Build(lines))]);

        Draft Add(List<Draft> siblings, string label, int line, string? heading, string words)
        {
            for (var n = 2; !seen.Add(label); n++)
            {
                label = $"{label.Split(" [")[0]} [{n}{(n == 2 ? "nd" : n == 3 ? "rd" : "th")}]";
            }
            var draft = new Draft(label, line, heading, words.Trim());
            siblings.Add(draft);
            return draft;
        }
    }

    private sealed record Draft(string Label, int Line, string? Heading, string Text)
    {
        public List<Draft> Children { get; } = [];

        public Clause Build(string[] lines) =>
            new(new ClauseLabel(Label), Heading, lines[Line], Text, [], [.. Children.Select(c => c.Build(lines))], Line + 1);
    }

    [GeneratedRegex(@"(?:(R\d): )?(\d+)(?:-(\d+))?")]
    private static partial Regex LineRange();

    [GeneratedRegex(@"(?<=[\s])(?=(?<!, )(?:Article \d{1,2} \p{Lu})|(?<!\b(?:Article|Clause|and|or|in|under|of|least) )(?:\d{1,2}\.\d{1,2}(?:\.\d{1,2})?) \S)")]
    private static partial Regex InFront();

    [GeneratedRegex(@"^(?:Article |Chapter |Section )?(\d{1,2})\.?\s*(?=\p{L})(\p{Lu}[^.;:]*)$")]
    private static partial Regex SectionStart();

    [GeneratedRegex(@"^(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s*(?=\S)")]
    private static partial Regex ClauseStart();

    [GeneratedRegex(@"^(?:\(([a-zA-Z]|\d{1,2}|[ivx]{1,4})\)|([a-z]|\d{1,2}|[A-Z])\)|([a-z])(?=    ))\s*")]
    private static partial Regex ItemStart();
}
