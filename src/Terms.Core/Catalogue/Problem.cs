using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>One mistake in the content: where it stands, what is wrong and how to mend it.</summary>
/// <param name="File">Path relative to the content folder, with <c>/</c> on every system.</param>
/// <param name="Line">Line in the file, counted from 1.</param>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Remedy">What to do about it: one sentence.</param>
public sealed record Problem(string File, int Line, string What, string Remedy)
{
    /// <summary>A problem that an interface can say in words of its own.</summary>
    public Problem(string file, int line, Message said)
        : this(file, line, said.What, said.Remedy) => Said = said;

    /// <summary>What is said, for an interface with words of its own; null if there is English alone.</summary>
    public Message? Said { get; }

    /// <summary>The code of the finding (<see cref="LintCode.All"/>) that says the same, where an import meets what the linter looks for; else null.</summary>
    public string? Code { get; init; }

    /// <summary>The label of the clause that it is about, where there is a code; null if it is about the text as a whole.</summary>
    public string? Clause { get; init; }

    /// <summary>The problem as editors and compilers print it: <c>file:line: what. remedy</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {What}. {Remedy}";
}

/// <summary>Content that cannot be served; carries every problem found, not only the first.</summary>
public sealed class ContentException(IReadOnlyList<Problem> problems)
    : Exception($"The content has {problems.Count} problem(s):\n{string.Join('\n', problems)}")
{
    /// <summary>All problems of the folder, ordered by file and line.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}

/// <summary>Gathers the problems of a folder while it is read.</summary>
public sealed class ProblemList
{
    private readonly ConcurrentDictionary<Problem, byte> problems = [];

    /// <summary>Notes a problem; the same one twice is kept once. Files may be read side by side.</summary>
    public void Add(string file, int line, string what, string remedy) => problems.TryAdd(new Problem(file, line, what, remedy), 0);

    /// <summary>The same for a problem that interfaces can say in words of their own.</summary>
    public void Add(string file, int line, MessageForm form, params ImmutableArray<string> arguments) => problems.TryAdd(new Problem(file, line, new Message(form, arguments)), 0);

    /// <summary>How many problems have been noted.</summary>
    public int Count => problems.Count;

    /// <summary>All problems, ordered by file, then line, then words.</summary>
    public IReadOnlyList<Problem> Sorted() =>
        [.. problems.Keys.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.What, StringComparer.Ordinal)];
}
