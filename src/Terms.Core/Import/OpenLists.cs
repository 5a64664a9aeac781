using System.Globalization;

namespace Terms.Import;

/// <summary>The lists that are open at a place of a text, outermost first, and where the next item belongs.</summary>
internal sealed class OpenLists
{
    private const int Deepest = 4;

    /// <summary>An open list.</summary>
    /// <param name="Kind"><c>1</c>, <c>a</c>, <c>A</c>, <c>i</c> or <c>I</c>: by what it counts.</param>
    /// <param name="Style">How its markers are written.</param>
    /// <param name="Last">The place of its last item.</param>
    /// <param name="Name">The marker of its last item.</param>
    /// <param name="Depth">How deep the format says it stands; 0 if it does not say.</param>
    private sealed record List(string Kind, MarkerStyle Style, int Last, string Name, int Depth)
    {
        /// <summary>Whether the markers of another list are used again by this one.</summary>
        public bool IsAnother { get; init; }
    }

    private readonly List<List> lists = [];

    /// <summary>The markers of the open items: <c>(a)(i)</c>.</summary>
    public string Path => string.Concat(lists.Select(l => $"({l.Name})"));

    /// <summary>Whether the innermost list has just begun.</summary>
    public bool IsBegun => lists.Count > 0 && lists[^1].Last == 1;

    /// <summary>Whether the innermost list, or one around it, uses the markers of another list again.</summary>
    public bool IsAnother
    {
        get => lists.Exists(l => l.IsAnother);
        set => lists[^1] = lists[^1] with { IsAnother = value };
    }

    /// <summary>Closes all lists.</summary>
    public void Clear() => lists.Clear();

    /// <summary>Whether an item would go on with an open list.</summary>
    public bool Continues(string name, MarkerStyle style) => lists.Exists(l => IsAlike(l.Style, style) && Ordinal(l.Kind, name) == l.Last + 1);

    /// <summary>Whether a number is the next of an open list of numbers before full stops, and does not stand less deep than the list.</summary>
    public bool AwaitsNumber(int number, int depth) => lists.FindLast(l => l is { Kind: "1", Style: MarkerStyle.Dot }) is { } open && open.Last + 1 == number && open.Depth <= Math.Max(depth, 1);

    /// <summary>Opens the lists of an item whose markers are all written out: <c>(a)(i)</c>.</summary>
    public void Open(string[] items)
    {
        lists.Clear();
        foreach (var item in items)
        {
            var kind = KindOf(item, preferRoman: lists.Count > 0 && lists[^1].Kind == "a");
            lists.Add(new List(kind, MarkerStyle.Bracket, Ordinal(kind, item), item, 0));
        }
    }

    /// <summary>Takes an item into the list that it goes on with or begins.</summary>
    /// <param name="name">Its marker.</param>
    /// <param name="style">How the marker is written.</param>
    /// <param name="depth">How deep the format says it stands; 0 if it does not say.</param>
    /// <param name="followsItem">Whether an item or a number stands right above it.</param>
    /// <param name="following">The marker of the next item that is written alike; null if there is none.</param>
    public void Add(string name, MarkerStyle style, int depth, bool followsItem, Func<string?> following)
    {
        var level = Level(name, style, depth, following, out var kind);
        var item = new List(kind, style, Ordinal(kind, name), name, depth);
        if (level >= 0)
        {
            item = item with { IsAnother = lists[level].IsAnother };
            lists.RemoveRange(level, lists.Count - level);
        }
        else if (Nests(item, followsItem))
        {
            while (depth > 0 && lists.Count > 0 && lists[^1].Depth >= depth)
            {
                lists.RemoveAt(lists.Count - 1);
            }
        }
        else
        {
            lists.Clear();
        }
        lists.Add(item);
    }

    /// <summary>The place of an item in a list; 0 if the list does not count so.</summary>
    public static int Ordinal(string kind, string name) => kind switch
    {
        "1" => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
        "a" => char.IsLower(name[0]) ? Marker.Letter(name) : 0,
        "A" => char.IsUpper(name[0]) ? Marker.Letter(name) : 0,
        "i" => char.IsLower(name[0]) ? Marker.Roman(name) : 0,
        _ => char.IsUpper(name[0]) ? Marker.Roman(name) : 0,
    };

    /// <summary>The open list that an item goes on with, innermost first; -1 if it begins one.</summary>
    private int Level(string name, MarkerStyle style, int depth, Func<string?> following, out string kind)
    {
        // Of two lists that an item could go on with, it is of the one whose markers are written as its own.
        var isExact = lists.Exists(l => l.Style == style && Ordinal(l.Kind, name) == l.Last + 1);
        for (var i = lists.Count - 1; i >= 0; i--)
        {
            if (Ordinal(lists[i].Kind, name) == lists[i].Last + 1 && (isExact ? lists[i].Style == style : IsAlike(lists[i].Style, style)) && (depth == 0 || lists[i].Depth == depth) && !IsNestedRoman(name, lists[i].Kind, following))
            {
                kind = lists[i].Kind;
                return i;
            }
        }
        kind = KindOf(name, preferRoman: name is "i" or "I" || (name.Length > 1 && Ordinal("a", name) == 0));
        if (Ordinal(kind, name) <= 1 || (depth > 0 && !lists.Exists(l => l.Depth == depth)))
        {
            return -1;
        }
        // The numbering leaves something out or goes back; the list stays the same.
        foreach (var candidate in new[] { kind, char.IsUpper(name[0]) ? "A" : char.IsLower(name[0]) ? "a" : "1" })
        {
            var open = lists.FindLastIndex(l => l.Kind == candidate && IsAlike(l.Style, style));
            if (open >= 0)
            {
                kind = candidate;
                return open;
            }
        }
        return -1;
    }

    /// <summary>After (h), an (i) that (ii) follows begins a list of its own.</summary>
    private static bool IsNestedRoman(string name, string kind, Func<string?> following) => name is "i" or "I" && kind is "a" or "A" && following() is "ii" or "II";

    /// <summary>Markers in brackets and before one are mixed in one list.</summary>
    private static bool IsAlike(MarkerStyle one, MarkerStyle other) => one == other || (one is MarkerStyle.Bracket or MarkerStyle.HalfBracket && other is MarkerStyle.Bracket or MarkerStyle.HalfBracket);

    /// <summary>
    /// Whether a list begins inside the open item: as the format's depth says, else by lists that are written alike and count differently, or right behind the item that count alike and
    /// are written differently, such as <c>1)</c> behind <c>(2)</c>.
    /// </summary>
    private bool Nests(List item, bool followsItem)
    {
        if (lists.Count is 0 or >= Deepest)
        {
            return false;
        }
        return item.Depth > 0
            ? lists.Exists(l => l.Depth < item.Depth) && lists.TrueForAll(l => l.Depth != item.Depth || l == lists[^1])
            : item.Last == 1 && (IsAlike(lists[^1].Style, item.Style) && !lists.Exists(l => l.Kind == item.Kind)
                || followsItem && lists[^1].Kind == item.Kind && lists.TrueForAll(l => l.Kind != item.Kind || l.Style != item.Style));
    }

    private static string KindOf(string name, bool preferRoman)
    {
        if (char.IsAsciiDigit(name[0]))
        {
            return "1";
        }
        var isRoman = (preferRoman && Marker.Roman(name) > 0) || Marker.Letter(name) == 0;
        return char.IsUpper(name[0]) ? (isRoman ? "I" : "A") : isRoman ? "i" : "a";
    }
}
