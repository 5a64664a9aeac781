using System.Net;
using System.Text.RegularExpressions;
using Terms.Web.Tests;

namespace Terms.Client.Tests;

/// <summary>docs/examples/client.md: its code is compiled here, and its exchanges are had with the real terms service.</summary>
public sealed partial class ExampleTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "examples", "client.md")).ReplaceLineEndings("\n");

    private readonly AcceptanceApplication terms = new();

    [Fact]
    public void The_code_shown_is_the_code_that_runs()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Terms.Client.Tests", "ExampleShop.cs")).ReplaceLineEndings("\n");
        var code = string.Join('\n', Between(source).Split('\n').Select(l => l.Length > 8 ? l[8..] : l.Trim())).Trim();

        Assert.Contains($"```csharp\n{code}\n```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exchanges_shown_are_those_that_take_place()
    {
        var exchanges = Exchange().Matches(Page).Select(m => (Request: m.Groups[1].Value, Status: int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), Body: m.Groups[3].Value.Trim())).ToList();
        Assert.Equal(3, exchanges.Count);
        await using var shop = await Shop.Start(terms, ExampleShop.Build);

        var refused = await Take(exchanges[0]);
        Assert.Equal("never-accepted", refused!.Value.GetProperty("required")[0].GetProperty("because").GetString());
        await Accept(shop);
        await Take(exchanges[1]);
        terms.Now = new DateTimeOffset(2025, 7, 2, 0, 0, 0, TimeSpan.Zero);
        var again = await Take(exchanges[2]);
        Assert.Equal("new-version", again!.Value.GetProperty("required")[0].GetProperty("because").GetString());

        async Task<System.Text.Json.JsonElement?> Take((string Request, int Status, string Body) shown)
        {
            Assert.Equal("POST /orders\nX-Member: m-4711", shown.Request);
            using var response = await shop.Order("m-4711");
            Assert.Equal(shown.Status, (int)response.StatusCode);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal(shown.Body, await response.Content.ReadAsStringAsync());
                return null;
            }
            var body = await Shop.Body(response);
            foreach (var member in System.Text.Json.JsonDocument.Parse(shown.Body.Replace("…", "", StringComparison.Ordinal)).RootElement.EnumerateObject())
            {
                Assert.StartsWith(member.Value.GetRawText().TrimEnd('"'), body.GetProperty(member.Name).GetRawText(), StringComparison.Ordinal);
            }
            return body;
        }
    }

    public void Dispose() => terms.Dispose();

    private static async Task Accept(Shop shop)
    {
        var shown = await shop.Terms.Present(new PresentationRequest("m-4711", new Customer("NO", "buyer") { Site = "easy-buy" }, "checkout-web"));
        await shop.Terms.Record(shown.Token);
    }

    private static string Between(string source)
    {
        const string begin = "// The example begins here.", end = "// The example ends here.";
        var start = source.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return source[start..source.IndexOf(end, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"```http\n(POST [^`]*?)\n\n(\d{3})[^\n]*\n((?:(?!```).*\n)*)```")]
    private static partial Regex Exchange();
}
