using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Terms.Catalogue;

/// <summary>
/// A YAML mapping whose keys are asked for one by one. Whatever is missing or malformed is noted with file and line,
/// and <see cref="Finish"/> notes the keys that nobody asked for.
/// </summary>
public sealed class YamlMap
{
    private readonly YamlMappingNode node;
    private readonly ProblemList problems;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private YamlMap(string file, YamlMappingNode node, ProblemList problems)
    {
        File = file;
        this.node = node;
        this.problems = problems;
    }

    /// <summary>The file that the mapping stands in, relative to the content folder.</summary>
    public string File { get; }

    /// <summary>The line that it begins on.</summary>
    public int Line => (int)node.Start.Line;

    /// <summary>Notes a problem at this mapping, or at one of its keys.</summary>
    public void Problem(string what, string remedy, string? key = null) => problems.Add(File, key is null ? Line : LineOf(key), what, remedy);

    /// <summary>The same for a problem that interfaces can say in words of their own.</summary>
    public void Problem(MessageForm form, string? key, params ImmutableArray<string> arguments) => problems.Add(File, key is null ? Line : LineOf(key), form, arguments);

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => node.Children.ContainsKey(new YamlScalarNode(key));

    /// <summary>The keys, in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    /// <summary>A mapping from a document's text, or null with the problem noted. Anchors and aliases are refused: they can blow up.</summary>
    public static YamlMap? Parse(string file, string text, ProblemList problems) =>
        RootOf(file, text, problems) switch
        {
            null => null,
            YamlMappingNode map => new YamlMap(file, map, problems),
            var other => Refuse<YamlMap>(file, other, problems, "a mapping (`key: value` lines) is expected here"),
        };

    /// <summary>A list of mappings from a document's text, empty with the problem noted.</summary>
    public static IReadOnlyList<YamlMap> ParseList(string file, string text, ProblemList problems) =>
        RootOf(file, text, problems) switch
        {
            null => [],
            YamlSequenceNode list => Maps(file, list, problems),
            var other => Refuse<IReadOnlyList<YamlMap>>(file, other, problems, "a list (`- ` lines) is expected here") ?? [],
        };

    /// <summary>The text under a key, or null with the absence noted.</summary>
    public string? Text(string key)
    {
        if (OptionalText(key) is { } text)
        {
            return text;
        }
        if (!Has(key))
        {
            Problem(ContentForms.Missing, null, key);
        }
        return null;
    }

    /// <summary>The text under a key, or null if the key is absent or empty.</summary>
    public string? OptionalText(string key)
    {
        switch (Child(key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                var value = scalar.Value?.Trim();
                return string.IsNullOrEmpty(value) || (scalar.Style == ScalarStyle.Plain && value is "null" or "~") ? null : value;
            default:
                Problem($"`{key}` has to be a single value", $"Write `{key}: value` on one line.", key);
                return null;
        }
    }

    /// <summary>A whole or decimal number from 0 on, or null.</summary>
    public decimal? OptionalNumber(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Problem(ContentForms.NoNumber, key, key, text);
            return null;
        }
        if (number < 0)
        {
            Problem($"`{key}: {text}` is less than nothing", "Write the number without the minus sign.", key);
            return null;
        }
        return number;
    }

    /// <summary>A whole number from 0 to 100,000, or null.</summary>
    public int? OptionalWhole(string key)
    {
        if (OptionalNumber(key) is not { } number)
        {
            return null;
        }
        if (number is >= 0 and <= 100_000 && number == decimal.Truncate(number))
        {
            return (int)number;
        }
        Problem($"`{key}: {OptionalText(key)}` is not a whole number from 0 to 100,000", "Write digits only.", key);
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>; the default if the key is absent.</summary>
    public bool Flag(string key, bool byDefault = false)
    {
        var text = OptionalText(key);
        if (text is not (null or "true" or "false"))
        {
            Problem($"`{key}: {text}` is neither true nor false", "Write true or false.", key);
        }
        return text is null ? byDefault : text == "true";
    }

    /// <summary>A date written <c>2025-04-01</c>, or null.</summary>
    public DateOnly? OptionalDate(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }
        Problem($"`{key}: {text}` is not a date", "Write year, month and day as 2025-04-01.", key);
        return null;
    }

