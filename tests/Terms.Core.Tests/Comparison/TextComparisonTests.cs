using Terms.Comparison;

namespace Terms.Tests.Comparison;

public sealed class TextComparisonTests
{
    private const string Lamps = "## 1. Lamps\n\n1.1 The owner hires out lamps of every size to those who ask for them in writing.\n\n1.2 The hirer pays ten dollars for each week of use, in advance.\n\n";
    private const string Damage = "## 2. Damage\n\n2.1 The hirer bears the cost of every lamp that comes back broken or does not come back.\n\n2.2 Claims must be made within thirty (30) days after the lamp was due.\n\n";

    [Fact]
    public void A_text_compared_with_itself_is_unchanged() => Assert.All(Texts.Compare(Lamps + Damage, Lamps + Damage).Clauses, c => Assert.Equal(ChangeKind.Unchanged, c.Kind));

    [Fact]
    public void A_new_clause_in_front_renumbers_those_behind()
    {
        var comparison = Texts.Compare(Lamps, "## 1. Lamps\n\n1.1 Lamps are shown on the first floor only.\n\n1.2 The owner hires out lamps of every size to those who ask for them in writing.\n\n1.3 The hirer pays twelve dollars for each week of use, in advance.\n\n");
        Assert.Equal(["Added - → 1.1", "Renumbered 1.1 → 1.2", "Renumbered* 1.2 → 1.3"], comparison.Said());
    }

    [Fact]
    public void A_clause_that_goes_to_another_section_has_moved()
    {
        var comparison = Texts.Compare(
            Lamps + Damage,
            "## 1. Lamps\n\n1.1 The owner hires out lamps of every size to those who ask for them in writing.\n\n## 2. Damage\n\n2.1 The hirer bears the cost of every lamp that comes back broken or does not come back.\n\n2.2 Claims must be made within thirty (30) days after the lamp was due.\n\n2.3 The hirer pays ten dollars for each week of use, in advance.\n\n");
        Assert.Equal(["Moved 1.2 → 2.3"], comparison.Said());
    }

    [Fact]
    public void Of_clauses_that_change_places_the_shorter_has_moved()
    {
        var comparison = Texts.Compare(
            Lamps, "## 1. Lamps\n\n1.1 The hirer pays ten dollars for each week of use, in advance.\n\n1.2 The owner hires out lamps of every size to those who ask for them in writing.\n\n");
        Assert.Equal(["Moved 1.2 → 1.1", "Renumbered 1.1 → 1.2"], comparison.Said());
    }

    [Fact]
    public void A_clause_cut_in_two_is_split_and_put_together_again_merged()
    {
        var one = "## 1. Lamps\n\n1.1 The owner hires out lamps of every size to those who ask for them in writing. The hirer pays ten dollars for each week of use, in advance.\n\n";
        Assert.Equal(["Split 1.1 (passage)", "Split 1.1 → 1.2 (passage)"], Texts.Compare(one, Lamps).Said());
        Assert.Equal(["Merged 1.1 (passage)", "Merged 1.2 → 1.1 (passage)"], Texts.Compare(Lamps, one).Said());
        Assert.Equal("The hirer pays ten dollars for each week of use, in advance.", Texts.Compare(one, Lamps).Clauses.Single(c => c.ToLabel == "1.2").FromText);
    }

