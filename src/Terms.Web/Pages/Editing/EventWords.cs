using System.Globalization;
using Terms.People;
using Terms.Publishing;
using Terms.Storage;

namespace Terms.Web.Pages.Editing;

/// <summary>What is particular about an event, in words. They are those that people have written, or that the refusal gave, and so not in the reader's language.</summary>
internal static class EventWords
{
    /// <summary>Of any event.</summary>
    public static string Particulars(LoggedEvent logged) => logged.Draft is null ? PersonEvent.Parse(logged.Json).What ?? "" : Particulars(PublishingEventJson.Parse(logged.Json));

    /// <summary>Whose account an event is about; null if it is about a draft.</summary>
    public static string? About(LoggedEvent logged) => logged.Draft is null ? PersonEvent.Parse(logged.Json).About : null;

    /// <summary>Of a step of a draft.</summary>
    public static string Particulars(PublishingEvent step) => step switch
    {
        Drafted e => e.Base is { } version ? $"{e.Agreement}/{version}" : e.Agreement.Value,
        Edited e => string.Create(CultureInfo.InvariantCulture, $"{e.Revision}: {e.What}"),
        Commented e => e.Clause is { } clause ? $"{clause}: {e.Words}" : e.Words,
        Settled e => e.Thread.ToString(CultureInfo.InvariantCulture),
        Scheduled e => $"{Day(e.Plan.Announced)} → {Day(e.Plan.Effective)}{(e.Plan.ExistingFrom is { } existing ? $" / {Day(existing)}" : "")}",
        Published e => e.Version,
        Superseded e => e.By,
        Refused e => $"{e.Step}: {e.Because}",
        _ => step.Why ?? "",
    };

    /// <summary>The language of the particulars of any event: English where the program has written them; null where people have, in whichever they liked.</summary>
    public static string? Language(LoggedEvent logged) => logged.Draft is null ? "en" : Language(PublishingEventJson.Parse(logged.Json));

    /// <summary>The language of the particulars of a step.</summary>
    public static string? Language(PublishingEvent step) => step is Edited or Refused ? "en" : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
