namespace Terms.Web.Editing;

/// <summary>
/// Challenges to devices that have not been answered. They stand in memory, each for one browser alone, for five minutes, and for one answer; a newer one takes the place of an older. Where too many are
/// open, the oldest goes.
/// </summary>
internal sealed class PasskeyChallenges(TimeProvider clock)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int Most = 10_000;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, (string State, DateTimeOffset At)> open = new(StringComparer.Ordinal);

    /// <summary>Keeps what the answer of a browser will be held against.</summary>
    /// <param name="browser">The digest of a secret that the browser alone has.</param>
    /// <param name="state">What the framework's handler gave.</param>
    public void Keep(string browser, string state)
    {
        lock (gate)
        {
            open.Remove(browser);
            while (open.Count >= Most)
            {
                open.RemoveAt(0);
            }
            open.Add(browser, (state, clock.GetUtcNow()));
        }
    }

    /// <summary>What the answer of a browser is held against, this once; null if nothing is open, or too old.</summary>
    public string? Take(string browser)
    {
        lock (gate)
        {
            return open.Remove(browser, out var found) && clock.GetUtcNow() - found.At < Longest ? found.State : null;
        }
    }
}
