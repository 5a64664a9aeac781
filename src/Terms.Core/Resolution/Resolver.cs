using System.Collections.Concurrent;
using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>
/// Answers which version, company, law and forum apply to a customer. Customers fall into few classes, by the groups of places that rules tell
/// apart; the answer of a class, explanation included, is made once and kept.
/// </summary>
public sealed class Resolver
{
    private readonly ImmutableArray<AgreementHistory> histories;
    private readonly ImmutableArray<AgreementHistory> contracts;
    private readonly PlaceClasses places;
    private readonly Moments moments;
    private readonly ConcurrentDictionary<(int Known, int Moment, int Customer), ApplicableAnswer> applicable = new();

    /// <summary>Prepares the answers of a corpus.</summary>
    public Resolver(Corpus corpus)
    {
        Corpus = corpus;
        var conditions = corpus.Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.States)
            .SelectMany(s => corpus.Knowledge(s).Rules.All).SelectMany(r => r.OrReadAs is null ? [r.When] : new[] { r.When, r.OrReadAs })
            .Concat(corpus.Decisions.Values.SelectMany(d => d).Select(d => d.When)).ToList();
        places = new PlaceClasses(conditions.SelectMany(c => c.Groups), conditions.Exists(c => c.TellsBusiness));
        histories = [.. corpus.Catalogue.Agreements.Select(a => new AgreementHistory(corpus, a))];
        contracts = [.. histories.Where(h => h.Agreement.IsContract)];
        moments = new Moments(histories);
    }

    /// <summary>What the answers rest on.</summary>
    public Corpus Corpus { get; }

    /// <summary>The classes of places that no rule tells apart.</summary>
    public PlaceClasses Places => places;

    /// <summary>The answer of one agreement.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="customer">The facts asked about.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="knownAt">What counts is what was known then.</param>
    public AgreementAnswer Resolve(Agreement agreement, in Customer customer, DateTimeOffset at, DateTimeOffset knownAt) =>
        History(agreement).At(at, knownAt).Answer(customer, places.ClassOf(customer));

    /// <summary>The answers of all contracts that are for the customer, and where they contradict each other.</summary>
    /// <param name="customer">The facts asked about.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="knownAt">What counts is what was known then.</param>
    public ApplicableAnswer Resolve(in Customer customer, DateTimeOffset at, DateTimeOffset knownAt)
    {
        var key = (moments.Known(knownAt), moments.At(at), places.ClassOf(customer));
        if (!applicable.TryGetValue(key, out var answer))
        {
            answer = applicable.GetOrAdd(key, ResolveAll(customer, at, knownAt));
        }
        return answer;
    }

    /// <summary>By its position, so that it costs the same in a catalogue of any size; by its name if it was read with another catalogue.</summary>
    private AgreementHistory History(Agreement agreement) =>
        agreement.Position < histories.Length && histories[agreement.Position] is var history && history.Agreement == agreement
            ? history
            : HistoryByName(agreement.Id);

    private AgreementHistory HistoryByName(AgreementId id) => histories.First(h => h.Agreement.Id == id);

    private ApplicableAnswer ResolveAll(Customer customer, DateTimeOffset at, DateTimeOffset knownAt)
    {
        var answers = contracts.Where(h => Applicability.WhyNot(h.Agreement, customer) is null)
            .Select(h => h.At(at, knownAt).Answer(customer, places.ClassOf(customer)))
            .Where(a => a.Outcome != Outcome.NoVersion).ToImmutableArray();
        return new ApplicableAnswer(answers, Contradictions.Between(Corpus, answers));
    }
}

/// <summary>The places, put together where no rule tells them apart, so that customers fall into few classes.</summary>
public sealed class PlaceClasses
{
    private readonly byte[] classOf = new byte[Place.Codes.Length];
    private readonly bool tellsBusiness;

    /// <summary>Puts together the places that belong to the same of some groups; and businesses, consumers and those who do not say, unless rules tell them apart.</summary>
    public PlaceClasses(IEnumerable<PlaceGroup> groups, bool tellsBusiness)
    {
        this.tellsBusiness = tellsBusiness;
        var distinct = groups.DistinctBy(g => g.Id).OrderBy(g => g.Id, StringComparer.Ordinal).ToList();
        var classes = Place.All.GroupBy(p => string.Join(',', distinct.Where(g => g.Places.Contains(p)).Select(g => g.Id))).ToList();
        for (var i = 0; i < classes.Count; i++)
        {
            foreach (var place in classes[i])
            {
                classOf[place.Index] = (byte)i;
            }
        }
        Members = [.. classes.Select(c => c.ToImmutableArray())];
    }

