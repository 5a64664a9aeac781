using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>What stands at the head of a section, a clause or an item and says which it is.</summary>
internal static partial class ClauseHeads
{
    [GeneratedRegex(@"^§?(?:Section |Article |Chapter )?(\d{1,3})(?: \[(\d{1,2})(st|nd|rd|th)\])?\.?(?:\s+(.*))?$")]
    public static partial Regex Section();

    [GeneratedRegex(@"^(\d{1,3}(?:\.\d{1,3}){1,6})(?: \[(\d{1,2})(st|nd|rd|th)\])?\.?(?:\s+|$)")]
    public static partial Regex Clause();

    [GeneratedRegex(@"^((?:\([A-Za-z]{1,5}\)|\(\d{1,3}\)){1,4})(?: \[(\d{1,2})(st|nd|rd|th)\])?(?:\s+|$)")]
    public static partial Regex Item();

    [GeneratedRegex(@"^\[(preamble|excerpt)\](?!\()\s+")]
    public static partial Regex ExplicitLabel();

    /// <summary>The ordinal of a number that is used again, as labels have it: <c> [2nd]</c>; empty where there is none.</summary>
    public static string Ordinal(Match head) => head.Groups[2].Success ? $" [{head.Groups[2].Value}{head.Groups[3].Value}]" : "";
}
