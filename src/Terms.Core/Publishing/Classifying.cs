using System.Collections.Immutable;
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
                Add(Name(text), null, null, "", string.Join('\n', text.All.Select(c => c.Text)), ChangeClass.Clarification, $"The text {text.Language}, rendering {text.Number}, is new.", true);
            }
        }
        foreach (var gone in comparison.From.Texts.Where(t => comparison.To.Text(t.Language, t.Number) is null))
        {
            Add(Name(gone), null, null, string.Join('\n', gone.All.Select(c => c.Text)), "", ChangeClass.Substantive, $"The text {gone.Language}, rendering {gone.Number}, is gone.", true);
        }
        if (comparison.Impact.Where(i => !found.Any(c => c.NeedsPerson && (Cited(comparison.From, i.About).Contains(c.From ?? "") || Cited(comparison.To, i.About).Contains(c.To ?? "")))).ToList() is [var first, ..] unsaid)
        {
            Add(Rules, null, null, string.Join('\n', unsaid.Select(i => $"{i.About} {i.Who}: {i.Before}")), string.Join('\n', unsaid.Select(i => $"{i.About} {i.Who}: {i.After}")), ChangeClass.Substantive,
                $"No word that it rests on differs. {Words(first)}", true);
        }
        return found.ToImmutable();

        void AddText(TextComparison text)
        {
            if (text.From.Title != text.To.Title)
            {
                Add(Name(text.To) + " title", null, null, text.From.Title, text.To.Title, ChangeClass.Clarification, "The title differs.", true);
            }
            foreach (var changes in text.Changes.Where(c => !(c.IsPassage && c.IsFromPart && c.IsToPart)).GroupBy(c => $"{Name(text.To)} {c.FromLabel}>{c.ToLabel}"))
            {
                var all = changes.ToList();
                var (suggested, because) = Suggest(comparison, text.To.Language, all);
                var needsPerson = all.Exists(c => c.TextChanged || c.LinksChanged || c.From is null || c.To is null || c.Kind is ChangeKind.Split or ChangeKind.Merged);
                Add(changes.Key, all[0].FromLabel, all[0].ToLabel, string.Join('\n', all.Select(c => c.FromText)), string.Join('\n', all.Select(c => c.ToText)), suggested, because, needsPerson);
            }
        }

        void Add(string key, string? from, string? to, string before, string after, ChangeClass suggested, string because, bool needsPerson)
        {
            var wording = Digest.Of(new object[] { key.Split(' ')[0], before, after });
            var confirmed = classifications.GetValueOrDefault(key) is { } given && given.Wording == wording ? given : null;
            found.Add(new ChangeToClassify(key, from, to, wording, suggested, because, needsPerson, confirmed));
        }
    }

    /// <summary>How the keys of changes call a text: language and number of the rendering.</summary>
    public static string Name(TermsText text) => $"{text.Language}.{text.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private static (ChangeClass, string) Suggest(VersionComparison comparison, string language, List<ClauseChange> changes)
    {
        var first = changes[0];
        var facts = comparison.Facts.Where(f => Cites(f.From?.Clauses, first.FromLabel) || Cites(f.To?.Clauses, first.ToLabel)).ToList();
        var rules = comparison.Rules.Where(r => Cites(r.FromClauses, first.FromLabel) || Cites(r.ToClauses, first.ToLabel)).ToList();
        var words = string.Join(' ', changes.SelectMany(c => c.Segments).Where(s => s.Kind != SegmentKind.Equal).Select(s => s.Text));
        var adapt = Adaptation().Match(string.Join(' ', changes.SelectMany(c => c.Segments).Where(s => s.Kind == SegmentKind.Insert).Select(s => s.Text)));
        var duty = Duty().Match(words);
        if (adapt.Success)
        {
            return (ChangeClass.NeedsAdaptation, $"New words speak of “{adapt.Value}”, to which customers may have to adapt something of their own.");
        }
        if (rules.Count > 0 && comparison.Impact.FirstOrDefault(i => rules.Exists(r => r.About == i.About)) is { } impact)
        {
            return (ChangeClass.Substantive, Words(impact));
        }
        if (facts.Count > 0)
        {
            return (ChangeClass.Substantive, $"Facts differ: {string.Join(", ", facts.Select(f => $"{(f.To ?? f.From)!.Id} {(f.Kind switch { ChangeKind.Added => "is new", ChangeKind.Removed => "is gone", _ => "has changed" })}"))}.");
        }
        if (rules.Count > 0)
        {
            return (ChangeClass.Substantive, $"Rules differ: {string.Join(", ", rules.Select(r => r.Id))}.");
        }
        if (changes.Exists(c => c.Figures))
        {
            return (ChangeClass.Substantive, "An amount, a period, another number or a company's name differs.");
        }
        var isCosmetic = changes.TrueForAll(c => c.IsCosmetic || !c.TextChanged && c.From is not null && c.To is not null);
        if (changes.Exists(c => c.IsCritical && c.TextChanged))
        {
            return isCosmetic
                ? (ChangeClass.Clarification, "Only spacing, quotes, case or punctuation differ, but in a clause on company, law, forum, liability or time for claims, where they can carry meaning.")
                : (ChangeClass.Substantive, "Words differ in a clause on company, law, forum, liability or time for claims.");
        }
        if (first.From is null || first.To is null)
        {
            return first.To is null && first.FromText.Trim().Length == 0 || first.From is null && first.ToText.Trim().Length == 0
                ? (ChangeClass.Editorial, "A clause without words came or went.")
                : (ChangeClass.Substantive, first.From is null ? "The clause is new." : "The clause is gone.");
        }
        if (isCosmetic)
        {
            return changes.Exists(c => c.LinksChanged)
                ? (ChangeClass.Clarification, "A link leads elsewhere.")
                : (ChangeClass.Editorial, changes.Exists(c => c.TextChanged) ? "Only spacing, quotes, case or punctuation differ." : "No word differs; the clause stands elsewhere or bears another number.");
        }
        if (!language.StartsWith("en", StringComparison.Ordinal))
        {
            return (ChangeClass.Substantive, "Words differ, and words of duty, right or exception are known here in English only.");
        }
        return duty.Success
            ? (ChangeClass.Substantive, $"Words of duty, right or exception differ: “{duty.Value}”.")
            : (ChangeClass.Clarification, "Words differ, but no figure, fact, rule, or word of duty, right or exception.");
    }

    private static string Words(Impact impact) => $"The {(impact.About == "party" ? "company" : impact.About)} changes for {impact.Who}: from {impact.Before} to {impact.After}{(impact.After.EndsWith('.') ? "" : ".")}";

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