    /// <summary>The places of each class.</summary>
    public ImmutableArray<ImmutableArray<Place>> Members { get; }

    /// <summary>The class of a customer: equal numbers have equal answers.</summary>
    public int ClassOf(in Customer customer) =>
        (((((((classOf[customer.Residence.Index] << 8) | classOf[customer.AccessFrom.Index]) << 2
            | (int)customer.Role) << 2
            | (int)customer.Site) << 3
            | (int)customer.Service) << 3
            | (int)customer.Members) << 2)
            | (tellsBusiness ? customer.IsBusiness switch { null => 0, false => 1, true => 2 } : 0);
}

/// <summary>All moments at which some answer changes, so that answers can be kept by their number.</summary>
internal sealed class Moments(ImmutableArray<AgreementHistory> histories)
{
    private readonly DateTimeOffset[] changes = [.. histories.SelectMany(h => h.Changes).Distinct().Order()];
    private readonly DateTimeOffset[] lessons = [.. histories.SelectMany(h => h.Lessons).Distinct().Order()];

    public int At(DateTimeOffset at) => Search.LastNotAfter(changes, at);

    public int Known(DateTimeOffset knownAt) => Search.LastNotAfter(lessons, knownAt);
}

internal static class Search
{
    /// <summary>The position of the last instant that is not after another, or -1.</summary>
    public static int LastNotAfter(DateTimeOffset[] sorted, DateTimeOffset instant)
    {
        if (sorted.Length == 0 || instant >= sorted[^1])
        {
            return sorted.Length - 1; // Most ask about now.
        }
        var found = Array.BinarySearch(sorted, instant);
        return found >= 0 ? found : ~found - 1;
    }
}

/// <summary>Everything known about one agreement over time: what was known when, and what was then in force when.</summary>
internal sealed class AgreementHistory
{
    private readonly Corpus corpus;
    private readonly DateTimeOffset[] lessons;
    private readonly Lazy<(DateTimeOffset[] Starts, AgreementMoment[] Moments)>[] known;

    public AgreementHistory(Corpus corpus, Agreement agreement)
    {
        this.corpus = corpus;
        Agreement = agreement;
        lessons =
        [
            .. agreement.Versions.SelectMany(v => v.States.Select(s => s.KnownFrom).Concat(Decisions(v).Select(d => d.At))).Distinct().Order(),
        ];
        known =
        [
            .. lessons.Prepend(DateTimeOffset.MinValue).Select(at => new Lazy<(DateTimeOffset[], AgreementMoment[])>(() => Moments(at))),
        ];
    }

    public Agreement Agreement { get; }

    /// <summary>The instants at which something was learnt.</summary>
    public IEnumerable<DateTimeOffset> Lessons => lessons;

    /// <summary>The instants at which an answer can change: versions taking effect, and versions being announced.</summary>
    public IEnumerable<DateTimeOffset> Changes => known[^1].Value.Starts;

    /// <summary>What is in force at an instant, as known at another.</summary>
    public AgreementMoment At(DateTimeOffset at, DateTimeOffset knownAt)
    {
        var (starts, moments) = known[Search.LastNotAfter(lessons, knownAt) + 1].Value;
        return moments[Search.LastNotAfter(starts, at) + 1];
    }

    private ImmutableArray<OperatorDecision> Decisions(AgreementVersion version) => corpus.Decisions.GetValueOrDefault(version.Path, []);

    private (DateTimeOffset[] Starts, AgreementMoment[] Moments) Moments(DateTimeOffset knownAt)
    {
        var zone = corpus.Catalogue.Zone;
        var spans = Timeline.Of(Agreement, zone, knownAt);
        var announcements = spans.Where(s => s.Version?.Details.Announced is not null && s.From is not null)
            .Select(s => (Announced: Instants.StartOf(s.Version!.Details.Announced!.Value, zone), Span: s)).ToList();
        var starts = spans.Select(s => s.From).OfType<DateTimeOffset>().Concat(announcements.Select(a => a.Announced)).Distinct().Order().ToArray();
        var moments = new AgreementMoment[starts.Length + 1];
        var span = 0;
        for (var i = 0; i < moments.Length; i++)
        {
            DateTimeOffset? at = i == 0 ? null : starts[i - 1];
            while (span + 1 < spans.Length && spans[span + 1].From <= at)
            {
                span++;
            }
            var next = span + 1 < spans.Length ? spans[span + 1] : null;
            var upcoming = announcements.FirstOrDefault(a => a.Span == next && a.Announced <= at).Span?.Version;
            moments[i] = new AgreementMoment(corpus, Agreement, spans[span], upcoming, knownAt);
        }
        return (starts, moments);
    }
}
