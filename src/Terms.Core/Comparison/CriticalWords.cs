using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>
/// Tells by their words the clauses on company, law, forum, cap, exclusion and time for claims, for texts that have neither rules nor facts, such as imports.
/// A heading speaks for everything below it. English, Chinese, Russian and Korean are read.
/// </summary>
internal static partial class CriticalWords
{
    /// <summary>The labels of those clauses.</summary>
    public static IReadOnlySet<string> In(TermsText text) => text.All
        .Where(c => (c.Heading is { } heading && Subject().IsMatch(heading)) || Provision().IsMatch(c.Text))
        .Select(c => c.Label.Value).ToImmutableHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(?:liability|governing law|applicable law|jurisdiction|dispute|arbitration|contracting part)|责任|法律适用|适用法律|管辖|争议|ответственност|применимое право|разрешение споров|책임|준거법|관할|분쟁", RegexOptions.IgnoreCase)]
    private static partial Regex Subject();

    [GeneratedRegex(
        @"\b(?:(?:be|is|are) liable\b|liability\b|governed by\b|laws? of\b[^.]{0,80}\b(?:appl|govern)|law (?:applies|governs|alone applies)\b|jurisdiction of\b|arbitrat|courts? of\b|contract(?:s|ing)? (?:is |are )?(?:with|party|entity|between)\b|(?:claims?|actions?|proceedings?)\b[^.]{0,80}\b(?:within|after|barred)\b)|责任|管辖|仲裁|适用法律|ответственност|арбитраж|подсуд|책임|관할|중재|준거법",
        RegexOptions.IgnoreCase)]
    private static partial Regex Provision();
}
