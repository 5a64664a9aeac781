using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>What kind of thing stands against a publication.</summary>
public enum ObstacleKind
{
    /// <summary>The content cannot be served.</summary>
    Problem,

    /// <summary>Another version has been published since the draft was made.</summary>
    Base,

    /// <summary>Something in the text that an editor should look at.</summary>
    Finding,

    /// <summary>A conflict of rules, or a gap, that the base does not have.</summary>
    Gap,

    /// <summary>A fact or rule whose words have changed.</summary>
    Fact,

    /// <summary>A change that nobody has classified.</summary>
    Change,

    /// <summary>Too few days between notice or publication and effect.</summary>
    Floor,
}

/// <summary>Something that stands against the publication of a draft.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">What it is about: a code, the key of a fact, a change, a gap, the id of a floor.</param>
/// <param name="File">The file, by its name in the version or in the catalogue; null if it is not about one.</param>
/// <param name="Line">The line in it; null if it is not about one.</param>
/// <param name="Clause">The clause; null if it is not about one.</param>
/// <param name="What">What is wrong, in English, without a full stop.</param>
/// <param name="Remedy">What to do about it, in English.</param>
/// <param name="Blocks">The first stage that the draft cannot reach with it.</param>
public sealed record Obstacle(ObstacleKind Kind, string Key, string? File, int? Line, string? Clause, string What, string Remedy, PublicationStage Blocks)
{
    /// <summary>What is wrong as a sentence. It may end with the full stop of an abbreviation, such as that of a company's name, and has no second one then.</summary>
    public string Sentence => What.EndsWith('.') ? What : What + ".";

    /// <summary>What it says, for an interface that has words of its own; null if there is English alone, as for most of what the reader of content says.</summary>
    public Message? Said { get; init; }
}

/// <summary>Everything that is to be said about a draft before it is published.</summary>
/// <param name="Obstacles">What stands against it, problems first.</param>
/// <param name="Comparison">The comparison to the base, with the impact; null for a new agreement, or while the content cannot be read.</param>
/// <param name="Matrix">The impact as a table; empty where there is no comparison.</param>
/// <param name="Facts">The facts and rules to be confirmed, with those that have been.</param>
/// <param name="Changes">The changes with their classes.</param>
/// <param name="Sweep">All combinations of customers; null while the content cannot be read.</param>
/// <param name="Class">The class of the version; null while a change is open, and for a new agreement.</param>
/// <param name="Floors">The floors that count for it.</param>
/// <param name="Version">The draft as a version with its days; null while the content cannot be read.</param>
/// <param name="Example">What changes for one of those whose company, law, forum or cap changes; empty if these change for nobody.</param>
/// <param name="EarliestForCustomers">The first day on which it may bind those who are customers, if they are told on the day of the announcement; null without plan.</param>
public sealed record DraftReport(
    ImmutableArray<Obstacle> Obstacles, VersionComparison? Comparison, ImpactMatrix Matrix, ImmutableArray<FactToConfirm> Facts, ImmutableArray<ChangeToClassify> Changes, Sweep? Sweep,
    ChangeClass? Class, ImmutableArray<NoticeFloor> Floors, AgreementVersion? Version, ImmutableArray<Impact> Example, DateOnly? EarliestForCustomers)
{
    /// <summary>Whether the draft may be published on its days.</summary>
    public bool IsClear => Obstacles.IsEmpty;

    /// <summary>Checks a draft against what is published.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="published">The answers of what is published.</param>
    /// <param name="now">The moment of the check.</param>
    /// <param name="plan">Its days, if they are proposed; floors are judged by them.</param>
    public static DraftReport Of(Draft draft, Resolver published, DateTimeOffset now, PublicationPlan? plan = null) => new DraftChecks(draft, published, now, plan).Report();
}

/// <summary>Makes the report of one draft.</summary>
internal sealed class DraftChecks
{
    private readonly Draft draft;
    private readonly Resolver published;
    private readonly PublicationPlan? plan;
    private readonly DateTimeOffset now;
    private readonly DateTimeOffset known;
    private readonly AgreementVersion? before;
    private readonly List<Obstacle> obstacles = [];
    private string folder = "";
    private int headLines;

