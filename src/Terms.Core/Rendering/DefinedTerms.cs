using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Rendering;

/// <summary>A term and the clauses that define it.</summary>
/// <param name="Name">The term as it is written between the quotation marks.</param>
/// <param name="Clauses">Where it is defined; more than one if the text defines it again.</param>
public sealed record DefinedTerm(string Name, ImmutableArray<ClauseLabel> Clauses);

/// <summary>The terms that a text defines in curly double quotes, and where later uses of them stand.</summary>
public sealed partial class DefinedTerms
{
    /// <summary>A term used more often than this is common ground: a link at every use would only disturb.</summary>
    private const int Common = 60;

    private static readonly string[] Pronouns = ["We", "You", "Our", "Us", "Your", "I", "It", "They"];

    /// <summary>Words that begin a sentence or a phrase in front of a term without being part of a longer name.</summary>
    private static readonly string[] Determiners =
        ["The", "A", "An", "Each", "Any", "All", "If", "Such", "This", "These", "Those", "No", "Our", "Your", "When", "Where", "Every", "Both", "For", "In", "On", "Of", "By", "As", "To", "Under", "Other", "Some", "Neither"];

    private readonly Dictionary<string, ClauseLabel> linked;
    private readonly Dictionary<string, int> position;
    private readonly Regex? uses;

    /// <summary>Finds the terms of a text.</summary>
    public DefinedTerms(TermsText text)
    {
        position = text.All.Select((c, i) => (c.Label.Value, i)).ToDictionary(c => c.Value, c => c.i, StringComparer.Ordinal);
        All =
        [
            .. text.All.SelectMany(c => In(c.Text).Select(name => (name, c.Label))).GroupBy(d => d.name)
                .Select(g => new DefinedTerm(g.Key, [.. g.Select(d => d.Label).Distinct()])).OrderBy(t => t.Name, StringComparer.OrdinalIgnoreCase),
        ];
        linked = All.Where(t => t.Clauses.Length == 1 && IsWorthLinking(text, t.Name)).ToDictionary(t => t.Name, t => t.Clauses[0], StringComparer.Ordinal);
        var names = All.Select(t => t.Name).OrderByDescending(n => n.Length).Select(Regex.Escape).ToList();
        uses = names.Count == 0 ? null : new Regex($@"(?<![\w’'.“‘-])(?:{string.Join('|', names)})(?![\w”’'-]|\.\w)", RegexOptions.CultureInvariant);
    }

    /// <summary>Every term by name.</summary>
    public ImmutableArray<DefinedTerm> All { get; }

    /// <summary>The uses of terms in some words of a clause, each with the clause that defines it. A term that is defined twice is never linked.</summary>
    internal IEnumerable<TextLink> Uses(string words, ClauseLabel clause)
    {
        foreach (var use in uses?.Matches(words) ?? Enumerable.Empty<Match>())
        {
            if (linked.TryGetValue(use.Value, out var definition) && position[definition.Value] < position[clause.Value] && !IsPartOfLongerName(words, use))
            {
                yield return new TextLink(use.Index, use.Length, definition, use.Value);
            }
        }
    }

    /// <summary>The terms that some words define: <c>(the “Service”)</c>, <c>“Member” means</c>, <c>called the “Terms”</c>.</summary>
    private static IEnumerable<string> In(string words)
    {
        foreach (Match quoted in Quoted().Matches(words))
        {
            var name = quoted.Groups[1].Value;
            if (char.IsUpper(name[0]) && !Pronouns.Contains(name)
                && (BeforeDefinition().IsMatch(words[..quoted.Index]) || AfterDefinition().IsMatch(words[(quoted.Index + quoted.Length)..])))
            {
                yield return name;
            }
        }
    }

    private static bool IsWorthLinking(TermsText text, string name) =>
        text.All.Sum(c => Regex.Count(c.Text, $@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.CultureInvariant)) <= Common;

    private static bool IsPartOfLongerName(string words, Match use)
    {
        var before = WordBefore().Match(words[..use.Index]);
        var after = words.AsSpan(use.Index + use.Length);
        return (after.Length > 1 && after[0] == ' ' && char.IsUpper(after[1])) || (before.Success && !Determiners.Contains(before.Groups[1].Value));
    }

    [GeneratedRegex("“([^“”]{2,60})”")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:\((?:(?:the|this|these|each|every|one|a|an|as|any|together|all|collectively|also|called|below|or|and|is|are|in|of|both|it|here|short|for|“[^“”]*”|[,;])\s*)*|\b(?:called|known as|referred to as|defined as)\s+(?:(?:the|a|an|this|these|together|below|collectively)\s+)*)$", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeDefinition();

    [GeneratedRegex(@"^\s*(?:means?|refers? to|has the meaning|have the meaning|stands for)\b")]
    private static partial Regex AfterDefinition();

    [GeneratedRegex(@"(?:^|[\s(])(\p{Lu}[\w’'.-]*) $")]
    private static partial Regex WordBefore();
}
