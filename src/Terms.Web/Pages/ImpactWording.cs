using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Facts;
using Terms.Rendering;
using Terms.Resolution;

namespace Terms.Web.Pages;

/// <summary>Who is affected and by what, in the language of the interface. Names of companies and quotes from facts stay as they are, and are marked as English.</summary>
internal static class ImpactWording
{
    /// <summary>Who they are.</summary>
    public static string Who(this IStringLocalizer<Wording> words, AffectedGroup group)
    {
        var who = (group.Living, group.Visiting) switch
        {
            (null, null) => words["Compare.Who.Everyone"].Value,
            ({ } living, null) => words[living.IsOutside ? "Compare.Who.LivingOutside" : "Compare.Who.Living", Names(words, living)],
            (null, { } visiting) => words[visiting.IsOutside ? "Compare.Who.VisitingOutside" : "Compare.Who.Visiting", Names(words, visiting)],
            ({ } living, { } visiting) => words["Compare.Who." + (living.IsOutside ? "LivingOutside" : "Living") + (visiting.IsOutside ? ".VisitingOutside" : ".Visiting"), Names(words, living), Names(words, visiting)],
        };
        return who
            + Further("Compare.Who.Roles", group.Roles.Select(r => words["Compare.Who.Role." + r.Word()].Value), "And")
            + Further(group.IsExcept ? "Compare.Who.ExceptAbout" : "Compare.Who.About", group.Services.Select(s => words.Word("Service", s.Word()!)), "Or")
            + Further("Compare.Who.Sites", group.Sites.Select(s => words.Word("Site", s.Word())), "Or")
            + (group.Members.IsEmpty ? "" : Registered(words, group.Members));

        string Further(string pattern, IEnumerable<string> items, string last) => items.Any() ? words[pattern, Listed(words, items, last)] : "";
    }

    /// <summary>Those who live in some places.</summary>
    public static string Living(this IStringLocalizer<Wording> words, AffectedPlaces places) =>
        places.IsOutside && places.Places.IsEmpty ? words["Compare.Who.Everyone"] : words[places.IsOutside ? "Compare.Who.LivingOutside" : "Compare.Who.Living", Names(words, places)];

    /// <summary>What a version says of the company, law, forum or cap.</summary>
    public static MarkupString Says(this IStringLocalizer<Wording> words, string about, Applying what) =>
        new(Says(words, about, what, RenderedText.Escape, english => $"<span lang=\"en\">{RenderedText.Escape(english)}</span>"));

    /// <summary>The same as plain text, for notices.</summary>
    public static string Tells(this IStringLocalizer<Wording> words, string about, Applying what) => Says(words, about, what, plain => plain, english => english);

    private static string Says(IStringLocalizer<Wording> words, string about, Applying what, Func<string, string> write, Func<string, string> english) => what.State switch
    {
        ApplyingState.NotForThem => write(words["Compare.Applying.NotForThem"]),
        ApplyingState.Nothing => write(words["Compare.Applying.Nothing." + about]),
        ApplyingState.Open => string.Format(CultureInfo.CurrentCulture, write(words["Compare.Applying.Open"].Value), string.Join("; ", Results(words, what, write, english))),
        _ => Listed(words, Results(words, what, write, english), "And"),
    };

    /// <summary>One customer.</summary>
    public static string Example(this IStringLocalizer<Wording> words, Customer who) =>
        words["Compare.Example.Words", words.Word("Role", who.Role.Word()), PlaceNames.Of(who.Residence), words.Word("Site", who.Site.Word()), PlaceNames.Of(who.AccessFrom)]
        + (who.Service.Word() is { } service ? $"; {words.Word("Service", service)}" : "");

    private static IEnumerable<string> Results(IStringLocalizer<Wording> words, Applying what, Func<string, string> write, Func<string, string> english) => what.Results.Select(r => r switch
    {
        { Cap: { } cap } => Cap(words, cap, write, english),
        { Id: { } id, Name: { } name } => write(words["Law." + id] is { ResourceNotFound: false } law ? law.Value : words["Forum." + id] is { ResourceNotFound: false } forum ? forum.Value : name),
        _ => Listed(words, r.Parties.Select(p => (p.Name is null ? write(words["Party.Unnamed"]) : english(p.Name))
            + (p.Part is null ? "" : write($" ({words.Word("Service", p.Part)})"))), "And"),
    });

    private static string Cap(IStringLocalizer<Wording> words, CapFact cap, Func<string, string> write, Func<string, string> english)
    {
        var amount = cap.Basis switch
        {
            "fixed" => words[cap.Period == "calendar-year" ? "Compare.Cap.FixedPerYear" : "Compare.Cap.Fixed", cap.Currency ?? "", (cap.Amount ?? 0).ToString("#,##0.##", CultureInfo.CurrentCulture)],
            "fees-paid" => words["Compare.Cap.FeesPaid"],
            _ => words["Compare.Cap.GreaterOf"],
        };
        return write(amount) + (cap.Scope is { } scope ? $" ({english(scope)})" : "");
    }

    private static string Registered(IStringLocalizer<Wording> words, ImmutableArray<Memberships> members)
    {
        var always = members.Aggregate((all, m) => all & m);
        var never = ~members.Aggregate((all, m) => all | m) & (Memberships)7;
        string Sites(Memberships sites, string last) => Listed(words, sites.SiteWords().Select(s => words.Word("Site", s)), last);
        return (always, never) switch
        {
            (not Memberships.None, _) => words["Compare.Who.Registered", Sites(always, "And")],
            _ when members is [Memberships.None] => words["Compare.Who.RegisteredNowhere"],
            _ when !members.Contains(Memberships.None) && members.Length == 7 => words["Compare.Who.RegisteredSomewhere"],
            (_, not Memberships.None) => words["Compare.Who.NotRegistered", Sites(never, "Or")],
            _ => words["Compare.Who.Registered", Listed(words, members.Select(m => m == Memberships.None ? words["Compare.Who.Nowhere"].Value : Sites(m, "And")), "Or")],
        };
    }

    private static string Names(IStringLocalizer<Wording> words, AffectedPlaces places) => Listed(words, places.Places.Select(p => Listed(words, p.Select(g => Name(words, g)), "And")), "Or");

    private static string Name(IStringLocalizer<Wording> words, PlaceGroup group) => words["Group." + group.Id] switch
    {
        { ResourceNotFound: false } word => word.Value,
        _ when group.Places.Count == 1 => PlaceNames.Of(group.Places.Single()),
        _ => group.Name,
    };

    private static string Listed(IStringLocalizer<Wording> words, IEnumerable<string> items, string last) => items.ToList() switch
    {
        [] => "",
        [var one] => one,
        var several => string.Join(words["Comma"], several[..^1]) + words[last] + several[^1],
    };
}
