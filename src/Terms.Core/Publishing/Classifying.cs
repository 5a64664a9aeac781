using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Publishing;

/// <summary>Suggests how grave each change of a draft is, from what the comparison shows. A person decides.</summary>
public static partial class Classifying
{
    /// <summary>The key of the change that is in no clause: rules or facts that give somebody another company, law, forum or cap, though no word that they rest on differs.</summary>
    public const string Rules = "rules";

    /// <summary>Every clause that changed, in every rendering that both versions have, the renderings that came or went, and what rules and facts change without a word.</summary>
    /// <param name="comparison">The comparison of the first renderings, with facts, rules and impact.</param>
    /// <param name="classifications">What people have said.</param>
    public static ImmutableArray<ChangeToClassify> Find(VersionComparison comparison, ImmutableSortedDictionary<string, ClauseClassification> classifications)
    {
        var found = ImmutableArray.CreateBuilder<ChangeToClassify>();
        foreach (var text in comparison.To.Texts)
        {
            if (text == comparison.Text.To)
            {
                AddText(comparison.Text);
            }
            else if (comparison.From.Text(text.Language, text.Number) is { } old)
            {
                AddText(TextComparison.Of(old, text));
            }
            else
            {
                Add(Name(text), null, null, "", string.Join('\n', text.All.Select(c => c.Text)), new Suggestion(ChangeClass.Clarification, Rendering(SuggestionForms.TextNew, text)), true);
            }
        }
        foreach (var gone in comparison.From.Texts.Where(t => comparison.To.Text(t.Language, t.Number) is null))
        {
            Add(Name(gone), null, null, string.Join('\n', gone.All.Select(c => c.Text)), "", new Suggestion(ChangeClass.Substantive, Rendering(SuggestionForms.TextGone, gone)), true);
        }
        if (comparison.Impact.Where(i => !found.Any(c => c.NeedsPerson && (Cited(comparison.From, i.About).Contains(c.From ?? "") || Cited(comparison.To, i.About).Contains(c.To ?? "")))).ToList() is [var first, ..] unsaid)
        {
            Add(Rules, null, null, string.Join('\n', unsaid.Select(i => $"{i.About} {i.Who}: {i.Before}")), string.Join('\n', unsaid.Select(i => $"{i.About} {i.Who}: {i.After}")), Of(first, isUnsaid: true), true);
        }
        return found.ToImmutable();

        void AddText(TextComparison text)
        {
            if (text.From.Title != text.To.Title)
            {
                Add(Name(text.To) + " title", null, null, text.From.Title, text.To.Title, new Suggestion(ChangeClass.Clarification, new Message(SuggestionForms.Title)), true);
            }
            foreach (var changes in text.Changes.Where(c => !(c.IsPassage && c.IsFromPart && c.IsToPart)).GroupBy(c => $"{Name(text.To)} {c.FromLabel}>{c.ToLabel}"))
            {
                var all = changes.ToList();
                var needsPerson = all.Exists(c => c.TextChanged || c.LinksChanged || c.From is null || c.To is null || c.Kind is ChangeKind.Split or ChangeKind.Merged);
                Add(changes.Key, all[0].FromLabel, all[0].ToLabel, string.Join('\n', all.Select(c => c.FromText)), string.Join('\n', all.Select(c => c.ToText)), Suggest(comparison, text.To.Language, all), needsPerson);
            }
        }

        void Add(string key, string? from, string? to, string before, string after, Suggestion suggestion, bool needsPerson)
        {
            var wording = Digest.Of(new object[] { key.Split(' ')[0], before, after });
            var confirmed = classifications.GetValueOrDefault(key) is { } given && given.Wording == wording ? given : null;
            found.Add(new ChangeToClassify(key, from, to, wording, suggestion, needsPerson, confirmed));
        }
    }

    /// <summary>How the keys of changes call a text: language and number of the rendering.</summary>
    public static string Name(TermsText text) => $"{text.Language}.{text.Number.ToString(CultureInfo.InvariantCulture)}";

