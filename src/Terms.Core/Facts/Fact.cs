using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Facts;

/// <summary>A typed statement of a version: what the text says about one matter, the clauses that say it, and words quoted from them.</summary>
public abstract record Fact
{
    private protected Fact(FactOrigin origin) => Origin = origin;

    /// <summary>Where the fact stands and which words carry it.</summary>
    public FactOrigin Origin { get; }

    /// <summary>Its name, unique in the version.</summary>
    public string Id => Origin.Id;

    /// <summary>The labels of the clauses that state it; empty only for an absence.</summary>
    public ImmutableArray<string> Clauses => Origin.Clauses;
}

/// <summary>What every fact has.</summary>
/// <param name="Version">The version that states it.</param>
/// <param name="Id">Its name, unique in the version.</param>
/// <param name="Kind">One of <see cref="FactKind.All"/>.</param>
/// <param name="Clauses">The labels of the clauses that state it.</param>
/// <param name="Quote">Words of one of those clauses; null only for an absence.</param>
/// <param name="Rendering">The rendering it was taken from: 1, or 2.</param>
/// <param name="Summary">The fact in one plain sentence.</param>
/// <param name="Note">An editor's remark.</param>
/// <param name="NotStated">Why the text says nothing on the matter; null if it says something.</param>
/// <param name="ConflictsWith">Facts of the same version that say otherwise.</param>
public sealed record FactOrigin(
    AgreementVersion Version, string Id, string Kind, ImmutableArray<string> Clauses, string? Quote, int Rendering, string? Summary, string? Note,
    string? NotStated, ImmutableArray<string> ConflictsWith);

/// <summary>The kinds of facts, as they are written in files and answers.</summary>
public static class FactKind
{
#pragma warning disable CS1591 // the constants say their own values
    public const string Cap = "cap", Exclusion = "exclusion", Disclaimer = "disclaimer", ForceMajeure = "force-majeure", Indemnity = "indemnity",
        Recourse = "recourse", LiquidatedDamages = "liquidated-damages", Forfeiture = "forfeiture", Compensation = "compensation",
        ClaimPeriod = "claim-period", Notice = "notice", TimeLimit = "time-limit", Amount = "amount", Language = "language",
        Amendment = "amendment", Acceptance = "acceptance";
#pragma warning restore CS1591

    /// <summary>All kinds.</summary>
    public static readonly ImmutableArray<string> All =
    [
        Cap, Exclusion, Disclaimer, ForceMajeure, Indemnity, Recourse, LiquidatedDamages, Forfeiture, Compensation, ClaimPeriod, Notice, TimeLimit,
        Amount, Language, Amendment, Acceptance,
    ];
}

/// <summary>The most that somebody has to pay.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Basis"><c>fixed</c>, <c>greater-of</c> (fees paid, or what the law permits at most) or <c>fees-paid</c>.</param>
/// <param name="Amount">The amount of a fixed cap.</param>
/// <param name="Currency">Its currency (ISO 4217).</param>
/// <param name="Period"><c>calendar-year</c>, <c>agreement</c> or <c>none</c>.</param>
/// <param name="Scope">The claims that it limits.</param>
/// <param name="Per">For each of whom, if the text says so.</param>
/// <param name="Protects">Whose liability it limits.</param>
/// <param name="Binds">Whose claims it limits.</param>
/// <param name="CarveOuts">What it leaves untouched.</param>
public sealed record CapFact(
    FactOrigin Origin, string? Basis, decimal? Amount, string? Currency, string? Period, string? Scope, string? Per, string? Protects, string? Binds,
    ImmutableArray<string> CarveOuts) : Fact(Origin);

/// <summary>An exclusion of liability, a disclaimer of warranties, or a force-majeure clause.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Scope">What it is about.</param>
/// <param name="Protects">Who is freed.</param>
/// <param name="Binds">Whose claims fall away.</param>
/// <param name="Damages">The kinds of damage named.</param>
/// <param name="CarveOuts">What it leaves untouched.</param>
public sealed record ExclusionFact(
    FactOrigin Origin, string? Scope, string? Protects, string? Binds, ImmutableArray<string> Damages, ImmutableArray<string> CarveOuts) : Fact(Origin);

/// <summary>A duty to make another whole, or the loss of what was paid: indemnity, recourse, compensation, forfeiture.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Scope">For what.</param>
/// <param name="Payer">Who bears it.</param>
/// <param name="Payee">Who is made whole.</param>
/// <param name="Basis">How it is measured: <c>uncapped</c>, <c>actual-loss</c>, <c>deposit</c>, <c>fees-paid</c> …</param>
public sealed record IndemnityFact(FactOrigin Origin, string? Scope, string? Payer, string? Payee, string? Basis) : Fact(Origin);

