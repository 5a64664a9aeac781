using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

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
            .. agreement.Versions.SelectMany(v => v.States.Select(s => s.KnownFrom).Concat(Decisions(v).Select(d => d.At)).Concat(v.Details.Withdrawn is { } back ? [back.At] : [])).Distinct().Order(),
        ];
        known =
        [
            .. lessons.Prepend(DateTimeOffset.MinValue).Select(at => new Lazy<(DateTimeOffset[], AgreementMoment[])>(() => Moments(at))),
        ];
    }

    public Agreement Agreement { get; }

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
