using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary>Which events somebody asks for, as the address of <c>/audit</c> says it. Days are days in UTC, as the list shows them.</summary>
/// <param name="Who">The name; empty for all.</param>
/// <param name="Kind">What; empty for all.</param>
/// <param name="Draft">The draft; empty for all.</param>
/// <param name="From">The first day, as it was written.</param>
/// <param name="Until">The last day, as it was written.</param>
/// <param name="Before">Only events with a lower number; null begins with the newest.</param>
public sealed record AuditQuestion(string Who, string Kind, string Draft, string From, string Until, long? Before)
{
    private const int Longest = 200;
    private const string Day = "yyyy-MM-dd";

    /// <summary>The words for everything that happens.</summary>
    public static readonly ImmutableArray<string> Kinds = [.. PersonEvent.Words.Concat(PublishingEventJson.Words)];

    /// <summary>Whether the first day is none.</summary>
    public bool IsFromWrong => From.Length > 0 && Read(From) is null;

    /// <summary>Whether the last day is none.</summary>
    public bool IsUntilWrong => Until.Length > 0 && Read(Until) is null;

    /// <summary>Reads the address.</summary>
    public static AuditQuestion Read(IQueryCollection query) => new(
        Text(query, "who"), Kinds.Contains(Text(query, "kind")) ? Text(query, "kind") : "", Text(query, "draft"), Text(query, "from"), Text(query, "until"),
        long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);

    /// <summary>What the store is asked for somebody.</summary>
    public EventFilter Filter(SignedIn who) => new(
        Who.Length > 0 ? Who : null, Kind.Length > 0 ? Kind : null, Draft.Length > 0 ? Draft : null, who.Audited,
        Read(From) is { } first ? Start(first) : null, Read(Until) is { } last && last < DateOnly.MaxValue ? Start(last.AddDays(1)) : null);

    /// <summary>The address of the same question elsewhere.</summary>
    public string Address(string path, long? before = null) => path + QueryString.Create(new (string Name, string? Value)[]
    {
        ("who", Who), ("kind", Kind), ("draft", Draft), ("from", From), ("until", Until), ("before", before?.ToString(CultureInfo.InvariantCulture)),
    }.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => KeyValuePair.Create(p.Name, p.Value)));

    /// <summary>The question in one line, for the event of a read-out.</summary>
    public override string ToString() => Address("") is { Length: > 1 } asked ? Uri.UnescapeDataString(asked[1..]) : "all";

    private static string Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: <= Longest } text && !text.Any(char.IsControl) ? text : "";

    private static DateOnly? Read(string text) => DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset Start(DateOnly day) => Instants.StartOf(day, TimeZoneInfo.Utc);
}
