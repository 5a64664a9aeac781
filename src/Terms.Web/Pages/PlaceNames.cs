using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using Terms.Catalogue;

namespace Terms.Web.Pages;

/// <summary>The names of countries and territories in the language of the interface.</summary>
internal static class PlaceNames
{
    private static readonly ResourceManager Words = new("Terms.Web.Resources.Wording", typeof(Wording).Assembly);

    private static readonly ConcurrentDictionary<string, ImmutableArray<(string Code, string Name)>> Lists = new();

    /// <summary>Every place by name.</summary>
    public static ImmutableArray<(string Code, string Name)> Sorted() => Lists.GetOrAdd(CultureInfo.CurrentUICulture.Name, _ =>
    [
        .. Place.All.Select(p => (p.Code, Name: NameOf(p.Code))).OrderBy(p => p.Name, StringComparer.Create(CultureInfo.CurrentUICulture, ignoreCase: true)),
    ]);

    /// <summary>The name of one place.</summary>
    public static string Of(Place place) => Sorted().First(p => p.Code == place.Code).Name;

    /// <summary>
    /// A region's own name comes in its own language only, but that of a locale comes in the language of the interface: <c>английский (Франция)</c>.
    /// <c>CN</c> is mainland China here, and is called so.
    /// </summary>
    private static string NameOf(string code)
    {
        if (code == "CN")
        {
            return Words.GetString("Place.CN", CultureInfo.CurrentUICulture)!;
        }
        var locale = CultureInfo.GetCultureInfo("en-" + code).DisplayName;
        var open = locale.IndexOfAny(['(', '（']);
        return open > 0 ? locale[(open + 1)..^1].Replace('[', '(').Replace(']', ')') : new RegionInfo(code).EnglishName;
    }
}
