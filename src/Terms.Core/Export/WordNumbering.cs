using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Terms.Export;

/// <summary>By which list and on which of its levels Word counts a paragraph.</summary>
/// <param name="List">The <c>w:numId</c>; 0 if the paragraph has no number, or one that is written out.</param>
/// <param name="Level">The <c>w:ilvl</c>.</param>
internal readonly record struct WordNumber(int List, int Level);

/// <summary>
/// The numbering of a Word file: one multi-level list, and restarts of it. A paragraph is given to the list only if Word will then show exactly its
/// number, and will do so whether a program counts all restarts of a list together (as Word does) or each for itself (as others do). All other numbers
/// are written out.
/// </summary>
internal sealed class WordNumbering
{
    /// <summary>How far each level of the text is set in, in twentieths of a point: 12 mm.</summary>
    public const int Indent = 680;

    private const int MaximumLevels = 9;

    private readonly List<NumberShape> levels;

    /// <summary>The restarts by <c>w:numId</c> − 1; the first is the list itself.</summary>
    private readonly List<(int Level, int Start)> lists = [(-1, 0)];

    /// <summary>Makes the levels for the numbers of one text, or of the two texts of a comparison.</summary>
    public WordNumbering(params IReadOnlyList<WordParagraph>[] texts)
    {
        var shapes = texts.SelectMany(t => NumberReader.Read(t)).Select(n => n.Shape).OfType<NumberShape>().Distinct().ToList();
        levels = [.. shapes.OrderBy(s => s.Depth == 0 ? 1 : 0).ThenBy(s => s.Depth).ThenBy(s => s.ItemDepth).Take(MaximumLevels)];
    }

    /// <summary>Finds for each paragraph by which list Word counts it.</summary>
    /// <param name="paragraphs">The text, in order.</param>
    /// <param name="wanted">The list that the paragraph has in another text, which is kept if it leads to the right number.</param>
    public ImmutableArray<WordNumber> Plan(IReadOnlyList<WordParagraph> paragraphs, Func<int, WordNumber>? wanted = null)
    {
        var shaped = NumberReader.Read(paragraphs);
        var plan = ImmutableArray.CreateBuilder<WordNumber>(paragraphs.Count);
        var counting = new Counting(this);
        var latest = new int[MaximumLevels];
        for (var i = 0; i < paragraphs.Count; i++)
        {
            var level = shaped[i].Shape is { } shape ? levels.IndexOf(shape) : -1;
            if (level < 0)
            {
                plan.Add(default);
                continue;
            }
            var list = 0;
            foreach (var candidate in new[] { wanted?.Invoke(i) is { } hint && hint.Level == level ? hint.List : 0, 1, latest[level], plan.LastOrDefault(p => p.List > 0).List })
            {
                if (candidate > 0 && counting.Shows(candidate, level, shaped[i].Values))
                {
                    list = candidate;
                    break;
                }
            }
            if (list == 0)
            {
                lists.Add((level, shaped[i].Values[^1]));
                if (counting.Shows(lists.Count, level, shaped[i].Values))
                {
                    list = lists.Count;
                }
                else
                {
                    lists.RemoveAt(lists.Count - 1);
                }
            }
            if (list > 0)
            {
                counting.Count(list, level);
                latest[level] = list;
            }
            plan.Add(list > 0 ? new WordNumber(list, level) : default);
        }
        return plan.ToImmutable();
    }

    /// <summary>How far a level's words are set in by the list itself.</summary>
    public int LeftOf(int level) => Indent * (levels[level].Depth > 0 ? Math.Max(1, levels[level].Depth - 1) : 1 + levels[level].ItemDepth);

