namespace Terms.Publishing;

/// <summary>A person's word that a conflict or gap of the rules is in the text, and is meant to stay.</summary>
public sealed record AcceptedGap
{
    /// <summary>Checks the parts.</summary>
    /// <exception cref="ArgumentException">Name or reason are empty, too long, or hold control characters.</exception>
    public AcceptedGap(string key, string who, DateTimeOffset at, string why) => (Key, Who, At, Why) = (key, Person.Checked(who), at, Person.Reason(why));

    /// <summary>What it is about, its outcome and its candidates.</summary>
    public string Key { get; }

    /// <summary>Who accepted it.</summary>
    public string Who { get; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Why.</summary>
    public string Why { get; }
}
