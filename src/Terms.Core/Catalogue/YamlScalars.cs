using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Terms.Catalogue;

/// <summary>A single value in a YAML file: what it says, where it stands, and what stands beside it.</summary>
/// <param name="Key">The key that it stands under, be it in a list.</param>
/// <param name="Value">What it says.</param>
/// <param name="Start">Where it begins in the file, quotes included.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Beside">The other single values of the mapping that the key stands in, by key.</param>
internal sealed record YamlScalar(string Key, string Value, int Start, int End, int Line, ImmutableDictionary<string, string> Beside);

/// <summary>Finds the single values of a YAML file and exchanges some of them; comments, order and layout stay as they are.</summary>
internal static class YamlScalars
{
    /// <summary>The values under keys, in the order of the file; none if the file is not plain YAML.</summary>
    public static ImmutableArray<YamlScalar> In(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new PlainYaml(text));
        }
        catch (Exception unread) when (unread is YamlException or PlainYaml.NotPlainException)
        {
            return [];
        }
        var found = ImmutableArray.CreateBuilder<YamlScalar>();
        foreach (var document in stream.Documents)
        {
            Walk(document.RootNode, "", ImmutableDictionary<string, string>.Empty);
        }
        return [.. found.OrderBy(f => f.Start)];

        void Walk(YamlNode node, string key, ImmutableDictionary<string, string> beside)
        {
            switch (node)
            {
                case YamlMappingNode map:
                    var values = map.Children.Where(c => c is { Key: YamlScalarNode, Value: YamlScalarNode })
                        .ToImmutableDictionary(c => ((YamlScalarNode)c.Key).Value ?? "", c => ((YamlScalarNode)c.Value).Value ?? "", StringComparer.Ordinal);
                    foreach (var (name, child) in map.Children)
                    {
                        Walk(child, (name as YamlScalarNode)?.Value ?? "", values);
                    }
                    break;
                case YamlSequenceNode list:
                    foreach (var child in list.Children)
                    {
                        Walk(child, key, beside);
                    }
                    break;
                case YamlScalarNode scalar:
                    var (start, end) = ((int)scalar.Start.Index, (int)scalar.End.Index);
                    while (end > start && char.IsWhiteSpace(text[end - 1]))
                    {
                        end--;
                    }
                    found.Add(new YamlScalar(key, (scalar.Value ?? "").Trim(), start, end, (int)scalar.Start.Line, beside));
                    break;
            }
        }
    }

    /// <summary>The text with other values in some places; they are written in double quotes.</summary>
    public static string With(string text, IEnumerable<(YamlScalar Place, string Value)> changes) =>
        changes.OrderByDescending(c => c.Place.Start).Aggregate(text, (left, c) => string.Concat(left.AsSpan(0, c.Place.Start), Quoted(c.Value), left.AsSpan(c.Place.End)));

    /// <summary>The text with one value more behind another, in the same list; a single value becomes a list.</summary>
    public static string Append(string text, YamlScalar behind, string value)
    {
        var before = text[..behind.Start].TrimEnd(' ');
        var line = before.LastIndexOf('\n') + 1;
        return before[^1] switch
        {
            '-' => text.Insert(behind.End, $"\n{before[line..^1]}- {Quoted(value)}"),
            ':' => $"{text[..behind.Start]}[{text[behind.Start..behind.End]}, {Quoted(value)}]{text[behind.End..]}",
            _ => text.Insert(behind.End, $", {Quoted(value)}"),
        };
    }

    /// <summary>A value in double quotes, on one line.</summary>
    public static string Quoted(string value) =>
        $"\"{string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
