using Terms.Catalogue;

namespace Terms.Tests.Facts;

public sealed class ReceiptAnswerTests
{
    private const string Merchant = "merchant-service/2022-01-01";

    [Theory]
    [InlineData("terms-of-use/2025-04-01", "to-platform", "courier", "undetermined")]
    [InlineData("terms-of-use/2025-04-01", "to-platform", "fax", "not-permitted")]
    [InlineData("terms-of-use/2025-04-01", "to-platform", "site-posting", "not-permitted")]
    [InlineData("terms-of-use/2025-04-01", "to-user", "email", "determined")]
    [InlineData("terms-of-use/2025-04-01", "to-user", "sms", "not-permitted")]
    [InlineData("terms-of-use/2025-04-01", "judicial", "email", "undetermined")]
    [InlineData(Merchant, "judicial", "sms", "determined")]
    [InlineData(Merchant, "judicial", "paper-mail", "undetermined")]
    [InlineData(Merchant, "judicial", "fax", "not-permitted")]
    [InlineData(Merchant, "to-user", "email", "determined")]
    [InlineData(Merchant, "to-platform", "customer-service", "undetermined")]
    [InlineData("seller-code/undated", "to-platform", "email", "undetermined")]
    [InlineData("free-membership/2025-04-01", "to-user", "email", "undetermined")]
    public void A_channel_is_permitted_or_not(string version, string direction, string channel, string outcome) =>
        Assert.Equal(outcome, Shipped.Receipt(version, direction, channel, "2025-05-01T09:00:00Z").Outcome);

    [Fact]
    public void A_channel_that_is_not_permitted_is_answered_with_those_that_are()
    {
        var receipt = Shipped.Receipt("terms-of-use/2025-04-01", "to-platform", "email", "2025-05-01T09:00:00Z");

        Assert.Equal("The text permits only personal, courier, certified-mail.", receipt.Because);
        Assert.Contains("11.1", receipt.Clauses);
    }

    [Fact]
    public void What_takes_effect_on_receipt_is_not_dated_by_its_sending()
    {
        var receipt = Shipped.Receipt("alibaba-terms-of-use/2020-10-17", "to-platform", "certified-mail", "2020-12-01T09:00:00Z");

        Assert.Equal(("undetermined", (DateTimeOffset?)null, (DateOnly?)null), (receipt.Outcome, receipt.Instant, receipt.Date));
        Assert.Contains("when it is received", receipt.Because, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-05-01T09:00:00Z", "2025-05-06")]
    [InlineData("2025-05-01T15:59:59Z", "2025-05-06")] // still 1 May in Hong Kong
    [InlineData("2025-05-01T16:00:00Z", "2025-05-07")] // already 2 May
    [InlineData("2024-02-26T00:00:00Z", "2024-03-02")] // a leap year
    [InlineData("2025-02-26T00:00:00Z", "2025-03-03")]
    [InlineData("2025-12-28T00:00:00Z", "2026-01-02")]
    public void A_letter_is_received_on_the_fifth_day_after_the_day_of_mailing(string sentAt, string day)
    {
        var receipt = Shipped.Receipt(Merchant, "to-user", "paper-mail", sentAt);

        Assert.Equal(("determined", (DateTimeOffset?)null, day), (receipt.Outcome, receipt.Instant, receipt.Date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("15.10", receipt.Clauses);
    }

    [Fact]
    public void A_letter_that_is_received_beyond_the_calendar_is_not_dated()
    {
        var receipt = Shipped.Receipt(Merchant, "to-user", "paper-mail", "9999-12-28T00:00:00Z");

        Assert.Equal(("undetermined", "The day of receipt lies beyond the year 9999."), (receipt.Outcome, receipt.Because));
        Assert.Equal(DateOnly.MaxValue, Shipped.Receipt(Merchant, "to-user", "paper-mail", "9999-12-26T00:00:00Z").Date);
    }

    [Fact]
    public void A_sent_message_is_received_at_that_instant_on_that_day_in_Hong_Kong()
    {
        var receipt = Shipped.Receipt(Merchant, "to-user", "sms", "2025-05-01T20:00:00Z");

        Assert.Equal(("2025-05-01T20:00:00Z", new DateOnly(2025, 5, 2)), (receipt.Instant!.Value.ToRfc3339(), receipt.Date!.Value));
    }
}
