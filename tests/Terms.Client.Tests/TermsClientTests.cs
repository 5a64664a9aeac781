using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Terms.Web.Tests;

namespace Terms.Client.Tests;

public sealed class TermsClientTests : IDisposable
{
    private static readonly Customer Buyer = new("NO", "buyer") { Site = "easy-buy" };

    private readonly AcceptanceApplication terms = new();

    [Fact]
    public async Task What_applies_is_answered_for_one_and_for_many()
    {
        await using var shop = await Shop.Start(terms, Build);

        var one = await shop.Terms.Applicable(Buyer, "lamp-hire");
        var many = await shop.Terms.Applicable([Buyer, Buyer with { Role = "visitor" }], "lamp-hire");

        var answer = Assert.Single(one.Agreements);
        Assert.Equal(("lamp-hire", "2025-01-01"), (answer.Agreement, answer.Version!.Id));
        Assert.NotEmpty(answer.Party.Parties);
        Assert.Equal(2, many.Count);
        Assert.Equal(answer.Version.TextDigest, many[0].Agreements[0].Version!.TextDigest);
    }

    [Fact]
    public async Task A_bad_question_among_many_is_named()
    {
        await using var shop = await Shop.Start(terms, Build);

        var problem = await Assert.ThrowsAsync<TermsProblemException>(() => shop.Terms.Applicable([Buyer, Buyer with { Residence = "Norway" }]));

        Assert.Equal("invalid-parameter", problem.Type);
        Assert.StartsWith("Question 2: ", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subject_is_asked_accepts_has_a_receipt_and_withdraws()
    {
        await using var shop = await Shop.Start(terms, Build);
        var before = await shop.Terms.Status("m:1 ä", Buyer);
        Assert.Equal("never-accepted", Assert.Single(before.Required).Because);
        Assert.False(before.IsComplete);

        var shown = await shop.Terms.Present(new PresentationRequest("m:1 ä", Buyer, "signup-web") { ReturnTo = "https://shop.example/welcome", Minutes = 30, Language = "ko" });
        var recorded = await shop.Terms.Record(shown.Token, details: new Dictionary<string, string> { ["email"] = "a@example.org" });

        Assert.True((await shop.Terms.Status("m:1 ä", Buyer)).IsComplete);
        Assert.Equal("a@example.org", (await shop.Terms.Acceptance(recorded.Id)).Details!["email"]);
        Assert.Equal(recorded.Id, Assert.Single(await shop.Terms.Acceptances("m:1 ä")).Id);
        Assert.Contains("terms-receipt/1", Encoding.UTF8.GetString(await shop.Terms.Receipt(recorded.Id)), StringComparison.Ordinal);
        Assert.DoesNotContain("a@example.org", Encoding.UTF8.GetString(await shop.Terms.Receipt(recorded.Id, withDetails: false)), StringComparison.Ordinal);
        Assert.StartsWith("http://localhost/acceptances/", (await shop.Terms.Link("m:1 ä")).Url, StringComparison.Ordinal);

        await shop.Terms.Withdraw("m:1 ä", recorded.Id);
        Assert.Equal("withdrawn", Assert.Single((await shop.Terms.Status("m:1 ä", Buyer)).Required).Because);
    }

    [Fact]
    public async Task A_form_that_was_answered_is_a_problem_with_its_reason()
    {
        await using var shop = await Shop.Start(terms, Build);
        var shown = await shop.Terms.Present(new PresentationRequest("m-1", Buyer, "signup-web"));
        await shop.Terms.Record(shown.Token);

        var problem = await Assert.ThrowsAsync<TermsProblemException>(() => shop.Terms.Record(shown.Token));

        Assert.Equal((HttpStatusCode.Conflict, "stale-presentation", "used"), (problem.Status, problem.Type, problem.Reason));
    }

    [Fact]
    public async Task The_same_idempotency_key_records_once()
    {
        await using var shop = await Shop.Start(terms, Build);
        var shown = await shop.Terms.Present(new PresentationRequest("m-1", Buyer, "signup-web"));

        var first = await shop.Terms.Record(shown.Token, idempotencyKey: "order-7");
        var second = await shop.Terms.Record(shown.Token, idempotencyKey: "order-7");

        Assert.Equal(first.Id, second.Id);
    }

    [Fact]
    public async Task What_the_service_cannot_take_at_the_moment_is_tried_again_as_the_same_act()
    {
        var clock = new MovedClock();
        using var busy = new Stub((_, count) => count < 3 ? Busy(TimeSpan.FromSeconds(2)) : Json(HttpStatusCode.Created, """{"id":"a0-x","record":{},"receipt":"/r"}"""));
        await using var shop = await Shop.Start("tk_x_y", busy, Build, clock);

        var recorded = await shop.Terms.Record("token");

        Assert.Equal("a0-x", recorded.Id);
        Assert.Equal(3, busy.Asked.Count);
        Assert.Single(busy.Asked.Select(a => a.Idempotency).Distinct());
        Assert.Equal(2, clock.Waits.Count(w => w == TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task A_long_wait_is_left_to_the_caller()
    {
        using var busy = new Stub((_, _) => Busy(TimeSpan.FromMinutes(5)));
        await using var shop = await Shop.Start("tk_x_y", busy, Build);

        var problem = await Assert.ThrowsAsync<TermsProblemException>(() => shop.Terms.Status("m-1", Buyer));

        Assert.Equal(("store-busy", TimeSpan.FromMinutes(5)), (problem.Type, problem.RetryAfter));
        Assert.Single(busy.Asked);
    }

    [Theory]
    [InlineData(200, "<html>A proxy says hello</html>", "none that the terms service gives")]
    [InlineData(200, "null", "none that the terms service gives")]
    [InlineData(502, "<html>Bad gateway</html>", "Is the address that of the terms service?")]
    [InlineData(404, "{}", "Is the address that of the terms service?")]
    public async Task What_does_not_come_from_the_service_is_called_unreadable(int status, string body, string says)
    {
        using var other = new Stub((_, _) => Json((HttpStatusCode)status, body));
        await using var shop = await Shop.Start("tk_x_y", other, Build);

        var problem = await Assert.ThrowsAsync<TermsProblemException>(() => shop.Terms.Status("m-1", Buyer));

        Assert.Equal("unreadable", problem.Type);
        Assert.Contains(says, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        using var endless = new Stub((_, _) => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Endless()) });
        await using var shop = await Shop.Start("tk_x_y", endless, Build);

        var problem = await Assert.ThrowsAsync<TermsProblemException>(() => shop.Terms.Status("m-1", Buyer));

        Assert.Contains("longer than 4,194,304 bytes", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "tk_x_y", "The address of the terms service is missing.")]
    [InlineData("http://localhost", null, "The key for the terms service is missing.")]
    public void A_client_without_address_or_key_says_what_to_set(string? address, string? key, string says)
    {
        var services = new ServiceCollection();
        services.AddTermsClient(o => (o.Address, o.Key) = (address is null ? null : new Uri(address), key));
        using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<TermsClient>());

        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => terms.Dispose();

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddTermsClient(o => (o.Address, o.Key) = (new Uri(builder.Configuration["Terms:Address"]!), builder.Configuration["Terms:Key"]));
        return builder.Build();
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Busy(TimeSpan wait)
    {
        var response = Json(HttpStatusCode.ServiceUnavailable, """{"type":"/problems/store-busy","detail":"Too much waits."}""");
        response.Headers.RetryAfter = new(wait);
        return response;
    }

    /// <summary>Bytes without end.</summary>
    private sealed class Endless : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => 0; set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => count;
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
