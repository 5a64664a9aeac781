using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>A provision of a text: a section, a numbered clause, an item of a list, a further paragraph or a footnote.</summary>
/// <param name="Label">Its address, unique in the text.</param>
/// <param name="Heading">Its heading, if it has one.</param>
/// <param name="Markdown">Its own words with inline marks (links, emphasis, footnote references), without those of its children; empty for a mere heading.</param>
/// <param name="Text">The same words without marks, white space collapsed: what quotes are looked for in.</param>
/// <param name="Notes">The editor's notes beside it, in plain words.</param>
/// <param name="Children">Paragraphs, items and clauses below it, in the order of the text.</param>
/// <param name="Line">Where it stands in its file.</param>
public sealed record Clause(
    ClauseLabel Label, string? Heading, string Markdown, string Text, ImmutableArray<string> Notes, ImmutableArray<Clause> Children, int Line)
{
    /// <summary>The clause and everything below it, in the order of the text.</summary>
    public IEnumerable<Clause> SelfAndDescendants()
    {
        yield return this;
        foreach (var child in Children)
        {
            foreach (var clause in child.SelfAndDescendants())
            {
                yield return clause;
            }
        }
    }
}

/// <summary>One rendering of a version: the words in one language, as a tree of clauses.</summary>
public sealed class TermsText
{
    private readonly Dictionary<string, Clause> byLabel;

    /// <summary>A text of clauses that somebody has read.</summary>
    /// <exception cref="ArgumentException">Two clauses bear one label.</exception>
    public TermsText(string file, string language, int number, string title, ImmutableArray<Clause> clauses)
    {
        File = file;
        Language = language;
        Number = number;
        Title = title;
        Clauses = clauses;
        byLabel = All.ToDictionary(c => c.Label.Value, StringComparer.Ordinal);
        Digest = Digest.Of(Canonical());
    }

    /// <summary>The file it was read from, relative to the content folder.</summary>
    public string File { get; }

    /// <summary>The language of the words, as an IETF tag (RFC 5646).</summary>
    public string Language { get; }

    /// <summary>1 for the first rendering in a language, 2 for the second.</summary>
    public int Number { get; }

    /// <summary>The title at the head of the text.</summary>
    public string Title { get; }

    /// <summary>The top of the tree: preamble paragraphs, sections, footnotes.</summary>
    public ImmutableArray<Clause> Clauses { get; }

    /// <summary>The digest of this rendering alone.</summary>
    public Digest Digest { get; }

    /// <summary>Every clause, in the order of the text.</summary>
    public IEnumerable<Clause> All => Clauses.SelectMany(c => c.SelfAndDescendants());

    /// <summary>The clause with a label, or null. <c>preamble</c> also finds the first paragraph of a preamble.</summary>
    public Clause? Find(string label) =>
        byLabel.GetValueOrDefault(label) ?? (label == "preamble" ? byLabel.GetValueOrDefault("preamble ¶1") : null);

    /// <summary>The form that digests are taken over: language, number, title, and label, heading and words of each clause. Notes are not part of it.</summary>
    internal object Canonical() => new Dictionary<string, object>
    {
        ["language"] = Language,
        ["rendering"] = Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["title"] = Title,
        ["clauses"] = All.Select(c => new object[] { c.Label.Value, c.Heading ?? "", c.Markdown }).ToArray(),
    };
}
