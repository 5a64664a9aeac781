using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>An entry as the fields of a form, and back. What no field says stays as it is.</summary>
public static class EntryForm
{
    /// <summary>What stands in each field, by its path; lists have a line for each text.</summary>
    public static ImmutableDictionary<string, string> Filled(ImmutableArray<EntryField> fields, IReadOnlyDictionary<string, object> says) =>
        fields.Select(f => (f.Path, Value: At(says, f.Keys))).Where(f => f.Value is not null).ToImmutableDictionary(f => f.Path, f => Text(f.Value!), StringComparer.Ordinal);

    /// <summary>What an entry says once the fields are filled in; an empty field takes its key out.</summary>
    /// <param name="file">The file, for problems.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="filled">What stands in them, by path; a field that is not there stays as it is.</param>
    /// <param name="old">What the entry says now; empty for a new one.</param>
    /// <exception cref="EntryRefusedException">A field with YAML cannot be read.</exception>
    public static IReadOnlyDictionary<string, object> Says(string file, ImmutableArray<EntryField> fields, IReadOnlyDictionary<string, string> filled, IReadOnlyDictionary<string, object> old)
    {
        var says = new Dictionary<string, object>(old, StringComparer.Ordinal);
        foreach (var field in fields.Where(f => filled.ContainsKey(f.Path)))
        {
            var text = filled[field.Path].ReplaceLineEndings("\n").Trim();
            if (At(old, field.Keys) is { } before && Text(before).Trim() == text)
            {
                continue;
            }
            Put(says, field.Keys, text.Length == 0 ? null : field.Kind switch
            {
                FieldKind.List => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                FieldKind.Yaml => Yaml(file, field, text),
                _ => text.Replace('\n', ' '),
            });
        }
        return says;
    }

    private static object Yaml(string file, EntryField field, string text)
    {
        var problems = new ProblemList();
        var lines = string.Concat(text.Split('\n').Select(l => $"\n  {l}"));
        return YamlMap.Parse(file, $"value:{lines}", problems) is { } map && problems.Count == 0
            ? ((IReadOnlyDictionary<string, object>)map.Canonical())["value"]
            : throw new EntryRefusedException([.. problems.Sorted().Select(p => p with { What = $"`{field.Path}`: {p.What}", Line = Math.Max(1, p.Line - 1) })]);
    }

    private static string Text(object value) => value switch
    {
        string text => text,
        IEnumerable<object> list when list.All(i => i is string) => string.Join('\n', list),
        IEnumerable<object> list => string.Join('\n', list.Select(i => $"- {YamlEntries.Value(i)}")),
        IReadOnlyDictionary<string, object> map => YamlEntries.Block(map).TrimEnd('\n'),
        _ => "",
    };

    private static object? At(IReadOnlyDictionary<string, object> says, ImmutableArray<string> keys)
    {
        object? at = says;
        foreach (var key in keys)
        {
            at = (at as IReadOnlyDictionary<string, object>)?.GetValueOrDefault(key);
        }
        return at;
    }

    private static void Put(Dictionary<string, object> says, ImmutableArray<string> keys, object? value)
    {
        if (keys is [var above, var below])
        {
            var map = new Dictionary<string, object>(says.GetValueOrDefault(above) as IReadOnlyDictionary<string, object> ?? new Dictionary<string, object>(), StringComparer.Ordinal);
            Put(map, [below], value);
            Put(says, [above], map.Count == 0 ? null : map);
        }
        else if (value is null)
        {
            says.Remove(keys[0]);
        }
        else
        {
            says[keys[0]] = value;
        }
    }
}
