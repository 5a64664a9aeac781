using System.Text.Json;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Benchmarks;

/// <summary>10,000 different customers and the one moment that they are asked about; the same in every run and on every machine.</summary>
internal sealed class Questions
{
    public const int Count = 10_000;
    public const string AgreementName = "free-membership";

    private const string AtText = "2025-06-01T00:00:00Z";
    private static readonly string[] Roles = [.. Words.Roles];

    public Questions(AgreementCatalogue catalogue)
    {
        Catalogue = catalogue;
        Agreement = catalogue.Find(AgreementName)!;
        At = Instants.TryParse(AtText, out var at) ? at : throw new FormatException(AtText);
        Customers = Draw(catalogue);
    }

    public AgreementCatalogue Catalogue { get; }

    public Agreement Agreement { get; }

    public DateTimeOffset At { get; }

    /// <summary>What was known last.</summary>
    public static DateTimeOffset KnownAt => DateTimeOffset.MaxValue;

    public Customer[] Customers { get; }

    /// <summary>Half of the residences are places that some rule tells apart, so that every rule decides often; a third of the customers are abroad.</summary>
    public static Customer[] Draw(AgreementCatalogue catalogue)
    {
        var random = new Random(20250401);
        Place[] all = [.. Place.All];
        Place[] told = [.. catalogue.PlaceGroups.OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g.Value.Places.OrderBy(p => p.Index)).Distinct()];
        var drawn = new HashSet<Customer>();
        while (drawn.Count < Count)
        {
            var residence = AnyPlace();
            var access = random.Next(3) == 0 ? AnyPlace() : residence;
            var role = (Role)random.Next(Roles.Length);
            drawn.Add(new Customer(
                residence, access, role, Site.AliExpress, random.Next(4) == 0 ? Service.Promotion : Service.None, Customer.DefaultMembers(role, Site.AliExpress),
                random.Next(3) switch { 0 => null, 1 => true, _ => false }, random.Next(2) == 0 ? null : new DateOnly(2015 + random.Next(10), 1 + random.Next(12), 1 + random.Next(28))));
        }
        return [.. drawn];

        Place AnyPlace() => random.Next(2) == 0 ? told[random.Next(told.Length)] : all[random.Next(all.Length)];
    }

    /// <summary>Writes the file that the peer reads: the customers and the groups of places.</summary>
    public void WriteJson(string file)
    {
        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartObject("places");
        foreach (var group in Catalogue.PlaceGroups.Values)
        {
            json.WriteStartArray(group.Id);
            foreach (var place in group.Places)
            {
                json.WriteStringValue(place.Code);
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteStartArray("customers");
        foreach (var customer in Customers)
        {
            json.WriteStartObject();
            json.WriteString("residence", customer.Residence.Code);
            json.WriteString("accessFrom", customer.AccessFrom.Code);
            json.WriteString("role", customer.Role.Word());
            json.WriteString("service", customer.Service.Word());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The same as query strings, about one agreement or about all that apply.</summary>
    public IEnumerable<string> Queries(bool aboutOne) => Customers.Select(c =>
        $"residence={c.Residence.Code}&role={c.Role.Word()}"
        + (c.AccessFrom == c.Residence ? "" : $"&accessFrom={c.AccessFrom.Code}")
        + (c.Service == Service.None ? "" : $"&service={c.Service.Word()}")
        + c.IsBusiness switch { null => "", true => "&business=true", false => "&business=false" }
        + (c.Registered is { } day ? $"&registered={day:yyyy-MM-dd}" : "")
        + (aboutOne ? $"&agreement={AgreementName}" : "")
        + $"&at={AtText}");

    /// <summary>What an answer decides, in the line that the peer writes too.</summary>
    public static string Line(AgreementAnswer answer)
    {
        var results = answer.Party.Candidates.IsEmpty ? [answer.Party.Parties] : answer.Party.Candidates.Select(c => c.Parties);
        return string.Join('|', results.Select(r => string.Join('+', r.Select(p => p.Id).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal))
            + ";" + Join(answer.Law.Laws.Concat(answer.Law.Candidates).Select(l => l.Rule.Law))
            + ";" + Join(answer.Forum.Forums.Concat(answer.Forum.Candidates).Select(f => f.Rule.Forum));

        static string Join(IEnumerable<string> values) => string.Join('|', values.Distinct().Order(StringComparer.Ordinal));
    }
}
