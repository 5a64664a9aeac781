using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Terms.Acceptance;
using Terms.Resolution;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary>A form as it is sent.</summary>
/// <param name="Shown">What it shows.</param>
/// <param name="Html">Its HTML; the digest stands in <paramref name="Shown"/>.</param>
public sealed record Form(Shown Shown, byte[] Html);

/// <summary>
/// Makes the forms of presentations, and keeps them as long as the catalogue that they are made from: one for each class of customers, version accepted before, language, act and
/// surface. When a version comes into force, the answers are other objects, and so the form is made anew.
/// </summary>
internal sealed class Forms(IServiceScopeFactory scopes, ILoggerFactory logs, IStringLocalizer<Wording> words)
{
    private const int Most = 4096;

    private readonly ConditionalWeakTable<ServedCatalogue, ConcurrentDictionary<Key, Form>> kept = [];

    /// <summary>The form of a presentation in a language, as it is at an instant; null if an agreement has no version in force any more, or is not for the customer.</summary>
    public async ValueTask<Form?> Of(SubjectAnswers subjects, Presentation presentation, string language, DateTimeOffset at)
    {
        var served = subjects.Served;
        var answers = ImmutableArray.CreateBuilder<AgreementAnswer>(presentation.Agreements.Length);
        foreach (var agreement in presentation.Agreements)
        {
            if (served.Catalogue.Find(agreement) is not { } found
                || subjects.ToAccept(presentation.Subject, found, presentation.Customer, at) is not { Version: not null, Outcome: not Outcome.NotApplicable } answer)
            {
                return null;
            }
            answers.Add(answer);
        }
        var key = new Key(presentation.Act, language, presentation.Surface, answers.ToImmutable(), presentation.Since);
        var made = kept.GetOrCreateValue(served);
        if (made.TryGetValue(key, out var form))
        {
            return form;
        }
        form = await Make(served, key, at);
        if (made.Count >= Most)
        {
            made.Clear(); // They are made again as they are asked for.
        }
        return made.GetOrAdd(key, form);
    }

    private async Task<Form> Make(ServedCatalogue served, Key key, DateTimeOffset at)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<SeenCatalogue>().Served = served;
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(key.Language);
            var offer = Offer.Of(served, words, key.Act, key.Surface, key.Answers, key.Since, at);
            var root = await renderer.RenderComponentAsync<AcceptForm>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(AcceptForm.Offer)] = offer }));
            var html = Encoding.UTF8.GetBytes(root.ToHtmlString().Trim());
            return new Form(offer.Shown(Digests.Of(html)), html);
        });
    }

    /// <summary>What a form depends on. Answers are kept by the resolver, and are the same objects as long as they hold.</summary>
    private sealed class Key(AcceptanceKind act, string language, string surface, ImmutableArray<AgreementAnswer> answers, ImmutableSortedDictionary<string, string> since) : IEquatable<Key>
    {
        public AcceptanceKind Act => act;

        public string Language => language;

        public string Surface => surface;

        public ImmutableArray<AgreementAnswer> Answers => answers;

        public ImmutableSortedDictionary<string, string> Since => since;

        public bool Equals(Key? other) =>
            other is not null && act == other.Act && language == other.Language && surface == other.Surface
            && answers.AsSpan().SequenceEqual(other.Answers.AsSpan(), ReferenceEqualityComparer.Instance) && since.SequenceEqual(other.Since);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode()
        {
            var hash = HashCode.Combine(act, language, surface);
            foreach (var answer in answers)
            {
                hash = HashCode.Combine(hash, RuntimeHelpers.GetHashCode(answer));
            }
            return hash;
        }
    }
}