    private static Suggestion Suggest(VersionComparison comparison, string language, List<ClauseChange> changes)
    {
        var first = changes[0];
        var facts = comparison.Facts.Where(f => Cites(f.From?.Clauses, first.FromLabel) || Cites(f.To?.Clauses, first.ToLabel)).ToList();
        var rules = comparison.Rules.Where(r => Cites(r.FromClauses, first.FromLabel) || Cites(r.ToClauses, first.ToLabel)).ToList();
        var words = string.Join(' ', changes.SelectMany(c => c.Segments).Where(s => s.Kind != SegmentKind.Equal).Select(s => s.Text));
        var adapt = Adaptation().Match(string.Join(' ', changes.SelectMany(c => c.Segments).Where(s => s.Kind == SegmentKind.Insert).Select(s => s.Text)));
        var duty = Duty().Match(words);
        if (adapt.Success)
        {
            return Of(ChangeClass.NeedsAdaptation, SuggestionForms.Adaptation, adapt.Value);
        }
        if (rules.Count > 0 && comparison.Impact.FirstOrDefault(i => rules.Exists(r => r.About == i.About)) is { } impact)
        {
            return Of(impact, isUnsaid: false);
        }
        if (facts.Count > 0)
        {
            var how = facts.Select(f => $"{(f.To ?? f.From)!.Id} {(f.Kind switch { ChangeKind.Added => "is new", ChangeKind.Removed => "is gone", _ => "has changed" })}");
            return Of(ChangeClass.Substantive, SuggestionForms.Facts, string.Join(", ", how)) with { Facts = [.. facts] };
        }
        if (rules.Count > 0)
        {
            return Of(ChangeClass.Substantive, SuggestionForms.Rules, string.Join(", ", rules.Select(r => r.Id)));
        }
        if (changes.Exists(c => c.Figures))
        {
            return Of(ChangeClass.Substantive, SuggestionForms.Figures);
        }
        var isCosmetic = changes.TrueForAll(c => c.IsCosmetic || !c.TextChanged && c.From is not null && c.To is not null);
        if (changes.Exists(c => c.IsCritical && c.TextChanged))
        {
            return isCosmetic
                ? Of(ChangeClass.Clarification, SuggestionForms.CriticalSigns)
                : Of(ChangeClass.Substantive, SuggestionForms.CriticalWords);
        }
        if (first.From is null || first.To is null)
        {
            return first.To is null && first.FromText.Trim().Length == 0 || first.From is null && first.ToText.Trim().Length == 0
                ? Of(ChangeClass.Editorial, SuggestionForms.Empty)
                : Of(ChangeClass.Substantive, first.From is null ? SuggestionForms.New : SuggestionForms.Gone);
        }
        if (isCosmetic)
        {
            return changes.Exists(c => c.LinksChanged)
                ? Of(ChangeClass.Clarification, SuggestionForms.Link)
                : Of(ChangeClass.Editorial, changes.Exists(c => c.TextChanged) ? SuggestionForms.Signs : SuggestionForms.Place);
        }
        if (!language.StartsWith("en", StringComparison.Ordinal))
        {
            return Of(ChangeClass.Substantive, SuggestionForms.WordsNotEnglish);
        }
        return duty.Success
            ? Of(ChangeClass.Substantive, SuggestionForms.Duty, duty.Value)
            : Of(ChangeClass.Clarification, SuggestionForms.Words);
    }

    private static Suggestion Of(ChangeClass @class, MessageForm because, params ImmutableArray<string> arguments) => new(@class, new Message(because, arguments));

    private static Suggestion Of(Impact impact, bool isUnsaid) =>
        Of(ChangeClass.Substantive, SuggestionForms.Impact(impact.About, isUnsaid), impact.Who, impact.Before, impact.After) with { Impact = impact };

    private static Message Rendering(MessageForm form, TermsText text) => new(form, text.Language, text.Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The clauses that the company, law, forum or cap of a version rests on. Law and forum follow the company, and rest on its clauses too.</summary>
    private static HashSet<string> Cited(AgreementVersion version, string about) =>
    [
        .. version.States[^1].Entries.Where(e => about == "cap" ? e.Key == "facts" : e.Key is "parties" || (about != "party" && e.Key == about)).SelectMany(e => e.Value)
            .Select(e => (IReadOnlyDictionary<string, object>)e.Canonical()).Where(e => about != "cap" || e.GetValueOrDefault("kind") is "cap")
            .SelectMany(e => e.GetValueOrDefault("clauses") switch { string one => [one], IEnumerable<object> several => several.OfType<string>(), _ => [] }),
    ];

    private static bool Cites(ImmutableArray<string>? clauses, string? label) => label is not null && clauses is { IsDefault: false } all && all.Contains(label);

    [GeneratedRegex(@"\b(?:API|APIs|interfaces?|integrat\w+|data format|file format|software|technical(?:ly)? (?:adapt\w+|changes?|requirements?|specifications?)|reprogram\w*|re-?list\w*|packaging|label(?:l)?ing)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Adaptation();

    [GeneratedRegex(@"\b(?:must|shall|may|will|cannot|not|no|never|only|unless|except|without|agree\w*|oblig\w+|entitl\w+|rights?|waiv\w+|consent\w*|fees?|pay\w*|charg\w+|liab\w+|indemnif\w+|damages|terminat\w+|suspend\w*|forfeit\w*|prohibit\w*|requir\w+|warrant\w*|licen[cs]e\w*|discretion|immediately|prior)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Duty();
}
