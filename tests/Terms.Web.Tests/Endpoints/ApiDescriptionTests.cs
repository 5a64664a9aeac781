using System.Text.Json.Nodes;

namespace Terms.Web.Tests.Endpoints;

public sealed class ApiDescriptionTests(TermsApplication application) : IClassFixture<TermsApplication>
{
    private static readonly string Checked = Path.Combine(Repository.Root, "docs", "openapi.json");

    [Fact]
    public async Task The_served_description_is_the_one_checked_in()
    {
        using var client = application.CreateClient();
        var served = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        Assert.StartsWith("3.1", served["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("TERMS_WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(Checked, served.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
        }
        Assert.True(JsonNode.DeepEquals(served, JsonNode.Parse(await File.ReadAllTextAsync(Checked))),
            "The API has changed. Run the tests with TERMS_WRITE_OPENAPI=1, and commit docs/openapi.json if the change is meant.");
    }

    [Fact]
    public async Task Every_route_of_the_description_is_tried_in_Terms_http()
    {
        using var client = application.CreateClient();
        var served = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        var tried = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "Terms.Web", "Terms.http"));
        foreach (var (path, _) in served["paths"]!.AsObject())
        {
            var pattern = System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Escape(path), @"\\\{[^}]+}", "[^/?\\s]+");
            Assert.Matches($@"}}}}{pattern}(\?|\r?\n)", tried);
        }
    }
}
