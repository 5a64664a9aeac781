using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Facts;

/// <summary>Turns the entries of <c>facts.yaml</c> into typed facts; a fact that no longer stands in its clause is a problem.</summary>
public static class FactReader
{
    private static readonly string[] Directions = ["to-platform", "to-user", "judicial", "between-parties", "to-public"];

    /// <summary>The channels by which notices travel.</summary>
    public static readonly ImmutableArray<string> Channels =
        ["personal", "courier", "certified-mail", "fax", "email", "sms", "in-site-message", "site-posting", "paper-mail", "customer-service", "web-form"];

    /// <summary>The directions of notices.</summary>
    public static IReadOnlyCollection<string> NoticeDirections => Directions;

    private static readonly string[] Units = ["days", "working-days", "months", "years"];

    /// <summary>The facts of a version as known in a state, in the order of the file.</summary>
    public static ImmutableArray<Fact> Read(AgreementCatalogue catalogue, AgreementVersion version, VersionState state)
    {
        var facts = state.Section("facts").Select(entry => Read(catalogue, version, entry)).OfType<Fact>().ToImmutableArray();
        foreach (var (entry, id) in state.Section("facts").Select(e => (e, e.OptionalText("id"))))
        {
            if (facts.Count(f => f.Id == id) > 1)
            {
                entry.Problem(ContentForms.FactTwice, "id", id ?? "");
            }
            foreach (var other in entry.Texts("conflicts-with"))
            {
                var counterpart = facts.FirstOrDefault(f => f.Id == other);
                if (counterpart is null || !counterpart.Origin.ConflictsWith.Contains(id!))
                {
                    entry.Problem($"`conflicts-with: {other}` is not answered by a fact of that id", $"Both facts name each other: add `conflicts-with: [{id}]` there.", "conflicts-with");
                }
            }
        }
        return facts;
    }

