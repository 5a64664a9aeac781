using System.Text.Json;

namespace Terms.Tests.Resolution;

/// <summary>The questions of the shared list stand in this project's files as they stand there.</summary>
public sealed class SeedQuestionTests
{
    private static readonly Dictionary<string, string> Agreements = new(StringComparer.Ordinal)
    {
        ["fma-aliexpress"] = "free-membership", ["tou-aliexpress"] = "terms-of-use", ["ctou-alibaba-aliexpress"] = "alibaba-terms-of-use",
        ["vip-aliexpress"] = "vip-membership", ["msa-aliexpress"] = "merchant-service", ["easybuy-code"] = "seller-code",
    };

    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["mainland China"] = "CN", ["United States of America"] = "US", ["South Korea"] = "KR", ["Hong Kong"] = "HK", ["Taiwan"] = "TW", ["Macau"] = "MO",
        ["Russian Federation"] = "RU", ["Armenia"] = "AM", ["Belarus"] = "BY", ["Georgia"] = "GE", ["Kazakhstan"] = "KZ", ["Turkmenistan"] = "TM",
        ["Uzbekistan"] = "UZ", ["Moldova"] = "MD", ["United Kingdom"] = "GB", ["France"] = "FR", ["Germany"] = "DE", ["Japan"] = "JP", ["Spain"] = "ES", ["Thailand"] = "TH",
    };

    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["HZ"] = "hangzhou-alibaba-advertising", ["SG"] = "alibaba-singapore", ["AE1"] = "aliexpress-ecommerce-one", ["AEUS"] = "aliexpress-us",
        ["KRH"] = "aliexpress-korea-holding", ["KRL"] = "aliexpress-korea", ["CIS"] = "aliexpress-cis", ["RUS"] = "aliexpress-cis", ["HK"] = "alibaba-hong-kong",
        ["ACN"] = "alibaba-china-network-technology",
    };

    private static readonly Dictionary<string, string> Legal = new(StringComparer.Ordinal)
    {
        ["PRC"] = "CN", ["Hong Kong"] = "HK", ["Russian Federation"] = "RU", ["PRC excluding Hong Kong, Macao, Taiwan"] = "CN without HK, MO, TW",
        ["Hangzhou Internet Court"] = "hangzhou-internet-court", ["Yuhang Basic People's Court of Hangzhou"] = "yuhang-basic-peoples-court",
        ["Hong Kong courts"] = "hong-kong-courts", ["courts of Russia"] = "russian-courts", ["HKIAC arbitration"] = "hkiac",
    };

    [SeedFact]
    public void The_shared_questions_are_transcribed_faithfully()
    {
        var wrong = new List<string>();
        var questions = Question.All.ToDictionary(q => q.Id, StringComparer.Ordinal);
        var shared = Seeds.Facts("queries.json").GetProperty("queries").EnumerateArray().ToList();
        foreach (var query in shared.Where(q => q.GetProperty("user").ValueKind == JsonValueKind.Object))
        {
            var id = query.Text("id")!;
            if (questions.GetValueOrDefault(id) is { } question)
            {
                wrong.AddRange(Told(question).Zip(Asked(query)).Where(p => p.First != p.Second).Select(p => $"{id}: the file says `{p.First}`, the shared list `{p.Second}`"));
            }
            else
            {
                wrong.Add($"{id} is not in the file");
            }
        }

        Assert.Equal(83, shared.Count);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [SeedFact]
    public void The_shared_questions_without_a_customer_are_asked_of_the_facts()
    {
        var shared = Seeds.Facts("queries.json").GetProperty("queries").EnumerateArray().Where(q => q.GetProperty("user").ValueKind == JsonValueKind.Null);

        Assert.Equal(shared.Select(q => q.Text("id")), FactQuestionTests.Asked.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Told(Question question) =>
    [
        $"about {question.Agreement} on {question.At}",
        $"{question.Customer.Residence} from {question.Customer.AccessFrom} as {question.Customer.Role} on {question.Customer.Site} for {question.Customer.Service} in {question.Customer.Members}",
        $"version {question.Expected.GetValueOrDefault("version")}",
        $"status {question.Expected["outcome"] switch { "decided" => "determinate", "conflict" => "ambiguous", _ => "not_covered" }}",
        string.Join(" or ", question.Companies()),
        $"other reading {question.Expected.GetValueOrDefault("other-reading")}",
        question.Expected.GetValueOrDefault("law") ?? question.Expected.GetValueOrDefault("law-in-conflict") ?? "",
        question.Expected.GetValueOrDefault("forum") ?? question.Expected.GetValueOrDefault("forum-in-conflict") ?? "",
        question.Expected.GetValueOrDefault("caps") ?? "",
    ];

    private static IEnumerable<string> Asked(JsonElement query)
    {
        var user = query.GetProperty("user");
        var expected = query.GetProperty("expected");
        var role = user.Text("role") switch { "both" => "BuyerAndSeller", "buyer" => "Buyer", "seller" => "Seller", _ => "Visitor" };
        var site = user.Text("site") switch { "alibaba" => "Alibaba", "easy-buy" => "EasyBuy", _ => "AliExpress" };
        var service = user.Text("service") switch { null => "None", "Promotion Services" => "Promotion", "platform technical services" => "PlatformTechnical", _ => "TransactionTechnical" };
        var members = user.GetProperty("member").ValueKind == JsonValueKind.Null
            ? role == "Visitor" ? "None" : site
            : string.Join(", ", user.Texts("member").Select(m => m == "alibaba" ? "Alibaba" : "AliExpress").OrderByDescending(m => m.Length));
        var alternatives = expected.TryGetProperty("alternatives", out var several) ? several.EnumerateArray().ToList() : [expected];
        var companies = alternatives.Select(a => a.Texts("entity_ids") is { Count: > 0 } ids ? Names(ids) : a.ValueKind == JsonValueKind.Object && alternatives.Count > 1 ? "unnamed" : "");
        var otherReading = expected.TryGetProperty("reading_sensitivity", out var sensitivity)
            ? string.Join(", ", sensitivity.GetProperty("entity_ids_under_other_reading").EnumerateArray().Select(r => Names(r.EnumerateArray().Select(e => e.GetString()!)))) : "";
        return
        [
            $"about {Agreements[query.Text("agreement_id")!]} on {query.Text("date")}",
            $"{Places[user.Text("residence")!]} from {Places[user.Text("access_country")!]} as {role} on {site} for {service} in {(members.Length == 0 ? "None" : members)}",
            $"version {(expected.Text("version") is { } version ? Seeds.PathOf(version).Split('/')[1] : "")}",
            $"status {expected.Text("status")}",
            string.Join(" or ", companies.Where(c => c.Length > 0).Order(StringComparer.Ordinal)),
            $"other reading {otherReading}",
            Legally("law"),
            Legally("forum"),
            expected.Text("cap") switch
            {
                null => "",
                var cap when cap.StartsWith("HK$100", StringComparison.Ordinal) => "fixed HKD 100 calendar-year",
                var cap when cap.StartsWith("RMB 1,000", StringComparison.Ordinal) => "fixed CNY 1000 none",
                var cap when cap.StartsWith("greater of", StringComparison.Ordinal) => "greater-of calendar-year",
                _ => "fees-paid agreement",
            },
        ];

        string Legally(string key) => string.Join(", ", (expected.Text(key) == "ambiguous" ? alternatives.Select(a => a.Text(key)) : [expected.Text(key)]).OfType<string>().Select(l => Legal[l]).Distinct());
    }

    private static string Names(IEnumerable<string> ids) => string.Join(" + ", ids.Select(i => Short[i]));
}
