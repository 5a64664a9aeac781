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
    private readonly AnswerSet none = new([]);

    /// <summary>Prepares the answers of a corpus.</summary>
    public Resolver(Corpus corpus)
    {
        Corpus = corpus;
        var groups = corpus.Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.States)
            .SelectMany(s => corpus.Knowledge(s).Rules.All).SelectMany(r => r.When.Groups.Concat(r.OrReadAs?.Groups ?? []))
            .Concat(corpus.Decisions.Values.SelectMany(d => d).SelectMany(d => d.When.Groups));
        places = new PlaceClasses(groups);
        histories = [.. corpus.Catalogue.Agreements.Select(a => new AgreementHistory(corpus, a))];
        contracts = [.. histories.Where(h => h.Agreement.IsContract)];
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
        var answers = none;
        foreach (var history in contracts)
        {
            if (Applicability.IsFor(history.Agreement, customer))
            {
                var answer = history.At(at, knownAt).Answer(customer, places.ClassOf(customer));
                answers = answer.Outcome == Outcome.NoVersion ? answers : answers.With(answer);
            }
        }
        return answers.Applicable(Corpus);
    }

    /// <summary>By its position, so that it costs the same in a catalogue of any size; by its name if it was read with another catalogue.</summary>
    private AgreementHistory History(Agreement agreement) =>
        agreement.Position < histories.Length && histories[agreement.Position] is var history && history.Agreement == agreement
            ? history
            : HistoryByName(agreement.Id);

    private AgreementHistory HistoryByName(AgreementId id) => histories.First(h => h.Agreement.Id == id);
}