    public DraftChecks(Draft draft, Resolver published, DateTimeOffset now, PublicationPlan? plan)
    {
        (this.draft, this.published, this.now, this.plan) = (draft, published, now, plan);
        var catalogue = published.Corpus.Catalogue;
        known = catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.States).Select(s => s.KnownFrom).Append(now).Max();
        before = draft.Base is { } version ? catalogue.Find(draft.Agreement.Value)?.Version(version.Value) : null;
    }

    public DraftReport Report()
    {
        var catalogue = published.Corpus.Catalogue;
        CheckBase(catalogue);
        var days = plan is not null && !published.Corpus.Files.HasFolder(draft.Folder(plan)) ? plan : PublicationPlan.Provisional(catalogue, draft.Agreement, now);
        (folder, headLines) = (draft.Folder(days) + "/", LaidDraft.Head(draft, days, known, null).Count);
        var problems = new ProblemList();
        var laid = Corpus.Read(LaidDraft.Over(draft, published.Corpus, days, known, null), problems);
        foreach (var problem in problems.Sorted())
        {
            Add(ObstacleKind.Problem, problem, PublicationStage.InReview);
        }
        var after = laid.Catalogue.Find(draft.Agreement.Value)?.Version(days.Effective.ToFullDate());
        var facts = before is null || after is null ? [] : FactConfirming.Find(before, after, draft.Confirmations);
        if (problems.Count > 0 || after is null)
        {
            Add(facts);
            return new DraftReport([.. obstacles], null, ImpactMatrix.Empty, facts, [], null, null, [], null, [], null);
        }
        var resolver = new Resolver(laid);
        AddFindings(laid, after);
        var sweep = AddGaps(resolver, after);
        Add(facts);
        var comparison = before is null ? null : VersionComparison.Of(resolver, laid.Catalogue.Find(draft.Agreement.Value)!.Version(before.Id.Value)!, after, known);
        var matrix = comparison is null ? ImpactMatrix.Empty : ImpactMatrix.Of(resolver, comparison.From, after, known);
        var changes = comparison is null ? [] : Classifying.Find(comparison, draft.Classifications);
        foreach (var open in changes.Where(c => c.Class is null))
        {
            var said = new Message((open.To ?? open.From) is null ? ObstacleForms.ChangeOfText : ObstacleForms.ChangeOfClause, open.To ?? open.From ?? open.Key, open.Suggested.Word());
            Add(ObstacleKind.Change, open.Key, null, null, open.To ?? open.From, said, PublicationStage.Approved, open.Because);
        }
        var @class = comparison is null ? null : ClassConsequences.Gravest(changes);
        ImmutableArray<NoticeFloor> floors = before is null || @class is not { } change ? [] : NoticeFloors.Of(catalogue, published.Corpus.Knowledge(before.States[^1]).Facts, change);
        var earliest = AddFloors(floors);
        var example = comparison?.Impact.FirstOrDefault()?.Example is { } touched ? ImpactSearch.Of(resolver, comparison.From, after, touched, known) : [];
        return new DraftReport([.. obstacles], comparison, matrix, facts, changes, sweep, @class, floors, after, example, earliest);
    }

    private void CheckBase(AgreementCatalogue catalogue)
    {
        var agreement = catalogue.Find(draft.Agreement.Value);
        if (draft.Base is null ? agreement is not null : before is null)
        {
            Add(ObstacleKind.Base, "", null, null, null, draft.Base is null ? $"The agreement {draft.Agreement} is there already" : $"The version {draft.Agreement}/{draft.Base}, from which the draft was made, is not in the catalogue",
                "Make a new draft from the version in force.", PublicationStage.InReview);
        }
        else if (NewerVersion.Than(draft.Agreement, draft.Base, catalogue) is { } last)
        {
            if (before?.Details.Withdrawn is null)
            {
                Add(ObstacleKind.Base, last.Path, null, null, null, new Message(ObstacleForms.BaseNewer, last.Path, before!.Id.Value), PublicationStage.InReview);
            }
            else
            {
                Add(ObstacleKind.Base, last.Path, null, null, null, new Message(ObstacleForms.BaseWithdrawn, before.Path, last.Path), PublicationStage.InReview);
            }
        }
        if (plan is not null && agreement?.Versions.Any(v => v.Id.Effective >= plan.Effective && v.Details.Withdrawn is null) == true)
        {
            Add(ObstacleKind.Base, "", null, null, null, new Message(ObstacleForms.DayBehind, draft.Agreement.Value, plan.Effective.ToFullDate()), PublicationStage.Scheduled);
        }
        else if (plan is not null && agreement?.Versions.Any(v => v.Id.Effective == plan.Effective) == true)
        {
            Add(ObstacleKind.Base, "", null, null, null, new Message(ObstacleForms.DayWithdrawn, draft.Agreement.Value, plan.Effective.ToFullDate()), PublicationStage.Scheduled);
        }
    }

    private void AddFindings(Corpus laid, AgreementVersion after)
    {
        var lint = ContentLint.OfVersion(laid, after);
        foreach (var finding in lint.Open)
        {
            Add(ObstacleKind.Finding, finding.Code, finding.File, finding.Line, finding.Clause, finding.Said, PublicationStage.Approved, "Or accept it with a reason.");
        }
        foreach (var stale in lint.Stale)
        {
            Add(ObstacleKind.Finding, stale, PublicationStage.Approved);
        }
    }

    private Sweep? AddGaps(Resolver resolver, AgreementVersion after)
    {
        if (!after.Agreement.IsContract)
        {
            return null;
        }
        var sweep = Sweep.Of(resolver, after, known, before is null ? null : after.Agreement.Version(before.Id.Value));
        foreach (var finding in sweep.Findings.Where(f => (before is null || f.IsNew) && !draft.AcceptedGaps.ContainsKey(Key(f))))
        {
            var about = finding.About == "party" ? "company" : finding.About;
            var example = ImpactWords.Of(finding.Example);
            Add(ObstacleKind.Gap, Key(finding), "rules.yaml", null, null,
                finding.Outcome == Outcome.NoRule ? $"No rule gives the {about}, for example for {example}" : $"The {about} is in conflict, for example for {example}: {finding.Candidates}",
                "Mend the rules, or accept it with the reason if the text leaves it so.", PublicationStage.Approved);
        }
        return sweep;
    }

    private static string Key(Sweep.Finding finding) => $"{finding.About}/{finding.Outcome}/{finding.Candidates}";

    private void Add(ImmutableArray<FactToConfirm> facts)
    {
        foreach (var fact in facts.Where(f => f.Confirmed is null))
        {
            var form = fact.Reason switch
            {
                ConfirmReason.QuoteGone => ObstacleForms.QuoteGone,
                ConfirmReason.Dropped => ObstacleForms.FactDropped,
                _ => ObstacleForms.WordsChanged,
            };
            Add(ObstacleKind.Fact, fact.Key, fact.Key.StartsWith("facts/", StringComparison.Ordinal) ? "facts.yaml" : "rules.yaml", null, fact.Clauses.FirstOrDefault(), new Message(form, fact.Key), PublicationStage.Approved);
        }
    }

    private DateOnly? AddFloors(ImmutableArray<NoticeFloor> floors)
    {
        if (plan is null)
        {
            return null;
        }
        foreach (var floor in floors.Where(f => NoticeFloors.After(f, plan.Announced) > (plan.ExistingFrom ?? plan.Effective)))
        {
            var said = new Message(
                ObstacleForms.Floor, (plan.ExistingFrom ?? plan.Effective).ToFullDate(), floor.Days.ToString(CultureInfo.InvariantCulture), plan.Announced.ToFullDate(), floor.Source,
                NoticeFloors.After(floor, plan.Announced).ToFullDate());
            Add(ObstacleKind.Floor, floor.Id, null, null, null, said, PublicationStage.Scheduled);
        }
        return NoticeFloors.Earliest(floors, plan.Announced);
    }

    private void Add(ObstacleKind kind, Problem problem, PublicationStage blocks) => Add(kind, "", problem.File, problem.Line, null, problem.What, problem.Remedy, blocks, problem.Said);

    private void Add(ObstacleKind kind, string key, string? file, int? line, string? clause, Message said, PublicationStage blocks, string further = "") =>
        Add(kind, key, file, line, clause, said.What, further.Length == 0 ? said.Remedy : $"{said.Remedy} {further}", blocks, said);

    /// <summary>Files of the version are called by their names in it, and the lines of its own file are counted without those that publication adds.</summary>
    private void Add(ObstacleKind kind, string key, string? file, int? line, string? clause, string what, string remedy, PublicationStage blocks, Message? said = null)
    {
        var name = file is not null && file.StartsWith(folder, StringComparison.Ordinal) ? file[folder.Length..] : file;
        obstacles.Add(new Obstacle(kind, key, name, name == Draft.VersionFile && name != file ? Math.Max(1, (line ?? 1) - headLines) : line, clause, what, remedy, blocks) { Said = said });
    }
}
