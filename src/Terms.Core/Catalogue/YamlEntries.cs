using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Terms.Catalogue;

/// <summary>An entry of a list in a YAML file: a fact, or a rule.</summary>
/// <param name="Section">The key that its list stands under; that of a file which is one list is given by who reads it.</param>
/// <param name="Place">Its place in the list, counted from 0.</param>
/// <param name="Says">What it says: texts, lists and mappings.</param>
/// <param name="Source">Its lines as they stand, without the dash and the indent of the list.</param>
/// <param name="Line">The line that it begins on, counted from 1.</param>
/// <param name="LastLine">The line that it ends on.</param>
public sealed record YamlEntry(string Section, int Place, IReadOnlyDictionary<string, object> Says, string Source, int Line, int LastLine)
{
    /// <summary>Its id; its place in the list if it has none.</summary>
    public string Id => Says.GetValueOrDefault("id") as string is { Length: > 0 } id ? id : Place.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The texts under a key, be it one or a list; none if the key is absent.</summary>
    public ImmutableArray<string> Texts(string key) => Says.GetValueOrDefault(key) switch
    {
        string { Length: > 0 } text => [text],
        IEnumerable<object> list => [.. list.OfType<string>()],
        _ => [],
    };
}

/// <summary>The entries of a YAML file, and the file with one of them changed, added or taken out. Whatever is not touched stays letter for letter.</summary>
public sealed partial class YamlEntries
{
    /// <summary>What ends a line in YAML 1.1 (section 4.2).</summary>
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\u0085\u2028\u2029");

    private readonly string text;
    private readonly string lineEnd;
    private readonly List<(YamlEntry Entry, YamlMappingNode Node)> entries = [];
    private readonly Dictionary<string, int> sections = new(StringComparer.Ordinal); // By name, where their keys begin.

    private YamlEntries(string text)
    {
        this.text = text;
        lineEnd = text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var first && text[first - 1] == '\r' ? "\r\n" : "\n";
    }

    /// <summary>The entries in the order of the file.</summary>
    public IEnumerable<YamlEntry> All => entries.Select(e => e.Entry);

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name, for problems.</param>
    /// <param name="text">The file; empty if there is none yet.</param>
    /// <param name="section">What the list is called, where the file is one list; null where it has several under their names.</param>
    /// <param name="problems">Takes what keeps it from being read.</param>
    /// <returns>The entries; null if a problem was noted.</returns>
    public static YamlEntries? Read(string file, string text, string? section, ProblemList problems)
    {
        var found = new YamlEntries(text);
        if (text.Split('\n').All(l => l.TrimStart() is [] or ['#', ..] or ['\r', ..]))
        {
            return found;
        }
        var before = problems.Count;
        var root = YamlMap.RootOf(file, text, problems);
        if (root is YamlSequenceNode list && section is not null)
        {
            found.Add(section, list);
        }
        else if (root is YamlMappingNode map && section is null)
        {
            foreach (var (key, value) in map.Children.Select(c => ((YamlScalarNode)c.Key, c.Value)))
            {
                found.sections[key.Value ?? ""] = (int)key.Start.Index;
                if (value is YamlSequenceNode below)
                {
                    found.Add(key.Value ?? "", below);
                }
            }
        }
        else if (problems.Count == before)
        {
            problems.Add(file, 1, section is null ? "a mapping (`key: value` lines) is expected here" : "a list (`- ` lines) is expected here", "Write it as the other files of this name are written.");
        }
        return problems.Count == before ? found : null;
    }

    /// <summary>The entry of a section with an id; null if there is none.</summary>
    public YamlEntry? Find(string section, string id) => All.FirstOrDefault(e => e.Section == section && e.Id == id);