    /// <summary>An instant written in RFC 3339, <c>2026-05-03T10:00:00Z</c>, or null.</summary>
    public DateTimeOffset? OptionalInstant(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }
        if (Instants.TryParse(text, out var instant))
        {
            return instant;
        }
        Problem($"`{key}: {text}` is not an instant", "Write it as 2026-05-03T10:00:00Z.", key);
        return null;
    }

    /// <summary>A list of texts; a single value counts as a list of one; empty if the key is absent.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Child(key))
        {
            case null:
                return [];
            case YamlScalarNode:
                return OptionalText(key) is { } one ? [one] : [];
            case YamlSequenceNode list when list.Children.All(c => c is YamlScalarNode):
                return [.. list.Children.Cast<YamlScalarNode>().Select(s => s.Value?.Trim() ?? "")];
            default:
                Problem($"`{key}` has to be a list of single values", $"Write `{key}: [first, second]`.", key);
                return [];
        }
    }

    /// <summary>One of a closed set of words, or null with the problem noted.</summary>
    public string? OneOf(string key, IReadOnlyCollection<string> allowed, bool required = true)
    {
        var text = required ? Text(key) : OptionalText(key);
        if (text is null || allowed.Contains(text))
        {
            return text;
        }
        Problem(ContentForms.NotKnown, key, key, text, string.Join(", ", allowed));
        return null;
    }

    /// <summary>The mapping under a key, or null.</summary>
    public YamlMap? Map(string key)
    {
        switch (Child(key))
        {
            case null:
                return null;
            case YamlMappingNode map:
                return new YamlMap(File, map, problems);
            default:
                Problem($"`{key}` has to be a mapping", $"Put `key: value` lines under `{key}:`.", key);
                return null;
        }
    }

    /// <summary>The mappings in the list under a key; empty if the key is absent.</summary>
    public IReadOnlyList<YamlMap> Maps(string key)
    {
        switch (Child(key))
        {
            case null:
            case YamlScalarNode { Value: null or "" }:
                return [];
            case YamlSequenceNode list:
                return Maps(File, list, problems);
            default:
                Problem($"`{key}` has to be a list", $"Put `- ` lines under `{key}:`.", key);
                return [];
        }
    }

    /// <summary>Notes every key that was not asked for. Call it last.</summary>
    public void Finish()
    {
        foreach (var key in Keys.Where(k => !asked.Contains(k)))
        {
            var near = asked.Where(a => Distance(a, key) <= 2).OrderBy(a => Distance(a, key)).FirstOrDefault();
            Problem($"`{key}` is not known here", near is null ? $"Remove it; known are: {string.Join(", ", asked.Order(StringComparer.Ordinal))}." : $"Did you mean `{near}`?", key);
        }
    }

    /// <summary>The line that a key stands on.</summary>
    public int LineOf(string key) =>
        node.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault(k => k.Value == key) is { } found ? (int)found.Start.Line : Line;

    /// <summary>The mapping as canonical JSON, every scalar as text: the form that digests are taken over.</summary>
    public object Canonical() => CanonicalOf(node);

    internal static object CanonicalOf(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.ToDictionary(c => ((YamlScalarNode)c.Key).Value ?? "", c => CanonicalOf(c.Value), StringComparer.Ordinal),
        YamlSequenceNode list => list.Children.Select(CanonicalOf).ToArray(),
        YamlScalarNode scalar => (scalar.Value ?? "").Trim(),
        _ => "",
    };

    private static List<YamlMap> Maps(string file, YamlSequenceNode list, ProblemList problems)
    {
        var maps = new List<YamlMap>();
        foreach (var item in list.Children)
        {
            if (item is YamlMappingNode map)
            {
                maps.Add(new YamlMap(file, map, problems));
            }
            else
            {
                Refuse<YamlMap>(file, item, problems, "each item of this list has to be a mapping");
            }
        }
        return maps;
    }

    private static T? Refuse<T>(string file, YamlNode node, ProblemList problems, string what) where T : class
    {
        problems.Add(file, (int)node.Start.Line, what, "See docs/content-format.md for the shape of this file.");
        return null;
    }

    private YamlNode? Child(string key)
    {
        asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;
    }

    internal static YamlNode? RootOf(string file, string text, ProblemList problems)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new PlainYaml(text));
            if (stream.Documents.Count == 1)
            {
                return KeysAreTexts(file, stream.Documents[0], problems) ? stream.Documents[0].RootNode : null;
            }
            problems.Add(file, 1, stream.Documents.Count == 0 ? "the file is empty" : "the file holds several documents", "Write one YAML document.");
        }
        catch (PlainYaml.NotPlainException refused)
        {
            problems.Add(file, refused.Line, refused.Message, refused.Remedy);
        }
        catch (YamlException e)
        {
            problems.Add(file, Math.Max(1, (int)e.Start.Line), $"the YAML cannot be read: {FirstLine(e.InnerException?.Message ?? e.Message)}", "Mend the syntax at this line.");
        }
        return null;
    }

    private static bool KeysAreTexts(string file, YamlDocument document, ProblemList problems)
    {
        var odd = document.AllNodes.OfType<YamlMappingNode>().SelectMany(m => m.Children.Keys).FirstOrDefault(k => k is not YamlScalarNode);
        if (odd is not null)
        {
            problems.Add(file, (int)odd.Start.Line, "a key is a list or a mapping", "Use a single word as key.");
        }
        return odd is null;
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', '\r');

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }
        return row[b.Length];
    }
}
