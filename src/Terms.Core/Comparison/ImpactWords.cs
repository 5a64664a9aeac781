using System.Collections.Immutable;
using System.Globalization;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>Who is affected and by what, in English: the words of the API and of the command. The pages have words of their own in each language.</summary>
internal static class ImpactWords
{
    public static string Of(string about, Applying what) => what.State switch
    {
        ApplyingState.NotForThem => "the agreement is not for them",
        ApplyingState.Decided when about == "cap" => string.Join("; ", what.Results.Select(Of)),
        ApplyingState.Decided => And(what.Results.Select(Of)),
        ApplyingState.Open => $"open between {And(what.Results.Select(Of))}",
        _ => about == "party" ? "no company" : $"no {about}",
    };

    public static string Of(CapFact cap) => (cap.Basis switch
    {
        "fixed" => string.Create(CultureInfo.InvariantCulture, $"{cap.Currency} {cap.Amount:0.##}"),
        "fees-paid" => "the fees paid",
        _ => "the greater of the fees paid and what the law permits at most",
    }) + (cap.Period == "calendar-year" ? " per calendar year" : "") + $", for {cap.Scope}";

    public static string Of(Customer example) =>
        $"{(example.Role == Role.BuyerAndSeller ? "somebody who buys and sells," : $"a {example.Role.Word()}")} who lives in {example.Residence} and uses {example.Site.Word()} from {example.AccessFrom}"
        + (example.Service.Word() is { } service ? $", about {service}" : "") + (example.Members == Memberships.None ? "" : $", registered on {string.Join(" and ", example.Members.SiteWords())}");

    public static string Of(AffectedGroup group)
    {
        var subject = group.Roles.IsEmpty ? null : And(group.Roles.Select(r => r switch { Role.Visitor => "visitors", Role.Buyer => "buyers", Role.Seller => "sellers", _ => "people who buy and sell" }));
        var (living, visiting) = (group.Living, group.Visiting);
        var who = (subject, living, visiting) switch
        {
            (null, null, null) => "everyone whom the agreement is for",
            (_, null, null) => subject,
            (null, { IsOutside: false }, null) => $"residents of {Names(living)}",
            (_, null, _) => $"{subject ?? "people"} who use the sites {From(visiting)}",
            (_, _, null) => $"{subject ?? "people"} who live {In(living)}",
            (null, { IsOutside: false }, _) => $"residents of {Names(living)} who use the sites {From(visiting)}",
            _ => $"{subject ?? "people"} who live {In(living)} and use the sites {From(visiting)}",
        };
        if (!group.Services.IsEmpty)
        {
            who += $", {(group.IsExcept ? "except about" : "about")} {Or(group.Services.Select(s => s.Word()!))}";
        }
        who += group.Sites.IsEmpty ? "" : $", on {Or(group.Sites.Select(s => s.Word()))}";
        return who + (group.Members.IsEmpty ? "" : Registered(group.Members));
    }

    private static string Of(ApplyingResult result) => result switch
    {
        { Cap: { } cap } => Of(cap),
        { Name: { } name } => name,
        _ => And(result.Parties.Select(p => (p.Name ?? "a company that the text does not name") + (p.Part is null ? "" : $" for {p.Part}"))),
    };

    private static string Registered(ImmutableArray<Memberships> members)
    {
        var always = members.Aggregate((all, m) => all & m);
        var never = ~members.Aggregate((all, m) => all | m) & (Memberships)7;
        return (always, never) switch
        {
            (not Memberships.None, _) => $", registered on {And(always.SiteWords())}",
            _ when members is [Memberships.None] => ", registered nowhere",
            _ when !members.Contains(Memberships.None) && members.Length == 7 => ", registered somewhere",
            (_, not Memberships.None) => $", not registered on {Or(never.SiteWords())}",
            _ => $", registered {Or(members.Select(m => m == Memberships.None ? "nowhere" : $"on {And(m.SiteWords())}"))}",
        };
    }

    private static string Names(AffectedPlaces places) => Or(places.Places.Select(p => string.Join(" and in ", p.Select(g => g.Name))));

    private static string In(AffectedPlaces places) => $"{(places.IsOutside ? "outside" : "in")} {Names(places)}";

    private static string From(AffectedPlaces places) => $"from {(places.IsOutside ? "outside " : "")}{Names(places)}";

    private static string And(IEnumerable<string> words) => Listed(words, "and");

    private static string Or(IEnumerable<string> words) => Listed(words, "or");

    private static string Listed(IEnumerable<string> words, string last) => words.ToList() switch
    {
        [] => "",
        [var one] => one,
        var several => $"{string.Join(", ", several[..^1])} {last} {several[^1]}",
    };
}
