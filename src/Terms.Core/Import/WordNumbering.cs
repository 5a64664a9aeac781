using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Terms.Import;

/// <summary>Counts the numbered paragraphs of a Word file as Word does, and says what it shows before each.</summary>
internal sealed class WordNumbering
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private sealed record Level(int Start, string Format, string Text, int? Restart, bool IsLegal, string? Style);

    private sealed record List(string Abstract, Dictionary<int, Level> Levels, Dictionary<int, int> StartOverrides);

    private readonly Dictionary<string, List> lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int?[]> counters = new(StringComparer.Ordinal);
    private readonly HashSet<string> overridden = new(StringComparer.Ordinal);

    public WordNumbering(XDocument? part)
    {
        if (part?.Root is not { } root)
        {
            return;
        }
        var abstracts = root.Elements(W + "abstractNum").GroupBy(a => Value(a, "abstractNumId") ?? "").ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var number in root.Elements(W + "num"))
        {
            var id = Value(number, "numId");
            var abstractId = Value(number.Element(W + "abstractNumId"));
            if (id is null || abstractId is null || !abstracts.TryGetValue(abstractId, out var definition))
            {
                continue;
            }
            if (Value(definition.Element(W + "numStyleLink")) is { } link
                && abstracts.Values.FirstOrDefault(a => Value(a.Element(W + "styleLink")) == link) is { } linked)
            {
                definition = linked;
            }
            var levels = Levels(definition);
            var starts = new Dictionary<int, int>();
            foreach (var change in number.Elements(W + "lvlOverride"))
            {
                var at = Number(Value(change, "ilvl")) ?? 0;
                if (change.Element(W + "lvl") is { } level)
                {
                    levels[at] = Read(level);
                }
                if (Number(Value(change.Element(W + "startOverride"))) is { } start)
                {
                    starts[at] = start;
                }
            }
            lists[id] = new List(Value(definition, "abstractNumId") ?? abstractId, levels, starts);
        }
    }

    /// <summary>The level of a list that a paragraph style is tied to; 0 if none.</summary>
    public int LevelOfStyle(string list, string style) =>
        lists.TryGetValue(list, out var found) ? found.Levels.FirstOrDefault(l => l.Value.Style == style).Key : 0;

    /// <summary>What Word shows before the next paragraph of a list; null for a bullet or nothing.</summary>
    public string? Next(string list, int level)
    {
        if (!lists.TryGetValue(list, out var found) || level is < 0 or > 8)
        {
            return null;
        }
        if (!counters.TryGetValue(found.Abstract, out var counter))
        {
            counters[found.Abstract] = counter = new int?[9];
        }
        // A list that starts anew does so at its first paragraph.
        foreach (var (at, start) in found.StartOverrides)
        {
            if (at == level && overridden.Add($"{list} {at}"))
            {
                counter[at] = start - 1;
            }
        }
        counter[level] = counter[level] is { } last ? last + 1 : LevelOf(found, level).Start;
        for (var deeper = level + 1; deeper < 9; deeper++)
        {
            // w:lvlRestart 0: never; n: only after a level above n.
            var restart = LevelOf(found, deeper).Restart;
            if (restart is null || (restart > 0 && level < restart))
            {
                counter[deeper] = null;
            }
        }
        return Shown(found, level, counter);
    }

    private static string? Shown(List list, int level, int?[] counter)
    {
        var own = LevelOf(list, level);
        if (own.Format is "bullet" or "none" && !own.Text.Contains('%'))
        {
            return null;
        }
        var shown = new StringBuilder();
        for (var i = 0; i < own.Text.Length; i++)
        {
            if (own.Text[i] == '%' && i + 1 < own.Text.Length && own.Text[i + 1] is >= '1' and <= '9')
            {
                var at = own.Text[++i] - '1';
                var other = LevelOf(list, at);
                shown.Append(NumberFormat.Of(own.IsLegal && at <= level ? "decimal" : other.Format, counter[at] ?? other.Start));
            }
            else
            {
                shown.Append(own.Text[i]);
            }
        }
        var text = shown.ToString().Trim();
        return text.Length > 0 ? text : null;
    }

    private static Level LevelOf(List list, int level) => list.Levels.GetValueOrDefault(level) ?? new Level(1, "decimal", $"%{level + 1}.", null, false, null);

    private static Dictionary<int, Level> Levels(XElement definition)
    {
        var levels = new Dictionary<int, Level>();
        foreach (var level in definition.Elements(W + "lvl"))
        {
            levels[Number(Value(level, "ilvl")) ?? 0] = Read(level);
        }
        return levels;
    }

    private static Level Read(XElement level) => new(
        Number(Value(level.Element(W + "start"))) ?? 0, Value(level.Element(W + "numFmt")) ?? "decimal", Value(level.Element(W + "lvlText")) ?? "",
        Number(Value(level.Element(W + "lvlRestart"))), level.Element(W + "isLgl") is { } legal && Value(legal) is not ("0" or "false"), Value(level.Element(W + "pStyle")));

    private static string? Value(XElement? element, string attribute = "val") => element?.Attribute(W + attribute)?.Value;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, 9999) : null;
}
