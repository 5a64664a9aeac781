using Terms.Comparison;

namespace Terms.Tests.Comparison;

/// <summary>Places of critical clauses that a change touched by punctuation alone.</summary>
public sealed class ChangeLintTests
{
    private const string Law = "## 1. Law\n\n1.1 The law of the Isles governs, if you live there. We answer for oil up to EUR 50.\n";

    [Theory]
    [InlineData("if you live there", "if you live, there", "“governs, if you live, there. We answer for” was “governs, if you live there. We answer for” before, and only punctuation differs")]
    [InlineData("governs, if", "governs; if", "“of the Isles governs; if you live there. We” was “of the Isles governs, if you live there. We” before, and only punctuation differs")]
    [InlineData("governs, if you live there", "governs. If you live there", "“of the Isles governs. If you live there. We” was “of the Isles governs, if you live there. We” before, and only punctuation differs")]
    public void Punctuation_that_changed_in_a_critical_clause_is_found(string old, string @new, string says)
    {
        var finding = Assert.Single(ChangeLint.Find(Compare(Law, Law.Replace(old, @new, StringComparison.Ordinal), "1.1")));

        Assert.Equal(("TW701", "1.1", says), (finding.Code, finding.Clause, finding.What));
    }

    [Fact]
    public void It_is_found_beside_other_changes_of_the_clause() =>
        Assert.Single(ChangeLint.Find(Compare(Law, Law.Replace("governs, if", "governs if", StringComparison.Ordinal).Replace("EUR 50", "EUR 80", StringComparison.Ordinal), "1.1")));

    [Theory]
    [InlineData("the Isles", "Northland")]
    [InlineData("governs, if", "rules if")]
    [InlineData("governs, if", "governs,  if")]
    [InlineData("The law", "THE LAW")]
    [InlineData("the Isles", "“the Isles”")]
    public void Words_spaces_capitals_and_quotation_marks_are_no_punctuation(string old, string @new) =>
        Assert.Empty(ChangeLint.Find(Compare(Law, Law.Replace(old, @new, StringComparison.Ordinal), "1.1")));

    [Fact]
    public void A_clause_on_other_things_may_change_its_punctuation() =>
        Assert.Empty(ChangeLint.Find(Compare(Law, Law.Replace("governs, if", "governs if", StringComparison.Ordinal), "9.9")));

    [Fact]
    public void An_item_of_a_critical_clause_is_critical()
    {
        const string items = "## 1. Law\n\n1.1 The law of the Isles governs:\n\n(a) lamps, and\n\n(b) wicks.\n";

        Assert.Equal("1.1(a)", Assert.Single(ChangeLint.Find(Compare(items, items.Replace("lamps, and", "lamps and", StringComparison.Ordinal), "1.1"))).Clause);
    }

    private static TextComparison Compare(string old, string @new, string critical) => Texts.Compare(old, @new, new ComparisonFocus(new HashSet<string> { critical }, new HashSet<string> { critical }, []));
}
