using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Import;

/// <summary>What an import made of one document.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Versions">Its texts, in the order of the document.</param>
/// <param name="Report">What was found, left out and doubted.</param>
public sealed record ImportedDocument(string Name, ImmutableArray<ImportedVersion> Versions, ImportReport Report);

/// <summary>One text of the document: a version of an agreement, or a further rendering of one.</summary>
/// <param name="Title">The title of the agreement, as the document gives it.</param>
/// <param name="SuggestedId">A name for the agreement, made from the title.</param>
/// <param name="Announced">The day of announcement, if the document gives one.</param>
/// <param name="Effective">The day from which it binds, if the document gives one.</param>
/// <param name="IsExcerpt">Whether the document breaks the text off.</param>
/// <param name="Missing">Labels that the numbering of the document leaves out.</param>
/// <param name="Markdown">The text in the project's format (<c>docs/content-format.md</c>).</param>
/// <param name="Text">The same as a tree of clauses. Its number is that of the rendering.</param>
/// <param name="Line">Where it begins in the document: a line, or the paragraph of a Word file.</param>
public sealed record ImportedVersion(
    string Title, AgreementId SuggestedId, DateOnly? Announced, DateOnly? Effective, bool IsExcerpt, ImmutableArray<string> Missing, string Markdown, TermsText Text, int Line)
{
    /// <summary>The name of the version in its agreement.</summary>
    public VersionId Id => Effective is { } day ? new VersionId(day.ToFullDate()) : VersionId.Undated;

    /// <summary>Where each line of the text comes from: line of <see cref="Markdown"/>, place in the document.</summary>
    internal SortedList<int, int> Places { get; init; } = [];

    /// <summary>Whether it is an annex of the text before it, which says what an annex need not say.</summary>
    public bool IsAnnex { get; init; }

    /// <summary>The places in the document that its dates were read from.</summary>
    public ImmutableArray<int> DateLines { get; init; } = [];

    /// <summary>The place in the document, a line or the paragraph of a Word file, that a line of <see cref="Markdown"/> comes from.</summary>
    public int PlaceOf(int line)
    {
        for (; line > 0; line--)
        {
            if (Places.TryGetValue(line, out var place))
            {
                return place;
            }
        }
        return Line;
    }
}

/// <summary>What a person must know before relying on an import.</summary>
/// <param name="Found">What was recognized: agreements, versions, dates, sections.</param>
/// <param name="LeftOut">Everything of the document that is in no text, and why.</param>
/// <param name="Notes">What was decided on the way, such as a number used twice.</param>
/// <param name="Problems">What is wrong with the document.</param>
public sealed record ImportReport(
    ImmutableArray<ImportRemark> Found, ImmutableArray<LeftOutText> LeftOut, ImmutableArray<ImportRemark> Notes, ImmutableArray<Problem> Problems);

/// <summary>A sentence about a place of the document.</summary>
/// <param name="Line">The line, or the paragraph of a Word file.</param>
/// <param name="Words">The sentence.</param>
public sealed record ImportRemark(int Line, string Words);

/// <summary>A piece of the document that no text contains.</summary>
/// <param name="Line">The line, or the paragraph of a Word file.</param>
/// <param name="Text">The piece.</param>
/// <param name="Reason">Why it was left out.</param>
public sealed record LeftOutText(int Line, string Text, string Reason);

/// <summary>A document that is not read at all: too large, broken, hostile or of an unknown kind. The message says which.</summary>
public sealed class ImportRefusedException(string message) : Exception(message);

/// <summary>Gathers the report while a document is read.</summary>
internal sealed class ReportBuilder(string name)
{
    private readonly List<ImportRemark> found = [];
    private readonly List<LeftOutText> leftOut = [];
    private readonly List<ImportRemark> notes = [];
    private readonly List<Problem> problems = [];

    public void Found(int line, string words) => found.Add(new ImportRemark(line, words));

    public void LeftOut(int line, string text, string reason)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            leftOut.Add(new LeftOutText(line, text.Trim(), reason));
        }
    }

    public void Note(int line, string words)
    {
        var note = new ImportRemark(line, words);
        if (!notes.Contains(note))
        {
            notes.Add(note);
        }
    }

    /// <param name="line">The line, or the paragraph of a Word file.</param>
    /// <param name="what">What is wrong.</param>
    /// <param name="remedy">What to do about it.</param>
    public void Problem(int line, string what, string remedy) => problems.Add(new Problem(name, line, what, remedy));

    /// <param name="line">The line, or the paragraph of a Word file.</param>
    /// <param name="met">What the reader of content has met.</param>
    public void Problem(int line, Problem met) => problems.Add(met with { File = name, Line = line });

    /// <summary>Notes what the linter looks for too.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="form">The form of the finding.</param>
    /// <param name="clause">The clause that it is about; null for the text as a whole.</param>
    /// <param name="arguments">What goes into the form.</param>
    public void Problem(int line, MessageForm form, string? clause, params ImmutableArray<string> arguments) =>
        problems.Add(new Problem(name, line, new Message(form, arguments)) { Code = LintForms.CodeOf(form), Clause = clause });

    public ImportReport Build() => new(
        [.. found.OrderBy(f => f.Line)], [.. leftOut.OrderBy(l => l.Line)], [.. notes.OrderBy(n => n.Line)], [.. problems.Distinct().OrderBy(p => p.Line)]);
}