    private static Fact? Read(AgreementCatalogue catalogue, AgreementVersion version, YamlMap map)
    {
        var origin = ReadOrigin(version, map);
        if (origin is null)
        {
            return null;
        }
        var silent = origin.NotStated is not null;
        string? Text(string key) => silent ? map.OptionalText(key) : map.Text(key);
        string? OneOf(string key, IReadOnlyCollection<string> allowed, bool required = true) => map.OneOf(key, allowed, required && !silent);
        ImmutableArray<string> Texts(string key) => [.. map.Texts(key)];

        Fact fact = origin.Kind switch
        {
            FactKind.Cap => ReadCap(),
            FactKind.Exclusion or FactKind.Disclaimer or FactKind.ForceMajeure =>
                new ExclusionFact(origin, Text("scope"), Text("protects"), Text("binds"), Texts("damages"), Texts("carve-outs")),
            FactKind.Indemnity or FactKind.Recourse or FactKind.Compensation or FactKind.Forfeiture =>
                new IndemnityFact(origin, Text("scope"), Text("payer"), Text("payee"), map.OptionalText("basis")),
            FactKind.LiquidatedDamages => ReadLiquidatedDamages(),
            FactKind.ClaimPeriod => ReadClaimPeriod(),
            FactKind.Notice => ReadNotice(),
            FactKind.TimeLimit => ReadTimeLimit(),
            FactKind.Amount => new AmountFact(origin, Text("what"), Required("value"), Text("unit"), map.OptionalText("binds")),
            FactKind.Language => new LanguageFact(origin, Text("prevails"), map.OptionalText("what")),
            FactKind.Amendment => new AmendmentFact(origin, Text("how"), map.OptionalNumber("days"), map.OptionalText("effective")),
            _ => new AcceptanceFact(origin, Text("how")),
        };
        map.Finish();
        Figures.Check(fact, map);
        return fact;

        decimal? Required(string key)
        {
            if (!silent && !map.Has(key))
            {
                map.Problem($"`{key}` is missing", $"Add `{key}:` with a number.");
            }
            return map.OptionalNumber(key);
        }

        CapFact ReadCap()
        {
            var basis = OneOf("basis", ["fixed", "greater-of", "fees-paid"]);
            var cap = new CapFact(
                origin, basis, basis == "fixed" ? Required("amount") : map.OptionalNumber("amount"), Currency("currency", basis == "fixed"),
                OneOf("period", ["calendar-year", "agreement", "none"]), Text("scope"), map.OptionalText("per"), Text("protects"), Text("binds"), Texts("carve-outs"));
            if (cap.Amount < 0)
            {
                map.Problem("the cap is negative", "Write the amount without a sign.", "amount");
            }
            return cap;
        }

        string? Currency(string key, bool required)
        {
            var currency = required ? Text(key) : map.OptionalText(key);
            if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
            {
                map.Problem($"`{key}: {currency}` is not an ISO 4217 code", "Use three capitals, such as HKD.", key);
            }
            return currency;
        }

        LiquidatedDamagesFact ReadLiquidatedDamages()
        {
            var fact = new LiquidatedDamagesFact(
                origin, Text("scope"), Text("payer"), Text("payee"), map.OptionalNumber("amount"), Currency("currency", map.Has("amount")), map.OptionalNumber("rate"),
                map.OptionalText("rate-of"), map.OptionalText("rate-per"), map.Flag("exclusive"));
            if (!silent && fact.Amount is null == fact.Rate is null)
            {
                map.Problem("the liquidated damages have neither an amount nor a rate, or both", "Write `amount` with `currency`, or `rate` with `rate-of` and `rate-per`.");
            }
            return fact;
        }

        TimeLimitFact ReadClaimPeriod() => new(
            origin, map.OptionalText("binds") ?? map.OptionalText("obligor"), map.OptionalText("what") ?? "bring a claim", Required("value"), OneOf("unit", Units), null, null,
            map.OptionalText("starts"), map.Flag("at-least"), map.Flag("or-longer"), map.OptionalText("consequence"));

        TimeLimitFact ReadTimeLimit()
        {
            var limit = new TimeLimitFact(
                origin, Text("obligor"), Text("what"), map.OptionalNumber("value"), OneOf("unit", Units, required: map.Has("value")), map.OptionalDate("date"),
                map.OptionalText("open"), map.OptionalText("starts"), map.Flag("at-least"), map.Flag("or-longer"), map.OptionalText("consequence"));
            if (!silent && limit is { Value: null, Date: null, Open: null } && !map.Has("value") && !map.Has("date"))
            {
                map.Problem("the time limit has no figure", "Write `value` with `unit`, or `date`, or `open` with the reason why no figure can be given.");
            }
            return limit;
        }

        NoticeFact ReadNotice()
        {
            var channels = Texts("channels");
            foreach (var channel in channels.Where(c => !Channels.Contains(c)))
            {
                map.Problem($"the channel `{channel}` is not known", $"Use: {string.Join(", ", Channels)}.", "channels");
            }
            var addressees = Texts("addressees");
            foreach (var party in addressees.Where(p => !catalogue.Parties.ContainsKey(p)))
            {
                map.Problem(ContentForms.NoParty, "addressees", party);
            }
            return new NoticeFact(
                origin, OneOf("direction", Directions), Text("event"), map.OneOf("form", ["writing"], required: false), channels, addressees, map.OptionalText("address"),
                map.OptionalText("attention"), map.OptionalNumber("days"), map.OneOf("day-type", ["calendar", "working"], required: false), map.OptionalText("timing"),
                [.. map.Maps("deemed").Select(d => ReadDeemed(d, channels)).OfType<DeemedReceipt>()]);
        }
    }

    private static DeemedReceipt? ReadDeemed(YamlMap map, ImmutableArray<string> channels)
    {
        var covered = map.Texts("channels").ToImmutableArray();
        foreach (var channel in covered.Where(c => !channels.Contains(c)))
        {
            map.Problem($"`{channel}` is deemed received but is not among the fact's channels", "Add it to `channels`, or remove it here.", "channels");
        }
        var on = map.OneOf("on", ["receipt", "sending", "posting"]);
        var days = map.OptionalWhole("days") ?? 0;
        map.Finish();
        return on is null ? null : new DeemedReceipt(covered.IsEmpty ? channels : covered, on, days);
    }

    private static FactOrigin? ReadOrigin(AgreementVersion version, YamlMap map)
    {
        var id = map.Text("id");
        var kind = map.OneOf("kind", FactKind.All);
        var notStated = map.OptionalText("not-stated");
        var rendering = map.OptionalWhole("rendering") ?? 1;
        var origin = new FactOrigin(
            version, id ?? "", kind ?? "", [.. map.Texts("clauses")], notStated is null ? map.Text("quote") : map.OptionalText("quote"), rendering,
            notStated is null ? map.Text("summary") : map.OptionalText("summary"), map.OptionalText("note"), notStated, [.. map.Texts("conflicts-with")]);
        if (id is null || kind is null)
        {
            return null;
        }
        Citation.Check(version, map, "fact", id, origin.Clauses, origin.Quote, rendering, isAbsence: notStated is not null);
        return origin;
    }
}
