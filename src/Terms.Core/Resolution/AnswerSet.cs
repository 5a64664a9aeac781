using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Terms.Resolution;

/// <summary>Answers of several agreements that occur together. Each combination is made once, with what the agreements say against each other.</summary>
internal sealed class AnswerSet(ImmutableArray<AgreementAnswer> answers)
{
    private readonly ConcurrentDictionary<AgreementAnswer, AnswerSet> longer = new(ReferenceEqualityComparer.Instance);
    private ApplicableAnswer? applicable;

    public AnswerSet With(AgreementAnswer answer) =>
        longer.TryGetValue(answer, out var found) ? found : longer.GetOrAdd(answer, new AnswerSet(answers.Add(answer)));

    public ApplicableAnswer Applicable(Corpus corpus) => applicable ?? Make(corpus);

    private ApplicableAnswer Make(Corpus corpus)
    {
        Interlocked.CompareExchange(ref applicable, new ApplicableAnswer(answers, Contradictions.Between(corpus, answers)), null);
        return applicable;
    }
}
