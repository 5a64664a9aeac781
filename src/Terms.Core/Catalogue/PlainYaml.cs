using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Terms.Catalogue;

/// <summary>Reads YAML without the parts that hostile files abuse: anchors and aliases, which blow up, tags, and deep nesting.</summary>
internal sealed class PlainYaml(string text) : IParser
{
    private const int Deepest = 24;

    private readonly Parser parser = new(new StringReader(text));
    private int depth;

    public ParsingEvent? Current => parser.Current;

    /// <exception cref="NotPlainException">The next event is one of those parts.</exception>
    public bool MoveNext()
    {
        if (!parser.MoveNext())
        {
            return false;
        }
        var current = parser.Current!;
        depth += current.NestingIncrease;
        if (depth > Deepest)
        {
            throw new NotPlainException(current, "the YAML is nested too deeply", $"Use at most {Deepest} levels.");
        }
        if (current is AnchorAlias || current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new NotPlainException(current, "YAML anchors and aliases are not read", "Write the value out.");
        }
        if (current is MappingStart or SequenceStart or Scalar && current is NodeEvent { Tag.IsEmpty: false })
        {
            throw new NotPlainException(current, "YAML tags are not read", "Remove the `!` tag.");
        }
        return true;
    }

    /// <summary>Says where something stands that is not read, and what to write instead.</summary>
    public sealed class NotPlainException(ParsingEvent at, string what, string remedy) : Exception(what)
    {
        public int Line { get; } = (int)at.Start.Line;

        public string Remedy { get; } = remedy;
    }
}