/// <summary>A sum, or a rate, agreed in advance.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Scope">For what.</param>
/// <param name="Payer">Who pays.</param>
/// <param name="Payee">Who is paid.</param>
/// <param name="Amount">The sum.</param>
/// <param name="Currency">Its currency (ISO 4217).</param>
/// <param name="Rate">The rate as a fraction of one: 0.005 is half a per cent.</param>
/// <param name="RateOf">What the rate is taken of.</param>
/// <param name="RatePer">For each of which period: <c>day</c>.</param>
/// <param name="IsExclusive">Whether further damages are ruled out.</param>
public sealed record LiquidatedDamagesFact(
    FactOrigin Origin, string? Scope, string? Payer, string? Payee, decimal? Amount, string? Currency, decimal? Rate, string? RateOf, string? RatePer, bool IsExclusive)
    : Fact(Origin);

/// <summary>A limit in time: of claims (<c>claim-period</c>) or of anything else (<c>time-limit</c>).</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Obligor">Who has to act.</param>
/// <param name="What">What has to be done.</param>
/// <param name="Value">The number of units; null if the text gives none.</param>
/// <param name="Unit"><c>days</c>, <c>working-days</c>, <c>months</c> or <c>years</c>.</param>
/// <param name="Date">A fixed date in place of a period.</param>
/// <param name="Open">Why no figure can be given.</param>
/// <param name="Starts">The event that starts the period.</param>
/// <param name="IsAtLeast">Whether the text allows longer.</param>
/// <param name="IsOrLonger">Whether a longer statutory period takes its place.</param>
/// <param name="Consequence">What follows when it has passed.</param>
public sealed record TimeLimitFact(
    FactOrigin Origin, string? Obligor, string? What, decimal? Value, string? Unit, DateOnly? Date, string? Open, string? Starts, bool IsAtLeast, bool IsOrLonger,
    string? Consequence) : Fact(Origin);

/// <summary>A rule on notices.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Direction"><c>to-platform</c>, <c>to-user</c>, <c>judicial</c>, <c>between-parties</c> or <c>to-public</c>.</param>
/// <param name="Event"><c>general</c> for a general clause on notices, else what the notice is about.</param>
/// <param name="Form"><c>writing</c>, if the text asks for it.</param>
/// <param name="Channels">The channels that the text permits.</param>
/// <param name="Addressees">The parties that the address is for.</param>
/// <param name="Address">Where to send it.</param>
/// <param name="Attention">For whose attention.</param>
/// <param name="Days">How many days ahead; 0 is at once; null if not stated.</param>
/// <param name="DayType"><c>calendar</c> or <c>working</c>.</param>
/// <param name="Timing">When, in words, where no number fits.</param>
/// <param name="Deemed">When it counts as received, by channel.</param>
public sealed record NoticeFact(
    FactOrigin Origin, string? Direction, string? Event, string? Form, ImmutableArray<string> Channels, ImmutableArray<string> Addressees, string? Address,
    string? Attention, decimal? Days, string? DayType, string? Timing, ImmutableArray<DeemedReceipt> Deemed) : Fact(Origin);

/// <summary>When a notice by some channels counts as received.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="On"><c>receipt</c>, <c>sending</c> or <c>posting</c>.</param>
/// <param name="Days">Days after the day of that event; 0 is at once.</param>
public sealed record DeemedReceipt(ImmutableArray<string> Channels, string On, int Days);

/// <summary>A count, a rate or an amount of money that is no cap.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="What">What is counted.</param>
/// <param name="Value">How many.</param>
/// <param name="Unit">Of what: a currency (ISO 4217), <c>accounts</c>, <c>commodities</c> …</param>
/// <param name="Binds">Whom it binds.</param>
public sealed record AmountFact(FactOrigin Origin, string? What, decimal? Value, string? Unit, string? Binds) : Fact(Origin);

/// <summary>Which language prevails.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Prevails">Its IETF tag, or <c>not-stated</c>.</param>
/// <param name="What">What the clause says about translations.</param>
public sealed record LanguageFact(FactOrigin Origin, string? Prevails, string? What) : Fact(Origin);

/// <summary>How the agreement is amended.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="How">The way of amending.</param>
/// <param name="Days">How many days ahead; null if not stated.</param>
/// <param name="Effective">From when an amendment binds, in words.</param>
public sealed record AmendmentFact(FactOrigin Origin, string? How, decimal? Days, string? Effective) : Fact(Origin);

/// <summary>How the agreement is accepted.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="How">The way of accepting.</param>
public sealed record AcceptanceFact(FactOrigin Origin, string? How) : Fact(Origin);
