using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>A clause and the piece of its file that it was read from: its number, words and notes, and the empty lines behind them.</summary>
/// <param name="Clause">The clause.</param>
/// <param name="Source">The piece, letter for letter.</param>
public sealed record ClauseSource(Clause Clause, string Source);

/// <summary>A file of a text cut into its clauses. Put together again, the pieces are the file, byte for byte.</summary>
public sealed class ClauseFile
{
    private ClauseFile(string name, string head, TermsText text, ImmutableArray<ClauseSource> clauses) => (Name, Head, Text, Clauses) = (name, head, text, clauses);

    /// <summary>The name of the file, such as <c>terms.en.md</c>.</summary>
    public string Name { get; }

    /// <summary>What stands before the first clause: the title.</summary>
    public string Head { get; }

    /// <summary>The text as a tree.</summary>
    public TermsText Text { get; }

    /// <summary>The clauses in the order of the file.</summary>
    public ImmutableArray<ClauseSource> Clauses { get; }

    /// <summary>The file.</summary>
    public string Source => Head + string.Concat(Clauses.Select(c => c.Source));

    /// <summary>Whether a name is that of a file with a text.</summary>
    public static bool IsText(string name) => ContentReading.TextName().IsMatch(name);

    /// <summary>The language and the number that a name gives.</summary>
    /// <exception cref="ArgumentException">It is not the name of a text.</exception>
    public static (string Language, int Number) NameOf(string name) =>
        ContentReading.TextName().Match(name) is { Success: true } match
            ? (match.Groups[1].Value, match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1)
            : throw new ArgumentException($"`{name}` is not the name of a text. Write it as terms.en.md, or terms.en.2.md for a second rendering.", nameof(name));

    /// <summary>Cuts a file into its clauses.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="source">The file as it stands, line ends included.</param>
    /// <param name="isExcerpt">Whether only part of the text is known.</param>
    /// <param name="missing">Labels that the original itself leaves out.</param>
    /// <exception cref="EditRefusedException">There are no clauses, or two under one label; the message names them.</exception>
    public static ClauseFile Read(string name, string source, bool isExcerpt, IReadOnlyCollection<string> missing)
    {
        var problems = new ProblemList();
        var (language, number) = NameOf(name);
        if (TermsTextParser.Parse(name, source.ReplaceLineEndings("\n"), language, number, isExcerpt, missing, problems) is not { } text)
        {
            throw new EditRefusedException($"The text cannot be cut into clauses: {string.Join(' ', problems.Sorted().Select(p => p.ToString()))}");
        }
        var lines = LineStarts(source);
        var clauses = text.All.OrderBy(c => c.Line).ToList();
        var starts = clauses.ConvertAll(c => lines[c.Line - 1]);
        return new ClauseFile(name, source[..starts[0]], text,
            [.. clauses.Select((c, i) => new ClauseSource(c, source[starts[i]..(i + 1 < starts.Count ? starts[i + 1] : source.Length)]))]);
    }

    /// <summary>Where each line begins; the ends are those that .NET replaces when a file is read.</summary>
    private static List<int> LineStarts(string source)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] is '\n' or '\f' or '\u0085' or '\u2028' or '\u2029' || (source[i] == '\r' && (i + 1 == source.Length || source[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }
        return starts;
    }
}

/// <summary>An edit that cannot be done as asked; nothing has changed. The message says why, and what to do instead.</summary>
public sealed class EditRefusedException(string message) : Exception(message);
