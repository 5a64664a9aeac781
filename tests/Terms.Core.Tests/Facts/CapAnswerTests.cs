using Terms.Facts;

namespace Terms.Tests.Facts;

public sealed class CapAnswerTests
{
    [Fact]
    public void A_fixed_cap_is_determined_whatever_was_paid()
    {
        foreach (decimal? fees in new decimal?[] { null, 0, 5000 })
        {
            var cap = CapAnswer.Of(Shipped.Facts("free-membership/2025-04-01"), fees, "USD");

            Assert.Equal(("determined", 100m, "HKD"), (cap.Outcome, cap.Amount, cap.Currency));
            Assert.Equal<string>(["6.7"], cap.Clauses);
            Assert.Contains("in the calendar year", cap.Because, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_greater_of_fees_and_law_is_certain_only_as_to_the_fees()
    {
        var cap = CapAnswer.Of(Shipped.Facts("terms-of-use/2025-04-01"), 250.50m, "USD");

        Assert.Equal(("undetermined", (decimal?)null, 250.50m, "USD"), (cap.Outcome, cap.Amount, cap.AtLeast, cap.Currency));
        Assert.Equal("The cap is the greater of the fees paid in the calendar year and the most that the law permits. That second amount is not known here, so only the fees are certain.", cap.Because);
        Assert.Equal<string>(["8.8"], cap.Clauses);
    }

    [Fact]
    public void Without_the_fees_nothing_of_the_greater_is_certain()
    {
        var cap = CapAnswer.Of(Shipped.Facts("alibaba-terms-of-use/2020-10-17"), null, null);

        Assert.Equal(("undetermined", (decimal?)null, (decimal?)null), (cap.Outcome, cap.Amount, cap.AtLeast));
        Assert.EndsWith("nor are the fees: send feesPaid and currency.", cap.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Fees_collected_are_the_cap_of_the_membership_and_only_for_interruption()
    {
        var cap = CapAnswer.Of(Shipped.Facts("vip-membership/2023-11-01"), 39.9m, "EUR");

        Assert.Equal(("determined", 39.9m, "EUR"), (cap.Outcome, cap.Amount, cap.Currency));
        Assert.Contains("interruption or unavailability", cap.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Fees_collected_have_to_be_known()
    {
        var cap = CapAnswer.Of(Shipped.Facts("vip-membership/2023-11-01"), null, null);

        Assert.Equal("undetermined", cap.Outcome);
        Assert.Contains("Send feesPaid", cap.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void The_merchant_agreement_fixes_a_thousand()
    {
        var cap = CapAnswer.Of(Shipped.Facts("merchant-service/2022-01-01"), null, null);

        Assert.Equal(("determined", 1000m, "CNY"), (cap.Outcome, cap.Amount, cap.Currency));
        Assert.DoesNotContain("calendar year", cap.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_text_sets_no_cap_the_answer_says_why()
    {
        var cap = CapAnswer.Of(Shipped.Facts("seller-code/undated"), 10, "USD");

        Assert.Equal(("undetermined", (decimal?)null, (decimal?)null), (cap.Outcome, cap.Amount, cap.AtLeast));
        Assert.StartsWith("No clause caps liability.", cap.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_caps_are_not_reduced_to_one()
    {
        var both = Shipped.Facts("free-membership/2025-04-01").AddRange(Shipped.Facts("terms-of-use/2025-04-01"));

        var cap = CapAnswer.Of(both, 10, "HKD");

        Assert.Equal("undetermined", cap.Outcome);
        Assert.Equal<string>(["6.7", "8.8"], cap.Clauses);
    }
}
