using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>An earlier revision that is brought back.</summary>
public sealed class RestoredDraftTests
{
    private static readonly Draft Earlier = Hire.Draft().Mend("within three days.", "within three days, unless nobody noticed.").Settled();

    private static readonly Draft Later = Earlier.Mend("unless nobody noticed", "unless it was dark").Settled("Dora");

    [Fact]
    public void Files_come_back_with_what_people_had_said_of_their_words()
    {
        Assert.All(Earlier.Confirmations.Keys, k => Assert.Equal("Dora", Later.Confirmations[k].Who));

        var restored = Later.Restored(Earlier);

        Assert.Equal((Later.Revision + 1, Earlier.Files.Text(Hire.Terms)), (restored.Revision, restored.Files.Text(Hire.Terms)));
        Assert.All(Earlier.Confirmations.Values.Concat<object>(Earlier.Classifications.Values), said => Assert.Contains(said, restored.Confirmations.Values.Concat<object>(restored.Classifications.Values)));
        Assert.Equal(Earlier.Report().Obstacles, restored.Report().Obstacles);
    }

    [Fact]
    public void What_somebody_has_said_since_of_the_same_words_counts()
    {
        var change = Assert.Single(Earlier.Classifications.Values);
        var graver = new ClauseClassification(change.Key, change.Wording, ChangeClass.NeedsAdaptation, "Dora", Hire.Now, "Lamps have to be counted.");

        Assert.Equal(graver, Earlier.With(graver).Mend("pay at most", "pay no more than").Restored(Earlier).Classifications[change.Key]);
    }

    [Fact]
    public void A_revision_from_before_a_merge_is_a_change_of_the_older_version_again()
    {
        var merged = Earlier.Rebased(new VersionId("2025-07-01"), Earlier.Files);

        Assert.Equal(new VersionId("2025-01-01"), merged.Restored(Earlier).Base);
    }
}