    [Fact]
    public void A_text_that_has_lost_its_paragraphs_is_still_compared_clause_by_clause()
    {
        var flat = "[preamble] 1.1 The owner hires out lamps of every size to those who ask for them in writing. 1.2 The hirer pays ten dollars for each week of use, in advance. "
            + "2.1 The hirer bears the cost of every lamp that comes back broken or does not come back. 2.2 Claims must be made within sixty (60) days after the lamp was due.\n\n";
        var said = Texts.Compare(Lamps + Damage, flat).Said();
        Assert.Equal(["Merged* 1.1 → preamble (passage)", "Merged* 1.2 → preamble (passage)", "Merged* 2.1 → preamble (passage)", "Merged* 2.2 → preamble (passage)"], said.Where(s => s.StartsWith("Merged", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_sentence_that_goes_into_another_clause_is_a_moved_passage()
    {
        var comparison = Texts.Compare(
            Lamps + Damage,
            "## 1. Lamps\n\n1.1 The owner hires out lamps of every size to those who ask for them in writing. Claims must be made within thirty (30) days after the lamp was due.\n\n"
            + "1.2 The hirer pays ten dollars for each week of use, in advance.\n\n## 2. Damage\n\n2.1 The hirer bears the cost of every lamp that comes back broken or does not come back.\n\n"
            + "2.2 Nobody but the owner mends lamps, whoever broke them, and wherever they broke.\n\n");
        Assert.Equal(["Changed* 1.1", "Moved 2.2 → 1.1 (passage)", "Added - → 2.2"], comparison.Said());
    }

    [Fact]
    public void Spacing_quotes_case_and_punctuation_are_cosmetic()
    {
        var change = Texts.Compare(Lamps, Lamps.Replace("pays ten", "pays, TEN", StringComparison.Ordinal)).Changes.Single();
        Assert.True(change.IsCosmetic);
        Assert.False(Texts.Compare(Lamps, Lamps.Replace("pays ten", "pays 10", StringComparison.Ordinal)).Changes.Single().IsCosmetic);
    }

    [Theory]
    [InlineData("0.5%", "5%")]
    [InlineData("1,000", "1.000")]
    [InlineData("50%", "50")]
    [InlineData("$50", "€50")]
    public void Marks_that_mean_something_are_not_cosmetic(string old, string @new)
    {
        var change = Texts.Compare(Lamps.Replace("ten", old, StringComparison.Ordinal), Lamps.Replace("ten", @new, StringComparison.Ordinal)).Changes.Single();
        Assert.False(change.IsCosmetic);
        Assert.True(change.Figures);
    }

    [Fact]
    public void Punctuation_that_changes_in_a_critical_clause_is_flagged()
    {
        var focus = new ComparisonFocus(new HashSet<string> { "2.2" }, new HashSet<string> { "2.2" }, []);
        var change = Texts.Compare(Damage.Replace("## 2.", "## 1. Lamps\n\n## 2.", StringComparison.Ordinal), Damage.Replace("## 2.", "## 1. Lamps\n\n## 2.", StringComparison.Ordinal).Replace("days after", "days, after", StringComparison.Ordinal), focus).Changes.Single();
        Assert.True(change is { IsCosmetic: true, IsCritical: true });
        Assert.Equal([new Segment(SegmentKind.Equal, "Claims must be made within thirty (30) days"), new Segment(SegmentKind.Insert, ","), new Segment(SegmentKind.Equal, " after the lamp was due.")], change.Segments.AsEnumerable());
    }

    [Fact]
    public void Amounts_periods_and_names_stand_out_and_wording_does_not()
    {
        var change = Texts.Compare(Lamps + Damage, (Lamps + Damage).Replace("thirty (30) days after the lamp was due", "sixty (60) days after the lamp was wanted", StringComparison.Ordinal)).Changes.Single();
        Assert.Equal(["thirty (30)", "sixty (60)"], change.Segments.Where(s => s.Figures).Select(s => s.Text));
        var focus = ComparisonFocus.None with { Names = ["Bright Lamps Ltd."] };
        Assert.True(Texts.Compare(Lamps, Lamps.Replace("The owner", "Bright Lamps Ltd.", StringComparison.Ordinal), focus).Changes.Single().Figures);
    }

    [Fact]
    public void A_link_that_leads_elsewhere_is_a_change_without_words()
    {
        var old = "## 1. Lamps\n\n1.1 Read the [list](https://lamps.example/old) before you hire.\n\n";
        var change = Texts.Compare(old, old.Replace("/old", "/new", StringComparison.Ordinal)).Changes.Single();
        Assert.True(change is { Kind: ChangeKind.Changed, TextChanged: false, LinksChanged: true, IsCosmetic: false });
    }

    [Fact]
    public void A_run_of_new_words_is_cut_where_a_sentence_begins()
    {
        var old = "## 1. Lamps\n\n1.1 We lend lamps. We lend chairs.\n\n";
        var change = Texts.Compare(old, old.Replace("We lend chairs.", "We lend tables. We lend chairs.", StringComparison.Ordinal)).Changes.Single();
        Assert.Equal([" We lend tables."], change.Segments.Where(s => s.Kind == SegmentKind.Insert).Select(s => s.Text));
    }
}
