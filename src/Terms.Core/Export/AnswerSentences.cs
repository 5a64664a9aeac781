using System.Globalization;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Export;

/// <summary>Answers as plain English lines, for people at a terminal.</summary>
public static class AnswerSentences
{
    /// <summary>An answer, agreement by agreement, with its clauses and reasons.</summary>
    public static IEnumerable<string> Lines(ApplicableAnswer answer) =>
    [
        .. answer.Agreements.SelectMany(Lines),
        .. answer.Between.Select(c => $"Between the agreements, the {c.About} differs: "
            + string.Join("; ", c.Candidates.Select(a => $"{a.Answer.Agreement.Id} says {string.Join(" or ", a.Values)} ({string.Join(", ", a.Clauses)})")) + "."),
        answer.Agreements.IsEmpty ? "No agreement applies." : AnswerDocuments.MandatoryLaw,
    ];

    private static IEnumerable<string> Lines(AgreementAnswer a)
    {
        yield return $"{a.Agreement.Title} ({a.Agreement.Id}): {a.Outcome.Word()}";
        if (a.Because is not null)
        {
            yield return $"  {a.Because}";
            yield break;
        }
        var version = a.Version!;
        yield return $"  Version   {version.Id}{(version.Details.IsOfficial ? "" : " (a restatement, not the operator's official text)")}";
        if (version.Details.ExistingFrom is { } existing)
        {
            yield return $"  Cohorts   binds those who were customers before {version.Id} from {CatalogueDocuments.Day(existing)}";
        }
        yield return "  Company   " + (a.Party.Outcome switch
        {
            Outcome.Decided => Names(a.Party.Parties) + Reasons(a.Party),
            Outcome.Conflict => "conflict: " + string.Join(" | ", a.Party.Candidates.Select(c => $"{Names(c.Parties)} ({string.Join(", ", c.Clauses)})")),
            _ => "no rule of the text holds for this customer",
        });
        if (a.Party.Decision is { } decision)
        {
            yield return $"  Operator  decided for {Names(decision.Parties)}: {decision.Decision.Who}, {decision.Decision.At.ToRfc3339()}: {decision.Decision.Why}";
        }
        if (a.Party.IsReadingSensitive)
        {
            yield return "  Reading   if \"from\" means the place of access: " + (a.Party.OtherReading.IsEmpty ? "no rule holds" : string.Join(" | ", a.Party.OtherReading.Select(o => Names(o))));
        }
        yield return "  Law       " + Results(a.Law.Outcome, a.Law.Laws, a.Law.Candidates, l => l.Name + (l.Rule.Excludes.IsEmpty ? "" : $", excluding {string.Join(", ", l.Rule.Excludes)}"), l => l.Party, l => l.Rule);
        if (a.Law.OtherReading is { } other)
        {
            yield return $"  Literally {other.Law} law for everyone: {other.Because} ({string.Join(", ", other.Clauses)})";
        }
        yield return "  Forum     " + Results(a.Forum.Outcome, a.Forum.Forums, a.Forum.Candidates, f => f.Name, f => f.Party, f => f.Rule);
        foreach (var cap in a.Caps)
        {
            yield return "  Cap       " + (cap.Basis switch
            {
                "fixed" => string.Create(CultureInfo.InvariantCulture, $"{cap.Currency} {cap.Amount:0.##}"),
                "fees-paid" => "the fees paid",
                _ => "the greater of the fees paid and what the law permits at most",
            }) + (cap.Period == "calendar-year" ? " per calendar year" : "") + $", for {cap.Scope} ({string.Join(", ", cap.Clauses)})";
        }
    }

    /// <summary>A sweep: how much is decided, then each conflict and gap with an example.</summary>
    public static IEnumerable<string> Lines(Sweep sweep)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{sweep.Version.Path}: {sweep.Combinations:#,0} combinations of place, access, role, site, service and membership; {sweep.Decided:#,0} decided, {sweep.NotApplicable:#,0} of customers whom the agreement is not for.");
        foreach (var f in sweep.Findings)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{(f.Outcome == Outcome.Conflict ? "conflict" : "gap"),-9}{f.About,-6}{f.Combinations,12:#,0}  {(f.Candidates.Length == 0 ? "no rule" : f.Candidates)}");
            yield return $"{"",29}e.g. {Sentence(f.Example)}";
        }
    }

    private static string Sentence(in Customer c) =>
        $"a {c.Role.Word()} who lives in {c.Residence} and uses {c.Site.Word()} from {c.AccessFrom}"
        + (c.Service.Word() is { } service ? $", about {service}" : "") + (c.Members == Memberships.None ? ", registered nowhere" : $", registered on {string.Join(" and ", c.Members.SiteWords())}");

    private static string Names(IEnumerable<NamedParty> parties) =>
        string.Join(" and ", parties.Select(p => (p.Name ?? "a company that the text does not name") + (p.Part is null ? "" : $" [{p.Part}]")));

    private static string Reasons(PartyAnswer party)
    {
        var standing = party.Considered.Where(c => c.Stands).ToList();
        return $" ({string.Join(", ", standing.SelectMany(c => c.Rule.Clauses).Distinct())}), because {string.Join("; ", standing.Select(c => c.Because))}";
    }

    private static string Results<T>(Outcome outcome, IReadOnlyList<T> results, IReadOnlyList<T> candidates, Func<T, string> name, Func<T, string?> party, Func<T, Rule> rule) => outcome switch
    {
        Outcome.Decided => string.Join("; ", results.Select(r => $"{name(r)}{(party(r) is { } p ? $" for {p}" : "")} ({string.Join(", ", rule(r).Clauses)})")),
        Outcome.Conflict => "conflict: " + string.Join(" | ", candidates.Select(r => $"{name(r)}{(party(r) is { } p ? $" for {p}" : "")} ({string.Join(", ", rule(r).Clauses)})")),
        _ => "not decided by the text",
    };
}
