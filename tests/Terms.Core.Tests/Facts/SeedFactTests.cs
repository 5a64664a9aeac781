using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Terms.Facts;

namespace Terms.Tests.Facts;

/// <summary>The shipped facts cover every item of the shared lists, under the item's own id, and say the same.</summary>
public sealed partial class SeedFactTests
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["liability_cap"] = FactKind.Cap, ["none"] = FactKind.Cap, ["claim_limitation_period"] = FactKind.ClaimPeriod, ["warranty_disclaimer"] = FactKind.Disclaimer,
        ["force_majeure"] = FactKind.ForceMajeure, ["liquidated_damages"] = FactKind.LiquidatedDamages,
    };

    private static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["personal delivery"] = "personal", ["courier"] = "courier", ["certified mail"] = "certified-mail", ["facsimile"] = "fax", ["email"] = "email", ["SMS"] = "sms",
        ["in-site letter"] = "in-site-message", ["Aliwangwang"] = "in-site-message", ["system message"] = "in-site-message", ["posting on the Sites"] = "site-posting",
        ["posting on a publicly accessible area of the Sites"] = "site-posting", ["website announcement"] = "site-posting", ["mail"] = "paper-mail",
        ["paper mail to the contact address provided"] = "paper-mail", ["customer service"] = "customer-service",
    };

    [SeedFact]
    public void Every_cap_exclusion_and_indemnity_is_there() => CompareAll("caps.json", (item, fact) =>
    {
        var kind = item.Text("kind")!;
        var amount = fact switch { CapFact c => c.Amount, LiquidatedDamagesFact l => l.Amount ?? l.Rate, TimeLimitFact t => t.Value, _ => null };
        var currency = fact switch { CapFact c => c.Currency, LiquidatedDamagesFact l => l.Currency, _ => null };
        return
        [
            ("kind", Kinds.GetValueOrDefault(kind, kind), fact.Origin.Kind),
            ("amount", Plain(item.Number("amount")), Plain(amount)),
            ("currency", item.Text("currency"), currency),
            ("unit", Unit(item.Text("unit")), (fact as TimeLimitFact)?.Unit),
            ("basis", Basis(item, fact), fact switch { CapFact c => c.Basis, IndemnityFact i => i.Basis, _ => null }),
            ("period", Period(item, fact), (fact as CapFact)?.Period),
        ];
    });

    [SeedFact]
    public void Every_rule_on_notices_is_there() => CompareAll("notices.json", (item, fact) =>
    {
        var notice = Assert.IsType<NoticeFact>(fact);
        var said = item.Number("notice_days") ?? item.Number("days");
        said = said == 0 && notice is { Days: null, Timing: not null } ? null : said; // "at any time" may stand in words
        var days = notice.Days ?? (notice.Deemed.IsEmpty ? null : notice.Deemed[0].Days);
        var addressees = item.Texts("addressees").Select(Party).Order(StringComparer.Ordinal);
        var missing = item.Texts("channels").Where(Channels.ContainsKey).Select(c => Channels[c]).Except(notice.Channels);
        return
        [
            ("direction", notice.Direction is null ? null : Direction(item.Text("direction")!), notice.Direction),
            ("days", Plain(said), said is null ? null : Plain(days)),
            ("addressees", string.Join(", ", addressees), string.Join(", ", notice.Addressees.Order(StringComparer.Ordinal))),
            ("address", item.Texts("addressees").Count == 0 ? null : item.Text("address"), item.Texts("addressees").Count == 0 ? null : notice.Address),
            ("attention", item.Text("attention"), item.Texts("addressees").Count == 0 ? null : notice.Attention),
            ("channels that are missing", "", string.Join(", ", missing)),
            ("receipt", item.Text("deemed_receipt") == "effective when received" ? "receipt" : null, notice.Deemed.FirstOrDefault()?.On == "receipt" ? "receipt" : null),
        ];
    });

    [SeedFact]
    public void Every_time_limit_is_there() => CompareAll("timelimits.json", (item, fact) =>
    {
        var value = item.GetProperty("value");
        var number = value.ValueKind == JsonValueKind.Object ? value.Number($"R{fact.Origin.Rendering}") : item.Number("value");
        var isDate = item.Text("unit") == "date";
        var (found, unit) = fact switch { TimeLimitFact t => (t.Value, t.Unit), AmountFact a => (a.Value, a.Unit), _ => (null, null) };
        return
        [
            ("value", Plain(number), Plain(found)),
            ("date", isDate ? item.Text("value") : null, (fact as TimeLimitFact)?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("unit", number is null ? null : Unit(item.Text("unit")), unit),
            ("or longer", item.Text("alternative") is null ? null : "True", item.Text("alternative") is null ? null : (fact as TimeLimitFact)?.IsOrLonger.ToString()),
            ("figure or reason", "there", fact is TimeLimitFact { Value: null, Date: null, Open: null } ? "neither" : "there"),
        ];
    });

    [SeedFact]
    public void Amendment_acceptance_and_language_are_there()
    {
        var wrong = new List<string>();
        foreach (var version in Seeds.Facts("versions.json").GetProperty("versions").EnumerateArray())
        {
            var path = Seeds.PathOf(version.Text("id")!);
            var facts = FactsOf(path);
            Covers<AmendmentFact>("amendment");
            Covers<AcceptanceFact>("acceptance");
            var prevails = version.GetProperty("language_prevails").Text("rule") is null ? "not-stated" : "en";
            if (facts.OfType<LanguageFact>().Select(l => l.Prevails).FirstOrDefault() is var found && found != prevails && !path.Contains("polic", StringComparison.Ordinal) && facts.Length > 1)
            {
                wrong.Add($"{path}: the prevailing language is {found}, not {prevails}");
            }

            void Covers<T>(string key) where T : Fact
            {
                var clauses = facts.OfType<T>().SelectMany(f => f.Clauses).ToHashSet();
                wrong.AddRange(version.GetProperty(key).EnumerateArray().Select(a => a.GetProperty("evidence").Text("clause")!).Where(c => !clauses.Contains(c))
                    .Select(c => $"{path}: no fact of kind {key} cites {c}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static void CompareAll(string file, Func<JsonElement, Fact, IEnumerable<(string What, string? Expected, string? Found)>> compare)
    {
        var wrong = new List<string>();
        var compared = 0;
        foreach (var item in Seeds.Facts(file).GetProperty("items").EnumerateArray())
        {
            var id = item.Text("id")!.ToLowerInvariant();
            foreach (var path in item.Texts("versions").Select(Seeds.PathOf))
            {
                var facts = FactsOf(path).Where(f => f.Id == id || f.Id == id + "-r1" || f.Id == id + "-r2").ToList();
                if (facts.Count == 0)
                {
                    wrong.Add($"{path}: there is no fact {id}");
                }
                foreach (var fact in facts)
                {
                    compared++;
                    wrong.AddRange(Labels(item.Text("clause")!).Where(l => !fact.Clauses.Any(c => c == l || c.StartsWith(l + " ¶", StringComparison.Ordinal) || c.StartsWith(l + ".", StringComparison.Ordinal)))
                        .Select(l => $"{path} {fact.Id}: clause {l} is not cited"));
                    wrong.AddRange(compare(item, fact).Where(c => (c.Expected ?? "") != (c.Found ?? "")).Select(c => $"{path} {fact.Id}: {c.What} should be `{c.Expected}`, is `{c.Found}`"));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(compared > 0, $"{file} holds no items.");
    }

    private static Fact[] FactsOf(string path)
    {
        var version = Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path);
        return [.. Repository.Content.Knowledge(version.States[^1]).Facts];
    }

    /// <summary>The labels of <c>8.1-8.4</c>, <c>4.5.6(2)-(4)</c> and <c>6.1, 6.2</c>, one by one.</summary>
    private static IEnumerable<string> Labels(string clause) => clause.Split(", ").Where(c => c != "-").SelectMany(c => Range().Match(c) is { Success: true } range
        ? Enumerable.Range(Whole(range.Groups[2]), Whole(range.Groups[4]) - Whole(range.Groups[2]) + 1).Select(n => $"{range.Groups[1]}{n}{range.Groups[3]}")
        : [c]);

    private static int Whole(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static string Plain(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    private static string Direction(string words) =>
        words.Contains("to user", StringComparison.Ordinal) ? "to-user" : words.StartsWith("to platform", StringComparison.Ordinal) ? "to-platform"
        : words.StartsWith("between", StringComparison.Ordinal) ? "between-parties" : words.StartsWith("judicial", StringComparison.Ordinal) ? "judicial" : "to-public";

    private static string Party(string name) => Repository.Content.Catalogue.Parties.Values.Single(p => p.Names.Any(n => n.Name == name)).Id;

    private static string? Unit(string? words) => words switch
    {
        null => null,
        _ when words.Contains("percent", StringComparison.Ordinal) => "percent-per-day",
        _ when words.StartsWith("of ", StringComparison.Ordinal) => null,
        _ when words.Contains("working days", StringComparison.Ordinal) => "working-days",
        _ when words.Contains("months", StringComparison.Ordinal) => "months",
        _ when words.Contains("days", StringComparison.Ordinal) => "days",
        _ when words.StartsWith("year", StringComparison.Ordinal) => "years",
        "account" or "membership" => words + "s",
        _ => words,
    };

    private static string? Basis(JsonElement item, Fact fact) => (fact, item.Text("basis")) switch
    {
        (CapFact, { } words) => words.StartsWith("greater", StringComparison.Ordinal) ? "greater-of" : words.StartsWith("fees", StringComparison.Ordinal) ? "fees-paid" : "fixed",
        (IndemnityFact, { } words) => words.StartsWith("actual loss", StringComparison.Ordinal) ? "actual-loss" : words.StartsWith("deposit", StringComparison.Ordinal) ? "deposit" : words.Replace(' ', '-'),
        (IndemnityFact i, null) => i.Basis,
        _ => null,
    };

    /// <summary>"None" may be written as no period, or as the life of the agreement.</summary>
    private static string? Period(JsonElement item, Fact fact) => (fact as CapFact, item.Text("period")) switch
    {
        ({ Period: "none" or "agreement" } cap, { } words) when words.StartsWith("none", StringComparison.Ordinal) => cap.Period,
        (not null, { } words) => words.Replace(' ', '-'),
        _ => null,
    };

    [GeneratedRegex(@"^(.*?)(\d+)(\)?)-(?:\d+\.|\()?(\d+)\)?$")]
    private static partial Regex Range();
}
