using System.Globalization;
using Terms.Catalogue;
using Terms.People;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>
/// Keeps as events what people asked for and were refused, where no event of a draft tells of it. A page of another site may ask in somebody's name as often as it likes, so only so many are kept of one
/// person; the last of them says so, and the others stand in the server's log. The counts stand in memory only.
/// </summary>
public sealed partial class KeptRefusals(ServedStore stored, TimeProvider clock, ILogger<KeptRefusals> log)
{
    /// <summary>So many are kept of one person in a <see cref="Span"/>.</summary>
    public const int Most = 200;

    /// <summary>The time after which a person's count begins anew.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Kept, DateTimeOffset Ends)> counts = new(StringComparer.Ordinal);

    /// <summary>Keeps one.</summary>
    /// <param name="step">What: <see cref="PersonStep.Denied"/>, or another refusal.</param>
    /// <param name="who">Who asked: somebody who has an account.</param>
    /// <param name="particulars">What for, and why not.</param>
    public async Task Keep(PersonStep step, string who, string particulars)
    {
        var now = clock.GetUtcNow();
        var (number, ends) = Count(who, now);
        if (number > Most)
        {
            NotKept(log, who, WellFormed.OneLine(particulars));
            return;
        }
        var last = number == Most ? string.Create(CultureInfo.InvariantCulture, $"(The {Most}th within {Span.TotalMinutes} minutes; until {ends.ToRfc3339()} further ones stand in the log of the server alone.) ") : "";
        await stored.Store.Events.Add(new PersonEvent(step, who, now, who, PersonEvent.Particulars(last + particulars)));
    }

    /// <summary>Counts one more; how many there are, and until when they count.</summary>
    private (int Number, DateTimeOffset Ends) Count(string who, DateTimeOffset now)
    {
        lock (gate)
        {
            var (kept, ends) = counts.TryGetValue(who, out var known) && now < known.Ends ? known : (0, now + Span);
            return counts[who] = (kept + 1, ends);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Refused and not kept as an event, because {Name} was refused too much: {Particulars}")]
    private static partial void NotKept(ILogger log, string name, string particulars);
}
