namespace Terms.People;

/// <summary>How long an account is locked after failures to sign in: 15 minutes after five of them, twice as long after each further one, at most four hours.</summary>
public static class LockOut
{
    /// <summary>Failures in a row that lock the account.</summary>
    public const int Failures = 5;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>Until when the account is locked; null while it is not.</summary>
    /// <param name="failures">Failures since the last success, this one included.</param>
    /// <param name="at">When the last of them was.</param>
    public static DateTimeOffset? After(int failures, DateTimeOffset at)
    {
        if (failures < Failures)
        {
            return null;
        }
        var span = First * Math.Pow(2, Math.Min(failures - Failures, 10));
        return at + (span < Longest ? span : Longest);
    }
}
