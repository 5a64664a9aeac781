using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static Terms.Import.WordNames;

namespace Terms.Import;

/// <summary>What Word shows before a paragraph, and where it counts it.</summary>
/// <param name="Shown">The number; null for a bullet.</param>
/// <param name="Counter">The definition that counts it, which several lists can share.</param>
/// <param name="Level">How deep it stands there, from 0.</param>
/// <param name="Left">How far its words are set in, in twentieths of a point; null if the file does not say.</param>
/// <param name="IsExact">Whether the number is written as Word writes it.</param>
internal sealed record WordNumber(string? Shown, string Counter, int Level, int? Left, bool IsExact);

/// <summary>Counts the numbered paragraphs of a Word file as Word does, and says what it shows before each.</summary>
internal sealed class WordNumbering
{
    private sealed record Level(int Start, string Format, string Text, int? Restart, bool IsLegal, string? Style, int? Left);

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
        var abstracts = root.Elements(W + "abstractNum").GroupBy(a => a.Value("abstractNumId") ?? "").ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var linked = abstracts.Values.Where(a => a.Element(W + "styleLink") is not null).DistinctBy(a => a.Element(W + "styleLink").Value()).ToDictionary(a => a.Element(W + "styleLink").Value() ?? "", StringComparer.Ordinal);
        foreach (var number in root.Elements(W + "num"))
        {
            var id = number.Value("numId");
            var abstractId = number.Element(W + "abstractNumId").Value();
            if (id is null || abstractId is null || !abstracts.TryGetValue(abstractId, out var definition))
            {
                continue;
            }
            if (definition.Element(W + "numStyleLink").Value() is { } link && linked.TryGetValue(link, out var styled))
            {
                definition = styled;
            }
            var levels = Levels(definition);
            var starts = new Dictionary<int, int>();
            foreach (var change in number.Elements(W + "lvlOverride"))
            {
                var at = Number(change.Value("ilvl")) ?? 0;
                if (change.Element(W + "lvl") is { } level)
                {
                    levels[at] = Read(level);
                }
                if (Number(change.Element(W + "startOverride").Value()) is { } start)
                {
                    starts[at] = start;
                }
            }
            lists[id] = new List(definition.Value("abstractNumId") ?? abstractId, levels, starts);
        }
    }

    /// <summary>The level of a list that a paragraph style is tied to; 0 if none.</summary>
    public int LevelOfStyle(string list, string style) =>
        lists.TryGetValue(list, out var found) ? found.Levels.FirstOrDefault(l => l.Value.Style == style).Key : 0;

    /// <summary>How far a paragraph, or a level of a list, sets its words in.</summary>
    public static int? Indent(XElement? properties) => Left(properties?.Element(W + "ind"));

    /// <summary>The left side of an indent.</summary>
    public static int? Left(XElement? indent) => int.TryParse(indent.Value("left") ?? indent.Value("start"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var left) ? left : null;

    /// <summary>What Word shows before the next paragraph of a list; null if it shows nothing.</summary>
    public WordNumber? Next(string list, int level)
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
        var own = LevelOf(found, level);
        var shown = Shown(found, level, counter);
        return shown is null && own.Format != "bullet" ? null : new WordNumber(shown, found.Abstract, Depth(found, level), own.Left, shown is null || NumberFormat.IsKnown(own.Format));
    }

    /// <summary>How deep a level stands: beside the one above it if it is set in as far and does not begin anew after it.</summary>
    private static int Depth(List list, int level) =>
        level > 0 && LevelOf(list, level) is { Restart: > 0 and var restart, Left: { } left } && restart < level && LevelOf(list, level - 1).Left == left ? Depth(list, level - 1) : level;

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

    private static Level LevelOf(List list, int level) => list.Levels.GetValueOrDefault(level) ?? new Level(1, "decimal", $"%{level + 1}.", null, false, null, null);

    private static Dictionary<int, Level> Levels(XElement definition)
    {
        var levels = new Dictionary<int, Level>();
        foreach (var level in definition.Elements(W + "lvl"))
        {
            levels[Number(level.Value("ilvl")) ?? 0] = Read(level);
        }
        return levels;
    }

    private static Level Read(XElement level) => new(
        Number(level.Element(W + "start").Value()) ?? 0,
        // A format of one's own stands in two forms, and the last is the plain one.
        level.Descendants(W + "numFmt").LastOrDefault().Value() ?? "decimal", level.Element(W + "lvlText").Value() ?? "",
        Number(level.Element(W + "lvlRestart").Value()), level.Element(W + "isLgl").IsOn(), level.Element(W + "pStyle").Value(), Indent(level.Element(W + "pPr")));

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, 9999) : null;
}
