using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Terms.Export;

/// <summary>The lists of a redline, for the proof (ISO/IEC 29500-1, 17.9): lists made from one definition count on together until a restart.</summary>
internal sealed class ProofNumbering
{
    private const int Levels = 9;

    private static readonly XNamespace W = ProofParts.W;

    private readonly Dictionary<int, Level?[]> definitions = [];
    private readonly Dictionary<int, List> lists = [];

    private sealed record Level(int Start, string Format, string Text);

    private sealed record List(int Definition, int?[] Restarts);

    /// <summary>Reads the lists.</summary>
    /// <param name="part">The part; null if the file has none.</param>
    /// <exception cref="RedlineException">Two lists have one id, or a list has none or no level.</exception>
    public static ProofNumbering Read(XmlReader? part)
    {
        var numbering = new ProofNumbering();
        var root = part is null ? new XElement(W + "numbering") : XElement.Load(part);
        foreach (var definition in root.Elements(W + "abstractNum"))
        {
            var levels = new Level?[Levels];
            foreach (var level in definition.Elements(W + "lvl"))
            {
                levels[LevelOf(level)] = new Level(Number(level.Element(W + "start")), Attribute(level.Element(W + "numFmt")) ?? "", Attribute(level.Element(W + "lvlText")) ?? "");
            }
            Add(numbering.definitions, Number(definition, "abstractNumId"), levels);
        }
        foreach (var num in root.Elements(W + "num"))
        {
            var restarts = new int?[Levels];
            foreach (var change in num.Elements(W + "lvlOverride"))
            {
                if (change.Elements().Any(e => e.Name != W + "startOverride"))
                {
                    throw new RedlineException("A list changes more than where it begins, which nobody has accounted for.");
                }
                restarts[LevelOf(change)] = change.Element(W + "startOverride") is { } start ? Number(start) : null;
            }
            Add(numbering.lists, Number(num, "numId"), new List(Number(num.Element(W + "abstractNumId")), restarts));
        }
        return numbering;
    }

    private static void Add<T>(Dictionary<int, T> all, int id, T one)
    {
        if (!all.TryAdd(id, one))
        {
            throw new RedlineException($"Two lists have the id {id}.");
        }
    }

    private static int LevelOf(XElement element) => Number(element, "ilvl") is >= 0 and < Levels and var level ? level : throw new RedlineException("A list has a level that Word does not know.");

    private static string? Attribute(XElement? element, string name = "val") => element?.Attribute(W + name)?.Value;

    private static int Number(XElement? element, string name = "val") =>
        int.TryParse(Attribute(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new RedlineException($"A w:{element?.Name.LocalName} has no number.");

    /// <summary>How far the lists have counted in one reading of the text.</summary>
    internal sealed class Counters(ProofNumbering numbering)
    {
        private readonly Dictionary<int, int?[]> counters = [];
        private readonly HashSet<(int List, int Level)> restarted = [];

        /// <summary>The number of the next paragraph of a list.</summary>
        /// <exception cref="RedlineException">There is no such list or level, or it shows a level that has not begun.</exception>
        public string Next(int list, int level)
        {
            if (!numbering.lists.TryGetValue(list, out var found) || level >= Levels || !numbering.definitions.TryGetValue(found.Definition, out var levels) || levels[level] is not { } own)
            {
                throw new RedlineException($"List {list} with level {level + 1} is not there.");
            }
            var values = counters.TryGetValue(found.Definition, out var kept) ? kept : counters[found.Definition] = new int?[Levels];
            values[level] = found.Restarts[level] is { } restart && restarted.Add((list, level)) ? restart : values[level] is { } value ? value + 1 : own.Start;
            Array.Clear(values, level + 1, Levels - level - 1);
            var shown = new StringBuilder();
            for (var i = 0; i < own.Text.Length; i++)
            {
                if (own.Text[i] == '%' && i + 1 < own.Text.Length && own.Text[i + 1] is >= '1' and <= '9')
                {
                    var at = own.Text[++i] - '1';
                    shown.Append(Format(values[at] ?? throw new RedlineException($"List {list} shows level {at + 1} before it has begun."), levels[at]!.Format));
                }
                else
                {
                    shown.Append(own.Text[i]);
                }
            }
            return shown.ToString();
        }

        private static string Format(int number, string format)
        {
            switch (format)
            {
                case "decimal":
                    return number.ToString(CultureInfo.InvariantCulture);
                case "lowerLetter" or "upperLetter":
                    var letters = new string((char)('a' + ((number - 1) % 26)), ((number - 1) / 26) + 1);
                    return format == "lowerLetter" ? letters : letters.ToUpperInvariant();
                case "lowerRoman" or "upperRoman":
                    int[] values = [100, 90, 50, 40, 10, 9, 5, 4, 1];
                    string[] signs = ["c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"];
                    var roman = new StringBuilder();
                    for (var i = 0; i < values.Length; i++)
                    {
                        for (; number >= values[i]; number -= values[i])
                        {
                            roman.Append(signs[i]);
                        }
                    }
                    return format == "lowerRoman" ? roman.ToString() : roman.ToString().ToUpperInvariant();
                default:
                    throw new RedlineException($"A list counts by {format}, which nobody has accounted for.");
            }
        }
    }
}
