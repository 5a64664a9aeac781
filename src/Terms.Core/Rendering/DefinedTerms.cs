using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Rendering;

/// <summary>A stretch of words that leads to a clause.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="To">The clause.</param>
/// <param name="Term">The defined term, if it is the use of one.</param>
internal readonly record struct TextLink(int Start, int Length, ClauseLabel To, string? Term);

/// <summary>A term and the clauses that define it.</summary>
/// <param name="Name">The term as it is written between the quotation marks.</param>
/// <param name="Clauses">Where it is defined; more than one if the text defines it again.</param>
public sealed record DefinedTerm(string Name, ImmutableArray<ClauseLabel> Clauses);

/// <summary>The terms that a text defines in curly double quotes, and where later uses of them stand.</summary>
public sealed partial class DefinedTerms
{
    /// <summary>A term used more often than this is common ground: a link at every use would only disturb.</summary>
    private const int Common = 60;

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
            .. text.All.SelectMany(c => Definitions.In(c.Text).Select(name => (name, c.Label))).GroupBy(d => d.name)
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

    private static bool IsWorthLinking(TermsText text, string name) =>
        text.All.Sum(c => Regex.Count(c.Text, $@"(?<!\w){Regex.Escape(name)}(?!\w)", RegexOptions.CultureInvariant)) <= Common;

    private static bool IsPartOfLongerName(string words, Match use)
    {
        var before = WordBefore().Match(words[..use.Index]);
        var after = words.AsSpan(use.Index + use.Length);
        return (after.Length > 1 && after[0] == ' ' && char.IsUpper(after[1])) || (before.Success && !Determiners.Contains(before.Groups[1].Value));
    }

    [GeneratedRegex(@"(?:^|[\s(])(\p{Lu}[\w’'.-]*) $")]
    private static partial Regex WordBefore();
}