    /// <summary>The file with an entry that says something else. Only the values that differ are written anew.</summary>
    public string Replace(YamlEntry old, IReadOnlyDictionary<string, object> says)
    {
        var node = NodeOf(old);
        if (node.Style == MappingStyle.Flow || node.Children.Keys.FirstOrDefault() is not YamlScalarNode { Value: { } first } || !says.ContainsKey(first) || says.Count == 0)
        {
            return Write(old, Block(says));
        }
        var changed = new StringBuilder(text);
        var last = node.Children.Last();
        var indent = new string(' ', (int)node.Start.Column - 1);
        var added = string.Concat(says.Where(s => !node.Children.ContainsKey(new YamlScalarNode(s.Key))).Select(s => $"{lineEnd}{indent}{s.Key}: {Value(s.Value)}"));
        changed.Insert(EndOfLine(EndOf(last.Value)), added);
        foreach (var (key, value) in node.Children.Select(c => ((YamlScalarNode)c.Key, c.Value)).Reverse())
        {
            var colon = text.IndexOf(':', (int)key.End.Index);
            var end = Math.Max(colon + 1, EndOf(value));
            if (!says.TryGetValue(key.Value!, out var now))
            {
                var start = StartOfLine((int)key.Start.Index);
                changed.Remove(start, BehindLine(end) - start);
            }
            else if (!IsSame(now, old.Says[key.Value!]))
            {
                changed.Remove(colon + 1, end - colon - 1).Insert(colon + 1, " " + Value(now));
            }
        }
        return changed.ToString();
    }

    /// <summary>The file with other lines in the place of an entry.</summary>
    /// <param name="old">The entry.</param>
    /// <param name="source">The lines, without the dash and the indent of the list.</param>
    public string Write(YamlEntry old, string source)
    {
        var (start, end) = Lines(old);
        return string.Concat(text.AsSpan(0, start), Item(source, DashOf(old)), text.AsSpan(end));
    }

    /// <summary>The file without an entry.</summary>
    public string Remove(YamlEntry old)
    {
        var (start, last) = Lines(old);
        var end = BehindLine(last);
        while (end < text.Length && text.AsSpan(end).StartsWith(lineEnd) && (start == 0 || text.AsSpan(0, start).EndsWith(lineEnd + lineEnd)))
        {
            end += lineEnd.Length;
        }
        if (end == text.Length && text.AsSpan(0, start).EndsWith(lineEnd + lineEnd))
        {
            start -= lineEnd.Length; // The empty line that parted it from the one before.
        }
        return string.Concat(text.AsSpan(0, start), text.AsSpan(end));
    }

    /// <summary>The file with one entry more, behind the last of its section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="source">The lines of the entry, without dash and indent.</param>
    public string Add(string section, string source)
    {
        if (All.LastOrDefault(e => e.Section == section) is { } last)
        {
            var end = Lines(last).End;
            var isLoose = sections.Count == 0;
            return text.Insert(end, $"{(isLoose ? lineEnd : "")}{lineEnd}{Item(source, DashOf(last))}");
        }
        var body = text.TrimEnd('\r', '\n', ' ');
        if (!sections.TryGetValue(section, out var there))
        {
            return $"{body}{(body.Length == 0 ? "" : lineEnd)}{(IsList(section) ? Item(source, "") : $"{section}:{lineEnd}{Item(source, "  ")}")}{lineEnd}";
        }
        return $"{text[..StartOfLine(there)]}{section}:{lineEnd}{Item(source, "  ")}{text[EndOfLine(there)..]}";
    }

    /// <summary>An entry as lines, every value on one.</summary>
    public static string Block(IReadOnlyDictionary<string, object> says) => string.Concat(says.Select(s => $"{s.Key}: {Value(s.Value)}\n"));

    /// <summary>A value on one line: plain where it is read so, else in double quotes.</summary>
    public static string Value(object value) => value is string text ? PlainLine().IsMatch(text) && text is not "null" ? text : YamlScalars.Quoted(text) : Flow(value);

    /// <summary>Whether two values say the same; one text is a list of one, and white space at the ends says nothing.</summary>
    public static bool IsSame(object one, object other) => (one, other) switch
    {
        (string a, string b) => a.Trim() == b.Trim(),
        (string a, IReadOnlyList<object> b) => b is [string only] && only.Trim() == a.Trim(),
        (IReadOnlyList<object>, string) => IsSame(other, one),
        (IReadOnlyList<object> a, IReadOnlyList<object> b) => a.Count == b.Count && a.Zip(b).All(p => IsSame(p.First, p.Second)),
        (IReadOnlyDictionary<string, object> a, IReadOnlyDictionary<string, object> b) => a.Count == b.Count && a.All(p => b.TryGetValue(p.Key, out var value) && IsSame(p.Value, value)),
        _ => false,
    };

