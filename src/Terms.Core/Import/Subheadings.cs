namespace Terms.Import;

/// <summary>The headings open below a section: how deep each stands, and its number.</summary>
internal sealed class Subheadings
{
    private const int Deepest = 5;
    private const int OnlySetAsHeading = 9;

    private readonly List<(int Level, int Number)> open = [];
    private int last;

    /// <summary>Closes all: a section begins.</summary>
    public void Clear()
    {
        open.Clear();
        last = 0;
    }

    /// <summary>Whether there is room for a heading below those that are open.</summary>
    public bool Has(Block block) => open.Count(s => s.Level < LevelOf(block)) < Deepest;

    /// <summary>Opens a heading, and gives its number below the section, such as <c>1.2</c>: its own, or the next.</summary>
    public string Number(Block block, Marker? marker)
    {
        var level = LevelOf(block);
        var before = open.FirstOrDefault(s => s.Level >= level).Number;
        open.RemoveAll(s => s.Level >= level);
        before = before == 0 && open.Count == 0 ? last : before;
        var own = marker switch
        {
            { Kind: MarkerKind.Number } => marker.First,
            { Items: [var item] } => Math.Max(OpenLists.Ordinal("1", item), Marker.Letter(item)),
            _ => 0,
        };
        var number = own > 0 && own <= before + SectionSigns.FarthestAhead ? own : before + 1;
        last = open.Count == 0 ? number : last;
        open.Add((level, number));
        return string.Join('.', open.Select(s => s.Number));
    }

    /// <summary>How deep a heading stands; one that is only set as such stands below all that the format marks.</summary>
    private static int LevelOf(Block block) => block.Kind == BlockKind.Heading ? block.Level : OnlySetAsHeading;
}