    /// <summary>The part <c>word/numbering.xml</c>.</summary>
    public string Xml()
    {
        var xml = new StringBuilder(WordXml.Declaration).Append("<w:numbering ").Append(WordXml.Namespaces).Append(
            "><w:abstractNum w:abstractNumId=\"1\"><w:nsid w:val=\"7E575001\"/><w:multiLevelType w:val=\"multilevel\"/>");
        for (var level = 0; level < levels.Count; level++)
        {
            xml.Append(CultureInfo.InvariantCulture,
                $"<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{levels[level].WordFormat}\"/>{Restart(level)}<w:lvlText w:val=\"{Pattern(level)}\"/><w:lvlJc w:val=\"left\"/>")
                .Append(CultureInfo.InvariantCulture, $"<w:pPr><w:tabs><w:tab w:val=\"num\" w:pos=\"{LeftOf(level)}\"/></w:tabs><w:ind w:left=\"{LeftOf(level)}\" w:hanging=\"{Indent}\"/></w:pPr></w:lvl>");
        }
        xml.Append("</w:abstractNum>");
        for (var list = 1; list <= lists.Count; list++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<w:num w:numId=\"{list}\"><w:abstractNumId w:val=\"1\"/>");
            if (lists[list - 1] is { Level: >= 0 } restart)
            {
                xml.Append(CultureInfo.InvariantCulture, $"<w:lvlOverride w:ilvl=\"{restart.Level}\"><w:startOverride w:val=\"{restart.Start}\"/></w:lvlOverride>");
            }
            xml.Append("</w:num>");
        }
        return xml.Append("</w:numbering>").ToString();
    }

    /// <summary>A level that stands beside the one above it begins anew only after the level that both are in.</summary>
    private string Restart(int level) =>
        FirstBeside(level) is var first && first > 0 && first < level ? string.Create(CultureInfo.InvariantCulture, $"<w:lvlRestart w:val=\"{first}\"/>") : "";

    /// <summary>The first of the levels that stand as deep in lists as a level; itself for the numbers of clauses.</summary>
    private int FirstBeside(int level) => levels[level].Depth > 0 ? level : levels.FindIndex(l => l.Depth == 0 && l.ItemDepth == levels[level].ItemDepth);

    /// <summary>The level's <c>w:lvlText</c>, such as <c>%1.%2</c> or <c>(%4)</c>.</summary>
    private string Pattern(int level)
    {
        var shape = levels[level];
        var numbers = string.Join('.', Parents(level).Append(level).Select(l => string.Create(CultureInfo.InvariantCulture, $"%{l + 1}")));
        return shape.Before + numbers + shape.After;
    }

    /// <summary>The levels whose values stand in front of a level's own: for <c>6.7.1</c> those of <c>6.</c> and <c>6.7</c>; -1 where there is none.</summary>
    private IEnumerable<int> Parents(int level) => Enumerable.Range(1, Math.Max(0, levels[level].Depth - 1)).Select(depth => levels.FindIndex(l => l.Depth == depth)).Where(l => l >= 0);

    /// <summary>Counts as Word does, and as programs do that keep the restarts apart or begin every deeper level anew.</summary>
    private sealed class Counting(WordNumbering numbering)
    {
        private readonly int[] together = new int[MaximumLevels];
        private readonly int[] beside = new int[MaximumLevels];
        private readonly Dictionary<int, int[]> apart = [];
        private readonly HashSet<int> restarted = [];

        public bool Shows(int list, int level, ImmutableArray<int> values) => Shows(together, list, level, values) && Shows(beside, list, level, values) && Shows(Apart(list), list, level, values);

        public void Count(int list, int level)
        {
            foreach (var counters in new[] { together, beside, Apart(list) })
            {
                counters[level] = Next(counters, list, level);
                for (var deeper = level + 1; deeper < numbering.levels.Count; deeper++)
                {
                    if (counters != beside || numbering.FirstBeside(deeper) is var first && (first == deeper || level < first))
                    {
                        counters[deeper] = 0;
                    }
                }
            }
            if (numbering.lists[list - 1].Level == level)
            {
                restarted.Add(list);
            }
        }

        private bool Shows(int[] counters, int list, int level, ImmutableArray<int> values)
        {
            var shown = numbering.Parents(level).Select(l => counters[l]).Append(Next(counters, list, level));
            return shown.SequenceEqual(values);
        }

        private int Next(int[] counters, int list, int level) =>
            numbering.lists[list - 1] is var restart && restart.Level == level && !restarted.Contains(list) ? restart.Start : counters[level] + 1;

        private int[] Apart(int list) => apart.TryGetValue(list, out var counters) ? counters : apart[list] = new int[MaximumLevels];
    }
}
