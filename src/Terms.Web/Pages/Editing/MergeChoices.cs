using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Web.Pages.Editing;

/// <summary>What somebody has chosen where two changes stand against each other, as <see cref="ConflictChoices"/> asks for it.</summary>
internal static class MergeChoices
{
    private static readonly string[] Fields = ["choice-", "own-", "place-"];

    /// <summary>The field of a choice.</summary>
    public static string Choice(int number) => "choice-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field of words of one's own.</summary>
    public static string Own(int number) => "own-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The field that says which place the two are about.</summary>
    public static string Place(int number) => "place-" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What stands for a place: it stays the same when somebody changes the words there once more.</summary>
    public static string Place(MergeConflict conflict) => Digest.Of(new object[] { conflict.File, conflict.Clause ?? "", conflict.Base ?? "" }).Value[^16..];

    /// <summary>Words of one's own that a form has for a place; null if it has none.</summary>
    public static string? Own(IFormCollection? form, MergeConflict conflict) =>
        form?.FirstOrDefault(f => f.Key.StartsWith("place-", StringComparison.Ordinal) && f.Value == Place(conflict)).Key is { } place && form["own" + place["place".Length..]].ToString() is { Length: > 0 } own ? own : null;

    /// <summary>Whether a field is one of these.</summary>
    public static bool Has(string field) => Fields.Any(f => field.StartsWith(f, StringComparison.Ordinal));

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
