using System.Globalization;
using Terms.Facts;

namespace Terms.Tests.Facts;

public sealed class LimitAnswerTests
{
    private const string Merchant = "merchant-service/2022-01-01";

    [Theory]
    [InlineData("vip-membership/2023-11-01", "3.2.1", null, "2025-01-31", "2025-03-02")] // thirty days, not a month
    [InlineData("vip-membership/2023-11-01", "3.3.1", "tl-vip-3.3.1", "2024-01-01", "2024-12-31")] // 365 days of a leap year
    [InlineData("vip-membership/2023-11-01", "3.3.1", "tl-vip-3.3.1", "2025-01-01", "2026-01-01")]
    [InlineData(Merchant, "5.1.4", "tl-msa-5.1.4a", "2024-11-30", "2025-02-28")] // three months end on the last day of a shorter one
    [InlineData(Merchant, "5.1.4", "tl-msa-5.1.4a", "2023-11-30", "2024-02-29")]
    [InlineData(Merchant, "5.1.4", "tl-msa-5.1.4a", "2025-01-31", "2025-04-30")]
    [InlineData(Merchant, "12.2", null, "2024-02-29", "2029-02-28")] // five years from a leap day
    [InlineData(Merchant, "15.10", null, "2025-05-01", "2025-05-06")]
    [InlineData(Merchant, "15.2.2", null, "2025-05-01", "2025-05-31")]
    [InlineData("free-membership/2025-04-01", "8.7", "tl-fma-8.7a", "2025-05-01", "2025-05-08")]
    [InlineData("seller-code/undated", "4.1.3", null, "2024-02-29", "2025-02-28")]
    public void The_last_day_is_counted_from_the_day_after_the_start(string version, string clause, string? id, string start, string lastDay)
    {
        var limit = LimitAnswer.Of(Shipped.Facts(version), clause, Day(start), id);

        Assert.Equal(("determined", Day(lastDay), Day(lastDay)), (limit.Outcome, limit.LastDay!.Value, limit.NotBefore!.Value));
        Assert.Contains(clause, limit.Clauses);
        Assert.EndsWith("the day of that event is not counted.", limit.Because, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4.1", null, "2025-05-02", "2025-05-23")] // fifteen working days from a Friday
    [InlineData("10.2", null, "2025-05-03", "2025-05-07")] // three from a Saturday
    [InlineData("10.2", null, "2025-05-07", "2025-05-12")] // three from a Wednesday
    public void Working_days_leave_out_weekends_and_do_not_know_holidays(string clause, string? id, string start, string notBefore)
    {
        var limit = LimitAnswer.Of(Shipped.Facts(Merchant), clause, Day(start), id);

        Assert.Equal(("undetermined", (DateOnly?)null, Day(notBefore)), (limit.Outcome, limit.LastDay, limit.NotBefore!.Value));
        Assert.Contains("public holidays are not known here", limit.Because, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("free-membership/2025-04-01", "6.7", "tl-fma-6.7y", "2024-02-29", "2025-02-28")]
    [InlineData("terms-of-use/2025-04-01", "8.8", "tl-tou-8.8", "2025-03-31", "2026-03-31")]
    [InlineData(Merchant, "9.2", "tl-msa-9.2b", "2024-02-29", "2026-02-28")]
    public void A_limit_that_the_law_may_lengthen_is_certain_only_to_its_own_end(string version, string clause, string id, string start, string notBefore)
    {
        var limit = LimitAnswer.Of(Shipped.Facts(version), clause, Day(start), id);

        Assert.Equal(("undetermined", (DateOnly?)null, Day(notBefore)), (limit.Outcome, limit.LastDay, limit.NotBefore!.Value));
        Assert.Contains("or a longer period where the law gives one", limit.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_renderings_that_contradict_each_other_are_both_given()
    {
        var limit = LimitAnswer.Of(Shipped.Facts(Merchant), "5.1.4", Day("2025-01-31"), null);

        Assert.Equal(("undetermined", (DateOnly?)null), (limit.Outcome, limit.LastDay));
        Assert.Equal("Two renderings of the text contradict each other; each limit is given with its rendering.", limit.Because);
        Assert.Contains(limit.Limits, l => l.Rendering == 1 && l.LastDay == Day("2025-02-02"));
        Assert.Contains(limit.Limits, l => l.Rendering == 2 && l.LastDay == Day("2025-03-02"));
    }

    [Fact]
    public void Several_limits_of_one_clause_are_given_one_by_one()
    {
        var limit = LimitAnswer.Of(Shipped.Facts("terms-of-use/2025-04-01"), "12.7 ¶2", Day("2025-05-01"), null);

        Assert.Equal("undetermined", limit.Outcome);
        Assert.Contains("Send id to ask for one.", limit.Because, StringComparison.Ordinal);
        Assert.Equal([Day("2025-05-08"), Day("2025-05-31")], limit.Limits.Select(l => l.LastDay!.Value));
    }

    [Fact]
    public void A_limit_without_a_figure_says_why()
    {
        var limit = LimitAnswer.Of(Shipped.Facts("vip-membership/2023-11-01"), "3.4.1", Day("2025-05-01"), null);

        Assert.Equal(("undetermined", (DateOnly?)null, (DateOnly?)null), (limit.Outcome, limit.LastDay, limit.NotBefore));
        Assert.Contains("Member Center", limit.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_the_text_names_does_not_depend_on_the_start() =>
        Assert.Equal(Day("2013-03-18"), LimitAnswer.Of(Shipped.Facts("free-membership/2025-04-01"), "2.9", Day("2025-05-01"), "tl-fma-2.9").LastDay);

    [Fact]
    public void A_clause_without_a_limit_says_so() =>
        Assert.Equal("Clause 1.1 states no time limit.", LimitAnswer.Of(Shipped.Facts(Merchant), "1.1", Day("2025-05-01"), null).Because);

    [Fact]
    public void A_limit_beyond_the_calendar_is_not_computed()
    {
        var limit = LimitAnswer.Of(Shipped.Facts(Merchant), "12.2", DateOnly.MaxValue, null);

        Assert.Equal(("undetermined", "The last day lies beyond the year 9999."), (limit.Outcome, limit.Because));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
