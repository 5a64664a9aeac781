using System.Net;
using System.Text.Json;

namespace Terms.Web.Tests.Endpoints;

public sealed class CompareTests(TermsApplication application) : IClassFixture<TermsApplication>
{
    private readonly HttpClient client = application.CreateClient();

    private async Task<JsonElement> Get(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/agreements/" + path, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{path}: {response.StatusCode}\n{body}");
        return JsonDocument.Parse(body).RootElement;
    }

    [Fact]
    public async Task Two_versions_compare_clause_by_clause_with_facts_rules_and_impact()
    {
        var comparison = await Get("free-membership/compare?from=2024-07-12&to=2025-04-01");

        Assert.Equal("2024-07-12", comparison.GetProperty("from").GetProperty("version").GetString());
        Assert.StartsWith("3 clauses changed, 1 added", comparison.GetProperty("summary").GetString(), StringComparison.Ordinal);
        var korea = comparison.GetProperty("clauses").EnumerateArray().Single(c => c.GetProperty("toLabel").GetString() == "1.1(c)");
        Assert.Equal("added", korea.GetProperty("kind").GetString());
        Assert.True(korea.GetProperty("critical").GetBoolean());
        Assert.Equal(JsonValueKind.Null, korea.GetProperty("fromLabel").ValueKind);
        var renumbered = comparison.GetProperty("clauses").EnumerateArray().Single(c => c.GetProperty("toLabel").GetString() == "1.1(d)");
        Assert.Equal(("renumbered", "1.1(c)"), (renumbered.GetProperty("kind").GetString(), renumbered.GetProperty("fromLabel").GetString()));
        Assert.Equal(["equal", "insert", "equal"], renumbered.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("op").GetString()).Take(3));
        Assert.Equal("quote", Assert.Single(comparison.GetProperty("facts").EnumerateArray()).GetProperty("values")[0].GetProperty("name").GetString());
        Assert.Equal("south-korea", comparison.GetProperty("rules")[0].GetProperty("rule").GetString());
        var impact = comparison.GetProperty("impact")[0];
        Assert.StartsWith("residents of South Korea", impact.GetProperty("who").GetString(), StringComparison.Ordinal);
        Assert.Equal("KR", impact.GetProperty("example").GetProperty("residence").GetString());
        Assert.True(impact.GetProperty("combinations").GetInt64() > 30_000);
    }

    [Fact]
    public async Task Two_renderings_of_one_version_compare()
    {
        var comparison = await Get("merchant-service/compare?from=2022-01-01&to=2022-01-01&toRendering=2");

        Assert.Equal((1, 2), (comparison.GetProperty("from").GetProperty("rendering").GetInt32(), comparison.GetProperty("to").GetProperty("rendering").GetInt32()));
        Assert.Contains(comparison.GetProperty("clauses").EnumerateArray(), c => c.GetProperty("kind").GetString() == "merged");
        Assert.Empty(comparison.GetProperty("impact").EnumerateArray());
    }

    [Theory]
    [InlineData("free-membership/compare?from=2024-07-12", 400, "invalid-parameter", "\"to\" is missing. Send to=2025-04-01.")]
    [InlineData("free-membership/compare?from=2024-07-12&to=2030-01-01", 404, "unknown-version", "Send one of: 2024-07-12, 2025-04-01.")]
    [InlineData("nothing/compare?from=2024-07-12&to=2030-01-01", 404, "unknown-agreement", "nothing")]
    [InlineData("free-membership/compare?from=2024-07-12&to=2025-04-01&toRendering=2", 400, "invalid-parameter", "Send one of: lang=en&toRendering=1.")]
    [InlineData("free-membership/compare?from=2024-07-12&to=2025-04-01&fromRendering=-1", 400, "invalid-parameter", "has no rendering -1")]
    [InlineData("free-membership/compare?from=2024-07-12&to=2025-04-01&with=me", 400, "invalid-parameter", "\"with\" is not known")]
    [InlineData("free-membership/compare?from=2024-07-12&to=2025-04-01&knownAt=2020-01-01", 404, "unknown-version", "Send a later knownAt.")]
    public async Task A_wrong_question_says_what_to_send(string path, int status, string type, string says)
    {
        var problem = await Get(path, (HttpStatusCode)status);
        Assert.EndsWith("/" + type, problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
