using System.Collections.Immutable;
using Terms.Acceptance;
using Terms.Resolution;
using Terms.Web.Hosting;
using Terms.Web.Pages;

namespace Terms.Web.Endpoints;

/// <summary>A form put before somebody, with the token that was signed over it.</summary>
/// <param name="Form">The form.</param>
/// <param name="Token">The token.</param>
public sealed record Presented(Form Form, string Token);

/// <summary>Makes presentations, and shows them: for services and for pages.</summary>
internal sealed class Presenter(SubjectAnswers subjects, ServedStore stored, Forms forms, TimeProvider clock)
{
    /// <summary>For so long a form can be answered after it was shown.</summary>
    private static readonly TimeSpan Answerable = TimeSpan.FromHours(1);

    /// <summary>The agreements that a presentation is for: those named, or all that apply to the customer and must be accepted now; if none must, all that apply.</summary>
    /// <exception cref="ApiException">One that is named is not there or is not for the customer, or none applies.</exception>
    public ImmutableArray<AgreementAnswer> Agreements(string subject, in Customer customer, IReadOnlyList<string>? named, DateTimeOffset at)
    {
        if (named is null)
        {
            ImmutableArray<AgreementAnswer> all = [.. subjects.ToAccept(subject, new Question(customer, null, at, at)).Select(b => b.Answer)];
            var required = SubjectStatus.Of(Acts(subject), all, at).Required.Select(r => r.Answer).ToImmutableArray();
            return !required.IsEmpty ? required : !all.IsEmpty ? all : throw ApiException.Parameter("No agreement of the catalogue is for this customer. Send other facts, or name the agreements.");
        }
        var (answers, catalogue) = (ImmutableArray.CreateBuilder<AgreementAnswer>(), subjects.Served.Catalogue);
        foreach (var name in named)
        {
            var agreement = catalogue.Find(name) ?? throw new ApiException(404, "unknown-agreement", QuestionReader.UnknownAgreement(catalogue, name));
            var answer = subjects.ToAccept(subject, agreement, customer, at);
            answers.Add(answer is { Version: not null, Outcome: not Outcome.NotApplicable } ? answer : throw ApiException.Parameter($"{agreement.Id} cannot be presented. {answer.Because}"));
        }
        return answers.ToImmutable();
    }

    /// <summary>The records of a subject, oldest first.</summary>
    public IReadOnlyList<RecordedAct> Acts(string subject) => subjects.Acts(subject);

    /// <summary>By agreement, the version that a subject has accepted before.</summary>
    public ImmutableSortedDictionary<string, string> Since(string subject, IEnumerable<AgreementAnswer> answers, DateTimeOffset at)
    {
        var acts = Acts(subject);
        return answers.Select(a => (Agreement: a.Agreement.Id.Value, Version: SubjectStatus.LastAccepted(acts, a.Agreement.Id.Value, at)))
            .Where(s => s.Version is not null).ToImmutableSortedDictionary(s => s.Agreement, s => s.Version!, StringComparer.Ordinal);
    }

    /// <summary>Keeps a presentation.</summary>
    public async Task<PresentationId> Add(Presentation presentation) => new(await stored.Store.AddPresentation(presentation.Bytes), presentation.Secret);

    /// <summary>Finds a presentation by its id; null if there is none, or the id does not open it.</summary>
    public Presentation? Find(string id, out PresentationId found, out long? usedBy)
    {
        usedBy = null;
        return PresentationId.TryParse(id, out found) ? Opened(found, stored.Store.Presentation(found.Number, out usedBy)) : null;
    }

    /// <summary>The same without looking whether it was used up.</summary>
    public Presentation? Find(string id, out PresentationId found) => PresentationId.TryParse(id, out found) ? Opened(found, stored.Store.Presentation(found.Number)) : null;

    /// <summary>The entry that used a presentation up; null if none did.</summary>
    public long? UsedBy(PresentationId id) => stored.Store.Presentation(id.Number, out var usedBy) is null ? null : usedBy;

    private static Presentation? Opened(PresentationId id, byte[]? content) => content is not null && Presentation.Parse(content) is var presentation && id.Opens(presentation) ? presentation : null;

    /// <summary>The form of a presentation in a language as it is now; null if it cannot be shown any more.</summary>
    public ValueTask<Form?> Form(Presentation presentation, string language) => forms.Of(subjects, presentation, language, clock.GetUtcNow());

    /// <summary>Shows a presentation in a language as it is now: keeps what is shown, and signs it. Null if it cannot be shown any more.</summary>
    public async Task<Presented?> Show(PresentationId id, Presentation presentation, string language)
    {
        var now = clock.GetUtcNow();
        if (await forms.Of(subjects, presentation, language, now) is not { } form)
        {
            return null;
        }
        await stored.Store.KeepShown(form.Shown.Html, "text/html; charset=utf-8", form.Html);
        await stored.Store.KeepShown(form.Shown.Digest, "application/json", form.Shown.Bytes);
        var expires = presentation.Expires < now + Answerable ? presentation.Expires : now + Answerable;
        return new Presented(form, stored.Tokens.Sign(new PresentationClaims(id.ToString(), presentation.Subject, presentation.CustomerDigest, form.Shown.Digest, language, now, expires)));
    }
}
