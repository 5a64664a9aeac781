using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>The signs by which a number is that of a section, and not of an item, a reference or an amount.</summary>
internal sealed partial class SectionSigns(List<Block> blocks, NumberingSurvey survey, OpenLists lists)
{
    /// <summary>How many numbers a text may leave out.</summary>
    public const int FarthestAhead = 20;

    /// <summary>Whether the number at a place is that of a section.</summary>
    /// <param name="at">The place.</param>
    /// <param name="marker">The number.</param>
    /// <param name="section">The section that is open; 0 before the first.</param>
    public bool IsSection(int at, Marker marker, int section)
    {
        var block = blocks[at];
        if (survey.Keyword.Length > 0 || survey.CountsHeadings || survey.HasLetteredSections || block.Depth > 1)
        {
            return false;
        }
        var isNext = marker.First == section + 1 || (section == 0 && marker.First == 0);
        if (block.IsCut && isNext && marker.Style == MarkerStyle.Dot)
        {
            return true;
        }
        if (marker.Keyword == "roman")
        {
            return isNext && block.LooksLikeHeading && !lists.Continues(marker.Items[0], MarkerStyle.Dot);
        }
        if (survey.HasDotted)
        {
            if (isNext && marker.Style == MarkerStyle.Dot && !LeadsUp(at) && !lists.Continues(marker.First.ToString(CultureInfo.InvariantCulture), MarkerStyle.Dot)
                && (RunInHeading(marker.Rest).Heading.Length > 0 || IsBeforeConfirmed(at, marker.First)))
            {
                return true;
            }
            var isConfirmed = NumberingSurvey.IsConfirmed(blocks, at);
            return (isConfirmed && (marker.First > section || block.LooksLikeHeading) && marker.First <= section + FarthestAhead) || (isNext && block.LooksLikeHeading && (block.IsSetAsHeading || !LeadsUp(at)));
        }
        if (marker.Style == MarkerStyle.Bare && !(block.LooksLikeHeading && marker.First <= section + 1))
        {
            return false;
        }
        if (!isNext)
        {
            // A number was left out, or is used again, and both headings are set as such.
            return section > 0 && block.IsSetAsHeading && marker.First > 0 && marker.First >= section && marker.First <= section + 3;
        }
        var goesOn = !IsListClosed(at) && lists.AwaitsNumber(marker.First, block.Depth);
        return (!goesOn || block.IsSetAsHeading) && (!survey.SectionsAreHeadings || block.LooksLikeHeading || section == 0) && !(LeadsUp(at) && section > 0 && !block.IsSetAsHeading);
    }

    /// <summary>Whether a later section is confirmed by its clauses, and no other block could be this one.</summary>
    private bool IsBeforeConfirmed(int at, int number)
    {
        for (var i = at + 1; i < blocks.Count && i < at + 200; i++)
        {
            if (blocks[i].Marker is { Kind: MarkerKind.Number } other)
            {
                if (other.First == number)
                {
                    return false;
                }
                if (other.First > number && NumberingSurvey.IsConfirmed(blocks, i))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Whether the items above end with commas or semicolons and the last of them with a full stop.</summary>
    private bool IsListClosed(int at) =>
        at > 1 && blocks[at - 1].Plain is [.., '.' or '。'] && blocks[at - 1].Marker is not null && blocks[at - 2].Marker is not null
        && (blocks[at - 2].Plain is [.., ';' or ',' or '；' or '，'] || blocks[at - 2].Plain.EndsWith(" and", StringComparison.Ordinal) || blocks[at - 2].Plain.EndsWith(" or", StringComparison.Ordinal));

    /// <summary>Whether the paragraph above ends with a colon, so that a list follows.</summary>
    private bool LeadsUp(int at) => at > 0 && blocks[at - 1].Plain is [.., ':' or '：'];

    /// <summary>A heading that runs on into the words: in bold, or a few capitalized words before a full stop.</summary>
    public static (string Heading, string Words) RunInHeading(string rest)
    {
        var match = BoldStart().Match(rest);
        if (match.Success && match.Groups[1].Length <= 100 && rest.Length > match.Length)
        {
            return (match.Groups[1].Value.Trim().TrimEnd('.', ':'), rest[match.Length..].Trim());
        }
        match = TitleStart().Match(rest);
        return match.Success ? (match.Groups[1].Value, rest[match.Length..].Trim()) : ("", rest);
    }

    /// <summary>A few capitalized words before a full stop that are all there is; null if they are none.</summary>
    public static string? WholeHeading(string rest) => TitleStart().Match($"{rest} X") is { Success: true } match && match.Length == rest.Length + 1 ? match.Groups[1].Value : null;

    /// <summary>A heading in brackets at the head of some words, with its brackets; null if there is none.</summary>
    public static string? BracketHeading(string rest) => BracketStart().Match(rest) is { Success: true } bracket ? bracket.Value : null;

    /// <summary>The number of a section that was put between two others, such as <c>§ 3a</c> or <c>Article 12 bis</c>; null if the words begin with none.</summary>
    public static string? InsertedNumber(string plain) => Inserted().Match(plain) is { Success: true } inserted ? inserted.Value.Trim() : null;

    [GeneratedRegex(@"^(?:§|section|article|clause|art\.|artikel|artículo|статья)\s*\d{1,3}(?:\s?[a-z]|\s(?:bis|ter|quater))\b(?=[.:)]?\s+\p{Lu})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Inserted();

    [GeneratedRegex(@"^[(（【][^)）】]{1,40}[)）】]")]
    private static partial Regex BracketStart();

    [GeneratedRegex(@"^\*\*([^*]{1,120})\*\*[.:]?\s*")]
    private static partial Regex BoldStart();

    [GeneratedRegex(@"^((?:\p{Lu}[\p{L}’'-]*|&|[A-Z]{2,})(?:[ ,/]{1,2}(?:\p{Lu}[\p{L}’'-]*|&|and|of|the|to|or|for|in|on|by|with|your|our)){0,6})[.:](?:\s+(?=\p{Lu}|""|“))")]
    private static partial Regex TitleStart();
}
