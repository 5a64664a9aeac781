using Terms.Web.Editing;

namespace Terms.Web.Tests.Editing;

/// <summary>Challenges that are open.</summary>
public sealed class PasskeyChallengesTests
{
    private readonly AcceptanceApplication.SettableClock clock = new();

    [Fact]
    public void A_challenge_is_for_one_browser_one_answer_and_five_minutes()
    {
        var challenges = new PasskeyChallenges(clock);
        challenges.Keep("here", "first");
        Assert.Null(challenges.Take("there"));
        Assert.Equal("first", challenges.Take("here"));
        Assert.Null(challenges.Take("here"));

        challenges.Keep("here", "second");
        challenges.Keep("here", "third");
        Assert.Equal("third", challenges.Take("here"));

        challenges.Keep("here", "fourth");
        clock.Now += PasskeyChallenges.Longest;
        Assert.Null(challenges.Take("here"));
    }

    [Fact]
    public void Where_too_many_are_open_the_oldest_goes()
    {
        var challenges = new PasskeyChallenges(clock);
        challenges.Keep("first", "1");
        challenges.Keep("second", "2");
        challenges.Keep("first", "3"); // Asked again, and so the newer of the two.
        for (var i = 0; i < 9_999; i++)
        {
            challenges.Keep($"other {i}", "x");
        }

        Assert.Null(challenges.Take("second"));
        Assert.Equal("3", challenges.Take("first"));
    }
}
