using System.Collections.Immutable;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>The day on which notice of a version counts as received by a subject; null if none does.</summary>
internal delegate DateOnly? NoticeReceived(string subject, AgreementVersion version);

/// <summary>What applies to one subject: the answers of the catalogue, with the versions that bind this subject.</summary>
internal sealed class SubjectAnswers(ServedCatalogue served, ServedStore stored, NoticeReceived noticed)
{
    /// <summary>The catalogue that is asked.</summary>
    public ServedCatalogue Served => served;

    /// <summary>The records of a subject, oldest first.</summary>
    public IReadOnlyList<RecordedAct> Acts(string subject) => [.. stored.Store.EntriesOf(subject).Select(e => new RecordedAct(e.Id, AcceptanceRecord.Parse(e.Record)))];

    /// <summary>The answers to a question about a subject: of the one agreement asked for, applicable or not, or of all that apply.</summary>
    public ImmutableArray<BoundAnswer> Of(string subject, Question question) => Of(subject, question, (acts, agreement) => Bound(subject, acts, agreement, question.Customer, question.At, question.KnownAt));

    /// <summary>The same with the versions that a subject is asked to accept: whoever has never accepted an agreement concludes it on the version that binds new customers.</summary>
    public ImmutableArray<BoundAnswer> ToAccept(string subject, Question question) => Of(subject, question, (acts, agreement) => ToAccept(subject, acts, agreement, question.Customer, question.At, question.KnownAt));

    /// <summary>The version of one agreement that a subject is asked to accept.</summary>
    public AgreementAnswer ToAccept(string subject, Agreement agreement, in Customer customer, DateTimeOffset at) => ToAccept(subject, new(() => Acts(subject)), agreement, customer, at, at).Answer;

    private ImmutableArray<BoundAnswer> Of(string subject, Question question, Func<Lazy<IReadOnlyList<RecordedAct>>, Agreement, BoundAnswer> answer)
    {
        var acts = new Lazy<IReadOnlyList<RecordedAct>>(() => Acts(subject));
        return question.Agreement is { } agreement
            ? [answer(acts, agreement)]
            : [.. served.Resolver.Resolve(question.Customer, question.At, question.KnownAt).Agreements.Select(a => answer(acts, a.Agreement)).Where(a => a.Answer.Outcome != Outcome.NoVersion)];
    }

    private BoundAnswer Bound(string subject, Lazy<IReadOnlyList<RecordedAct>> acts, Agreement agreement, in Customer customer, DateTimeOffset at, DateTimeOffset knownAt) => BoundAnswer.Of(
        served.Resolver, agreement, customer,
        new SubjectKnowledge(
            v => served.FirstSeen.TryGetValue(v.Path, out var seen) ? seen : null, v => noticed(subject, v), v => SubjectStatus.AcceptedAt(acts.Value, v, at)),
        at, knownAt);

    private BoundAnswer ToAccept(string subject, Lazy<IReadOnlyList<RecordedAct>> acts, Agreement agreement, in Customer customer, DateTimeOffset at, DateTimeOffset knownAt)
    {
        var bound = Bound(subject, acts, agreement, customer, at, knownAt);
        return bound.IsHeld && SubjectStatus.LastAccepted(acts.Value, agreement.Id.Value, at) is null
            ? new BoundAnswer(served.Resolver.Resolve(agreement, customer, at, knownAt), null, null, null, IsHeld: false)
            : bound;
    }
}
