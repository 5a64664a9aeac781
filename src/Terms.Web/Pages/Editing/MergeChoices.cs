using System.Collections.Immutable;
using System.Globalization;
using Terms.Publishing;

namespace Terms.Web.Pages.Editing;

/// <summary>What somebody has chosen where two changes stand against each other, as <see cref="ConflictChoices"/> asks for it.</summary>
internal static class MergeChoices
{
    /// <summary>The field of a choice.</summary>
    public static string Choice(int number) => "choice-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field of words of one's own.</summary>
    public static string Own(int number) => "own-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a field is one of these.</summary>
    public static bool Has(string field) => field.StartsWith("choice-", StringComparison.Ordinal) || field.StartsWith("own-", StringComparison.Ordinal);

    /// <summary>Says what comes of each conflict, asked in their order; null if one was left open.</summary>
    public static Func<MergeConflict, string>? Read(IFormCollection form, DraftMerge merge)
    {
        var chosen = merge.Conflicts.Select((c, i) => Read(form, c, i)).ToImmutableArray();
        var next = 0;
        return chosen.Any(c => c is null) ? null : _ => chosen[next++ % chosen.Length]!;
    }

    private static string? Read(IFormCollection form, MergeConflict conflict, int number) => form[Choice(number)].ToString() switch
    {
        "mine" => conflict.Mine ?? "",
        "theirs" => conflict.Theirs ?? "",
        "base" => conflict.Base ?? "",
        "own" => form[Own(number)].ToString().ReplaceLineEndings("\n").TrimEnd() + "\n\n",
        _ => null,
    };
}