    private bool IsList(string section) => sections.Count == 0 && section == "facts";

    private static string Flow(object value) => value switch
    {
        string text => Word().IsMatch(text) && text is not "null" ? text : YamlScalars.Quoted(text),
        IReadOnlyDictionary<string, object> map => $"{{ {string.Join(", ", map.Select(m => $"{m.Key}: {Flow(m.Value)}"))} }}",
        IEnumerable<object> list => $"[{string.Join(", ", list.Select(Flow))}]",
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of an entry.", nameof(value)),
    };

    private void Add(string section, YamlSequenceNode list)
    {
        foreach (var (node, i) in list.Children.OfType<YamlMappingNode>().Select((n, i) => (n, i)))
        {
            var (start, end) = Lines(node);
            var lines = text[start..end].ReplaceLineEndings("\n").Split('\n');
            var (line, column) = ((int)node.Start.Line, (int)node.Start.Column - 1);
            var source = string.Join('\n', lines.Select((l, n) => n == 0 || l.AsSpan(0, Math.Min(column, l.Length)).Trim().IsEmpty ? l[Math.Min(column, l.Length)..] : l.TrimStart()));
            entries.Add((new YamlEntry(section, i, (IReadOnlyDictionary<string, object>)YamlMap.CanonicalOf(node), source, line, line + lines.Length - 1), node));
        }
    }

    private YamlMappingNode NodeOf(YamlEntry entry) => entries.First(e => ReferenceEquals(e.Entry, entry)).Node;

    /// <summary>What stands before the dash of an entry.</summary>
    private string DashOf(YamlEntry entry)
    {
        var line = text[Lines(entry).Start..];
        return line[..line.IndexOf('-', StringComparison.Ordinal)];
    }

    /// <summary>Where the lines of an entry begin, and where the last of them ends.</summary>
    private (int Start, int End) Lines(YamlEntry entry) => Lines(NodeOf(entry));

    private (int Start, int End) Lines(YamlMappingNode node) => (StartOfLine((int)node.Start.Index), EndOfLine(Math.Max((int)node.Start.Index, EndOf(node) - 1)));

    private string Item(string source, string indent) =>
        string.Join(lineEnd, source.ReplaceLineEndings("\n").TrimEnd('\n', ' ').Split('\n').Select((l, i) => i == 0 ? $"{indent}- {l}" : l.Length == 0 ? "" : $"{indent}  {l}"));

    private int StartOfLine(int at) => text.AsSpan(0, at).LastIndexOfAny(LineEnds) + 1;

    private int EndOfLine(int at) => text.AsSpan(at).IndexOfAny(LineEnds) is var end && end < 0 ? text.Length : at + end;

    /// <summary>Where the next line begins.</summary>
    private int BehindLine(int at) => EndOfLine(at) is var end && text.AsSpan(end).StartsWith("\r\n") ? end + 2 : Math.Min(text.Length, end + 1);

    /// <summary>Behind the last character of a value.</summary>
    private int EndOf(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                var behind = map.Children.Select(c => Math.Max(EndOf(c.Key), EndOf(c.Value))).DefaultIfEmpty((int)node.Start.Index + 1).Last();
                return map.Style == MappingStyle.Flow ? Closing(behind, '}') : behind;
            case YamlSequenceNode list:
                var end = list.Children.Select(EndOf).DefaultIfEmpty((int)node.Start.Index + 1).Last();
                return list.Style == SequenceStyle.Flow ? Closing(end, ']') : end;
            default:
                var at = Math.Min((int)node.End.Index, text.Length);
                while (at > node.Start.Index && char.IsWhiteSpace(text[at - 1]))
                {
                    at--;
                }
                return at;
        }
    }

    private int Closing(int at, char bracket)
    {
        while (text[at] != bracket)
        {
            at = text[at] == '#' ? EndOfLine(at) : at + 1;
        }
        return at + 1;
    }

    /// <summary>A text that YAML reads as itself without quotes.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 .,;()/'’–-]*[A-Za-z0-9.)]\z|^[A-Za-z0-9]\z")]
    private static partial Regex PlainLine();

    /// <summary>A text that stays itself in a list too.</summary>
    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z|^[A-Z]{2,3}\z")]
    private static partial Regex Word();
}
