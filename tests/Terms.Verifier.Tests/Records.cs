using System.Globalization;
using System.Text.Json.Nodes;

namespace Terms.Verifier.Tests;

/// <summary>Records as docs/evidence.md describes them.</summary>
internal static class Records
{
    public static readonly DateTime Start = new(2026, 5, 3, 10, 0, 0, DateTimeKind.Utc);

    private static readonly JsonObject Answer = new() { ["company"] = "Lamp Hire Ltd.", ["forum"] = "London", ["law"] = "England" };

    public static string AnswerDigest { get; } = Canonical.Digest(Canonical.Bytes(Answer));

    /// <summary>What was shown.</summary>
    public static JsonObject Shown() => new()
    {
        ["act"] = "agree",
        ["agreements"] = new JsonArray(new JsonObject
        {
            ["agreement"] = "lamp-hire", ["edition"] = "official", ["language"] = "en", ["rendering"] = "1", ["since"] = null, ["textDigest"] = TextDigest, ["title"] = "Lamp hire — “terms”", ["version"] = "2025-01-01",
        }),
        ["answer"] = Answer.DeepClone(),
        ["answerDigest"] = AnswerDigest,
        ["button"] = "I agree",
        ["decline"] = "No",
        ["html"] = Canonical.Digest("<p>lamp</p>"u8),
        ["language"] = "en",
        ["schema"] = "terms-shown/1",
        ["surface"] = "signup-web",
    };

    public static string TextDigest { get; } = Canonical.Digest("Lamps are hired by the day."u8);

    public static string ShownDigest { get; } = Canonical.Digest(Canonical.Bytes(Shown()));

    public static string Instant(double seconds) => Start.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Salt(int seed) => Convert.ToBase64String([.. Enumerable.Range(0, 16).Select(i => (byte)((i * 31) + seed))]).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The personal details of an entry, as the annex has them.</summary>
    public static JsonObject Details(int entry) => new()
    {
        ["email"] = new JsonObject { ["salt"] = Salt(entry), ["value"] = $"reader{entry}@example.org" },
        ["name"] = new JsonObject { ["salt"] = Salt(entry + 100), ["value"] = "Zoë \"Z\" O’Hara 張" },
    };

    public static JsonObject Commitments(JsonObject details) => new(details.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Key, Canonical.Digest(Canonical.Bytes(new JsonObject
    {
        ["name"] = d.Key, ["salt"] = d.Value!["salt"]!.DeepClone(), ["value"] = d.Value["value"]!.DeepClone(),
    })))));

    /// <summary>Somebody agreed to lamp-hire; each entry is recorded a second after the one before.</summary>
    public static JsonObject Agree(int entry, string? subject = null, bool hasDetails = true) => new()
    {
        ["schema"] = "terms-record/1",
        ["kind"] = "agree",
        ["subject"] = subject ?? $"customer-{entry}",
        ["actor"] = subject ?? $"customer-{entry}",
        ["authority"] = null,
        ["agreements"] = new JsonArray(new JsonObject { ["agreement"] = "lamp-hire", ["version"] = "2025-01-01", ["textDigest"] = TextDigest, ["language"] = "en", ["rendering"] = "1" }),
        ["language"] = "en",
        ["surface"] = "signup-web",
        ["channel"] = "page",
        ["presentation"] = new JsonObject { ["id"] = $"p{entry}", ["shown"] = ShownDigest },
        ["answer"] = AnswerDigest,
        ["presented"] = Instant(entry - 5),
        ["recorded"] = Instant(entry),
        ["details"] = hasDetails ? Commitments(Details(entry)) : new JsonObject(),
        ["withdraws"] = null,
        ["provenance"] = null,
        ["key"] = "shop",
    };

    public static JsonObject Withdraw(int entry, string subject, string acceptance) => With(
        Agree(entry, subject, hasDetails: false), ("kind", "withdraw"), ("withdraws", acceptance), ("presentation", null), ("presented", null), ("answer", null), ("language", null), ("surface", null));

    public static JsonObject Imported(int entry) => With(
        Agree(entry, hasDetails: false), ("kind", "imported"), ("channel", "import"), ("presentation", null), ("presented", null), ("answer", null), ("language", null), ("surface", null),
        ("provenance", new JsonObject { ["system"] = "old shop", ["reference"] = "row 7", ["agreed"] = "2019-01-01T00:00:00Z", ["note"] = null }));

    public static JsonObject Published(int entry, string version, string text = "a") => new()
    {
        ["schema"] = "terms-publication/1", ["agreement"] = "lamp-hire", ["version"] = version, ["textDigest"] = Canonical.Digest(System.Text.Encoding.UTF8.GetBytes(text)),
        ["announced"] = null, ["effective"] = version, ["edition"] = "official", ["published"] = Instant(entry),
    };

    public static JsonObject With(JsonObject record, params (string Member, JsonNode? Value)[] changes)
    {
        foreach (var (member, value) in changes)
        {
            record[member] = value;
        }
        return record;
    }
}
