using System.Text;
using Terms.Acceptance;
using Terms.Webhooks;

namespace Terms.Tests.Webhooks;

/// <summary>Webhooks: their parts, their signature, their messages.</summary>
public sealed class WebhookTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_signature_is_the_one_that_Standard_Webhooks_gives_as_its_example()
    {
        var secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            secret.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""u8));
    }

    [Fact]
    public void A_secret_has_256_random_bits_and_is_read_back()
    {
        var (one, other) = (WebhookSecret.New(), WebhookSecret.New());

        Assert.NotEqual(one.ToString(), other.ToString());
        Assert.Equal(one.Sign("m", Now, "x"u8), WebhookSecret.Parse(one.ToString()).Sign("m", Now, "x"u8));
        Assert.Equal(32, Convert.FromBase64String(one.ToString()["whsec_".Length..]).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_!!!!")]
    public void What_is_no_secret_is_refused(string text) =>
        Assert.Equal("The secret of a webhook is `whsec_` and 24 to 64 bytes in base64.", Assert.Throws<FormatException>(() => WebhookSecret.Parse(text)).Message);

    [Theory]
    [InlineData("Mail", "https://shop.example/", "The id of a webhook has 1 to 40 lower-case letters")]
    [InlineData("mail", "shop.example", "The address of a webhook is absolute, begins with https://")]
    [InlineData("mail", "file:///etc/passwd", "The address of a webhook is absolute, begins with https://")]
    [InlineData("mail", "https://user:word@shop.example/", "The address of a webhook is absolute, begins with https://")]
    [InlineData("mail", "https://shop.example/#part", "The address of a webhook is absolute, begins with https://")]
    public void A_webhook_checks_its_parts(string id, string address, string because) =>
        Assert.StartsWith(because, Assert.Throws<ArgumentException>(() => new Webhook(id, address, [Webhook.Published], Now)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_webhook_is_told_of_known_events_each_once()
    {
        Assert.StartsWith("The event `version.gone` is not known. Use: version.published", Assert.Throws<ArgumentException>(() => new Webhook("w", "https://shop.example/", ["version.gone"], Now)).Message, StringComparison.Ordinal);
        Assert.StartsWith("A webhook is told of at least one event.", Assert.Throws<ArgumentException>(() => new Webhook("w", "https://shop.example/", [], Now)).Message, StringComparison.Ordinal);
        Assert.Equal(Webhook.Published, Assert.Single(new Webhook("w", "https://shop.example/", [Webhook.Published, Webhook.Published], Now).Events));
    }

    [Fact]
    public void A_message_has_the_same_bytes_and_the_same_id_each_time()
    {
        var message = WebhookMessage.Published(new Publication("lamp-hire", "2025-07-01", "sha256:00", "2025-06-01", "2025-07-01", "restatement", Now));

        var body = message.Bytes(7);

        Assert.Equal(
            """{"agreement":"lamp-hire","data":{"agreement":"lamp-hire","announced":"2025-06-01","edition":"restatement","effective":"2025-07-01","textDigest":"sha256:00","version":"2025-07-01"},"""
            + """
            "sequence":7,"timestamp":"2026-05-03T10:00:00Z","type":"version.published"}
            """, Encoding.UTF8.GetString(body));
        Assert.Equal(WebhookMessage.IdOf(body), WebhookMessage.IdOf(message.Bytes(7)));
        Assert.NotEqual(WebhookMessage.IdOf(body), WebhookMessage.IdOf(message.Bytes(8)));
        Assert.Matches("^msg_[0-9a-f]{32}$", WebhookMessage.IdOf(body));
    }
}
