namespace Terms.Catalogue;

/// <summary>The number or marker that stands in front of a clause, as opposed to its whole address.</summary>
public static class ClauseNumber
{
    /// <summary><c>6</c> for <c>§6</c>, <c>(c)</c> for <c>1.1(c)</c>, <c>6.7</c> for itself; null for paragraphs that bear none.</summary>
    public static string? Of(ClauseLabel label)
    {
        var value = label.Value;
        if (value.Contains('¶') || value.StartsWith("preamble", StringComparison.Ordinal) && !value.Contains('(') || value == "excerpt")
        {
            return null;
        }
        if (value.StartsWith("fn", StringComparison.Ordinal))
        {
            return value[2..];
        }
        var again = value.IndexOf(" [", StringComparison.Ordinal);
        var (number, suffix) = again < 0 ? (value, "") : (value[..again], value[again..]);
        var marker = number.EndsWith(')') ? number.LastIndexOf('(') : -1;
        return (marker > 0 ? number[marker..] : number.TrimStart('§')) + suffix;
    }

    /// <summary>Whether the label is that of a section.</summary>
    public static bool IsSection(ClauseLabel label) => label.Value.StartsWith('§') && !label.Value.Contains('(') && !label.Value.Contains('¶');

    /// <summary>Whether the label is that of a footnote.</summary>
    public static bool IsFootnote(ClauseLabel label) => label.Value.StartsWith("fn", StringComparison.Ordinal);

    /// <summary>The address of the clause that a paragraph or an item belongs to, then of those around it: <c>1.1(c)</c> for <c>1.1(c) ¶2</c>, then <c>1.1</c>.</summary>
    internal static IEnumerable<string> Around(string label)
    {
        var value = label.Split(" ¶")[0];
        yield return value;
        value = value.Split(" [")[0];
        for (var open = value.LastIndexOf('('); open > 0; open = value.LastIndexOf('('))
        {
            value = value[..open];
            yield return value;
        }
        for (var dot = value.LastIndexOf('.'); dot > 0; dot = value.LastIndexOf('.'))
        {
            value = value[..dot];
            yield return value;
        }
        if (!value.StartsWith('§'))
        {
            yield return "§" + value;
        }
    }
}
