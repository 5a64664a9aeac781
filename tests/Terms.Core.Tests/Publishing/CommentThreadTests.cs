using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>Remarks, their answers, and how they are settled.</summary>
public sealed class CommentThreadTests
{
    private static readonly Drafted Made = new("d", "Anna", Hire.Now, Hire.Agreement, null, Terms.Catalogue.Digest.Of("one"));

    [Fact]
    public void A_remark_is_answered_settled_and_opened_again_by_a_further_answer()
    {
        PublishingEvent[] steps =
        [
            Made, new Commented("d", "Bo", Hire.Now, "2.1", "Why?"), new Commented("d", "Anna", Hire.Now, null, "So.", 1), new Commented("d", "Bo", Hire.Now, null, "All of it."), new Settled("d", "Bo", Hire.Now, 1),
        ];

        var settled = Publication.Of(steps);
        Assert.Equal([(1, "2.1", 2, true), (3, null, 1, false)], settled.Threads.Select(t => (t.Number, t.Clause, t.Remarks.Length, t.Settled is not null)));
        Assert.Equal("The remark is settled already.", settled.Refusal(new Settled("d", "Anna", Hire.Now, 1)));
        var opened = Publication.Of([.. steps, new Commented("d", "Anna", Hire.Now, null, "And yet.", 1)]);
        Assert.Null(opened.Threads[0].Settled);
        Assert.Equal(PublicationStage.Draft, opened.Stage);
    }

    [Fact]
    public void What_answers_no_remark_is_refused()
    {
        var state = Publication.Of([Made, new Commented("d", "Bo", Hire.Now, "2.1", "Why?")]);

        Assert.Equal("There is no remark 2 that began a thread. Look at the remarks again.", state.Refusal(new Commented("d", "Bo", Hire.Now, null, "So.", 2)));
        Assert.Equal("There is no remark 2 that began a thread. Look at the remarks again.", state.Refusal(new Settled("d", "Bo", Hire.Now, 2)));
        Assert.Equal("An answer names no clause: it stands where its thread stands.", state.Refusal(new Commented("d", "Bo", Hire.Now, "2.2", "So.", 1)));
    }
}
