using System.Collections.Immutable;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>How a field of a fact or rule is filled in.</summary>
public enum FieldKind
{
    /// <summary>A few words.</summary>
    Line,

    /// <summary>One sentence or more.</summary>
    Words,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day, as 2025-04-01.</summary>
    Date,

    /// <summary>One of a closed set of words.</summary>
    Choice,

    /// <summary>Several texts, one a line.</summary>
    List,

    /// <summary>Lists and mappings, as YAML.</summary>
    Yaml,
}

/// <summary>A field of a fact or rule.</summary>
/// <param name="Path">Its key; <c>when.from</c> is a key in the mapping under another.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="IsRequired">Whether the entry is wrong without it, unless a fact states an absence.</param>
/// <param name="Choices">The words that a choice is of, or that a list is mostly made of; empty for free words.</param>
public sealed record EntryField(string Path, FieldKind Kind, bool IsRequired, ImmutableArray<string> Choices)
{
    /// <summary>The keys of the path.</summary>
    public ImmutableArray<string> Keys => [.. Path.Split('.')];
}

/// <summary>
/// The fields of each kind of fact and of each section of rules: what <see cref="FactReader"/> and <see cref="RuleReader"/> ask for, in the order in which a form shows them.
/// </summary>
public static class EntryFields
{
    private static readonly string[] YesNo = ["true", "false"];

    private static readonly ImmutableArray<EntryField> FactTail = [List("clauses", true), Words("quote", true), Number("rendering"), Words("summary", true), Words("note"), Words("not-stated"), List("conflicts-with")];

    private static readonly ImmutableArray<EntryField> When =
    [
        List("when.from"), List("when.from-outside"), List("when.residence"), List("when.access"), List("when.role", false, [.. Terms.Resolution.Words.Roles]), List("when.site", false, [.. Terms.Resolution.Words.Sites]),
        List("when.service", false, [.. Terms.Resolution.Words.Services]), List("when.service-not", false, [.. Terms.Resolution.Words.Services]), List("when.member", false, [.. Terms.Resolution.Words.Sites, "any"]), Choice("when.business", false, YesNo), Yaml("when.any"),
    ];

    private static readonly ImmutableArray<EntryField> RuleTail = [List("overrides"), Yaml("or-read-as"), List("clauses", true), Words("quote"), Number("rendering")];

    /// <summary>The fields of a section; for facts, of a kind.</summary>
    /// <exception cref="ArgumentException">There is no such section or kind.</exception>
    public static ImmutableArray<EntryField> Of(string section, string? kind = null) => section switch
    {
        DraftEntries.Facts => [Line("id", true), Choice("kind", true, [.. FactKind.All]), .. OfKind(kind), .. FactTail],
        "parties" => [Line("id", true), List("parties", true), .. When, .. RuleTail],
        "law" => [Line("id", true), Line("law", true), List("parties", true), List("excludes"), Words("subject-to"), .. When, .. RuleTail],
        "forum" =>
        [
            Line("id", true), Line("forum", true), Choice("kind", true, ["court", "arbitration"]), Choice("exclusive", false, YesNo), List("parties", true), Yaml("steps"), Words("rules"), Words("arbitrators"), Words("language"),
            Words("place"), Words("finality"), Words("costs"), Words("enforcement"), Words("subject-to"), .. When, .. RuleTail,
        ],
        "precedence" => [Line("id", true), Words("says", true), Words("open"), List("clauses", true), Words("quote"), Number("rendering")],
        "other-readings" => [Line("id", true), Line("law", true), Words("because", true), List("clauses", true), Words("quote"), Number("rendering")],
        _ => throw new ArgumentException($"`{section}` is no section of facts or rules. Use: {string.Join(", ", DraftEntries.Sections)}.", nameof(section)),
    };

    private static ImmutableArray<EntryField> OfKind(string? kind) => kind switch
    {
        FactKind.Cap =>
        [
            Choice("basis", true, "fixed", "greater-of", "fees-paid"), Number("amount"), Line("currency"), Choice("period", true, "calendar-year", "agreement", "none"), Words("scope", true), Line("per"), Line("protects", true), Line("binds", true),
            List("carve-outs"),
        ],
        FactKind.Exclusion or FactKind.Disclaimer or FactKind.ForceMajeure => [Words("scope", true), Line("protects", true), Line("binds", true), List("damages"), List("carve-outs")],
        FactKind.Indemnity or FactKind.Recourse or FactKind.Compensation or FactKind.Forfeiture => [Words("scope", true), Line("payer", true), Line("payee", true), Line("basis")],
        FactKind.LiquidatedDamages =>
            [Words("scope", true), Line("payer", true), Line("payee", true), Number("amount"), Line("currency"), Number("rate"), Line("rate-of"), Line("rate-per"), Choice("exclusive", false, YesNo)],
        FactKind.ClaimPeriod => [Number("value", true), Unit(true), Line("starts"), Choice("at-least", false, YesNo), Choice("or-longer", false, YesNo), Line("binds"), Line("obligor"), Words("what"), Words("consequence")],
        FactKind.TimeLimit =>
        [
            Line("obligor", true), Words("what", true), Number("value"), Unit(false), Date("date"), Words("open"), Line("starts"), Choice("at-least", false, YesNo), Choice("or-longer", false, YesNo), Words("consequence"),
        ],
        FactKind.Notice =>
        [
            Choice("direction", true, [.. FactReader.NoticeDirections]), Line("event", true), Choice("form", false, "writing"), List("channels", false, [.. FactReader.Channels]), List("addressees"), Words("address"), Line("attention"),
            Number("days"), Choice("day-type", false, "calendar", "working"), Words("timing"), Yaml("deemed"),
        ],
        FactKind.Amount => [Words("what", true), Number("value", true), Line("unit", true), Line("binds")],
        FactKind.Language => [Line("prevails", true), Words("what")],
        FactKind.Amendment => [Words("how", true), Number("days"), Words("effective")],
        FactKind.Acceptance => [Words("how", true)],
        _ => throw new ArgumentException($"`{kind}` is no kind of fact. Use: {string.Join(", ", FactKind.All)}.", nameof(kind)),
    };

    private static EntryField Unit(bool isRequired) => Choice("unit", isRequired, "days", "working-days", "months", "years");

    private static EntryField Line(string path, bool isRequired = false) => new(path, FieldKind.Line, isRequired, []);

    private static EntryField Words(string path, bool isRequired = false) => new(path, FieldKind.Words, isRequired, []);

    private static EntryField Number(string path, bool isRequired = false) => new(path, FieldKind.Number, isRequired, []);

    private static EntryField Date(string path) => new(path, FieldKind.Date, false, []);

    private static EntryField Choice(string path, bool isRequired, params string[] choices) => new(path, FieldKind.Choice, isRequired, [.. choices]);

    private static EntryField List(string path, bool isRequired = false, params string[] choices) => new(path, FieldKind.List, isRequired, [.. choices]);

    private static EntryField Yaml(string path) => new(path, FieldKind.Yaml, false, []);
}
