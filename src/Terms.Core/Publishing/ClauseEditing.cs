using System.Buffers;
using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>Something that names a clause and could not follow an edit; a person has to look at it.</summary>
/// <param name="File">The file that it stands in.</param>
/// <param name="Where">The clause, or the id of the rule or fact; null for the file as a whole.</param>
/// <param name="What">What is left to do.</param>
public sealed record Unfollowed(string File, string? Where, string What);

/// <summary>What an edit by clause gives.</summary>
/// <param name="Files">The files of the version after it; those that it does not touch are the same.</param>
/// <param name="Relabelled">The labels that changed: the new one, or null where the clause is gone.</param>
/// <param name="Unfollowed">What names such a clause and could not follow.</param>
public sealed record ClauseEdit(ContentFiles Files, ImmutableSortedDictionary<string, string?> Relabelled, ImmutableArray<Unfollowed> Unfollowed);

/// <summary>
/// Edits one text of a version by its clauses. References to clauses that get another number follow: in the words, in rules and facts, in <c>incorporates</c>,
/// <c>accepted</c> and <c>missing-in-original</c>. What cannot follow is listed. What is not touched stays byte for byte.
/// </summary>
public sealed class ClauseEditing
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\f\u0085\u2028\u2029");

    private readonly ContentFiles files;
    private readonly string file;
    private readonly string defaultLanguage;
    private readonly VersionFacts version;

    /// <summary>Begins an edit.</summary>
    /// <param name="files">The files of the version, by their names in its folder.</param>
    /// <param name="file">The text to edit, such as <c>terms.en.md</c>.</param>
    /// <param name="defaultLanguage">The language whose renderings facts are taken from.</param>
    /// <exception cref="EditRefusedException">There is no such text, or it cannot be cut into clauses.</exception>
    public ClauseEditing(ContentFiles files, string file, string defaultLanguage)
    {
        (this.files, this.file, this.defaultLanguage) = (files, file, defaultLanguage);
        version = VersionFacts.Of(files);
        Clauses = ClauseFile.Read(file, files.Text(file) ?? throw new EditRefusedException($"The version has no text {file}."), version.IsExcerpt, version.Missing);
    }

    /// <summary>The text as it is, clause by clause.</summary>
    public ClauseFile Clauses { get; }

    /// <summary>Puts other words in the place of a clause's own; its number, items and notes stay.</summary>
    /// <param name="label">The clause.</param>
    /// <param name="words">One paragraph of Markdown, without the number.</param>
    /// <param name="heading">Another heading, for a clause that has one; null to leave it.</param>
    public ClauseEdit Replace(string label, string words, string? heading = null)
    {
        var work = Begin();
        var part = work.Find(label);
        if (heading is not null)
        {
            if (!part.Laid.HasHeading)
            {
                throw new EditRefusedException($"Clause {label} has no heading. Delete it, and insert it with one.");
            }
            part.WriteHeading(OneLine(heading, "heading"));
        }
        if (part.Place.Kind != ClauseKind.Section || words.Length > 0)
        {
            part.Write(part.Laid.HasHeading && words.Length == 0 ? "" : OneLine(words, "words"));
        }
        return End(work);
    }

    /// <summary>Puts a new clause in the place of a label; the clause that bears it, and those behind it in its row, move up by one.</summary>
    /// <param name="label">The label that the new clause is to bear: one that is there, or the next in its row.</param>
    /// <param name="words">One paragraph of Markdown, without the number; empty for a mere heading.</param>
    /// <param name="heading">A heading; a section needs one.</param>
    public ClauseEdit Insert(string label, string words, string? heading = null)
    {
        var work = Begin();
        work.Insert(label, [new ClausePart(label, null, work.Compose(label, words.Length == 0 ? "" : OneLine(words, "words"), heading is null ? null : OneLine(heading, "heading")))]);
        return End(work);
    }

    /// <summary>Takes a clause out, with everything below it.</summary>
    /// <param name="label">The clause.</param>
    /// <param name="closeGap">Whether those behind it in its row move down by one; otherwise its number stays free, and is listed as left out.</param>
    public ClauseEdit Delete(string label, bool closeGap = true)
    {
        var work = Begin();
        work.Take(label, closeGap);
        return End(work, closeGap ? null : label);
    }

    /// <summary>Cuts a clause in two; the words from a place on, and what stands below the clause, become the next in its row.</summary>
    /// <param name="label">The clause.</param>
    /// <param name="at">Where the second begins in the clause's words as they are written (<see cref="Clause.Markdown"/>).</param>
    public ClauseEdit Split(string label, int at)
    {
        var work = Begin();
        work.Split(label, at);
        return End(work);
    }

    /// <summary>Puts a clause together with the one before it in its row; those behind it move down by one.</summary>
    /// <param name="label">The second of the two.</param>
    public ClauseEdit Merge(string label)
    {
        var work = Begin();
        var into = work.Merge(label);
        return End(work, merged: (label, into));
    }

    /// <summary>Moves a clause, with everything below it, to another place of the same kind.</summary>
    /// <param name="label">The clause.</param>
    /// <param name="to">The label that it is to bear when all is done.</param>
    public ClauseEdit Move(string label, string to)
    {
        var work = Begin();
        work.Move(label, to);
        return End(work);
    }

    /// <summary>Gives a clause another number in its row.</summary>
    /// <param name="label">The clause.</param>
    /// <param name="to">The number that it is to bear.</param>
    /// <param name="andAfter">Whether those behind it in its row are shifted as far.</param>
    public ClauseEdit Renumber(string label, string to, bool andAfter)
    {
        var work = Begin();
        work.Renumber(label, to, andAfter);
        return End(work);
    }

    private ClauseWork Begin() => new(Clauses, version);

    private ClauseEdit End(ClauseWork work, string? leftOut = null, (string Label, ClausePart Into)? merged = null)
    {
        work.Check();
        var following = new Following(Clauses, work, files, defaultLanguage, merged);
        return following.Result(file, leftOut);
    }

    private static string OneLine(string words, string what)
    {
        var line = words.Trim();
        return line.Length == 0 ? throw new EditRefusedException($"The {what} are empty. Delete the clause instead.")
            : line.AsSpan().ContainsAny(LineEnds) ? throw new EditRefusedException($"The {what} have more than one line. Insert a clause for each paragraph.")
            : line.Any(c => char.IsControl(c) && c != '\t') ? throw new EditRefusedException($"The {what} hold a control character. Type them, or paste them as plain text.")
            : line;
    }
}

/// <summary>What a version's own file says that the cutting of its texts depends on.</summary>
/// <param name="IsExcerpt">Whether only part of the text is known.</param>
/// <param name="Missing">Labels that the original itself leaves out.</param>
internal sealed record VersionFacts(bool IsExcerpt, ImmutableArray<string> Missing)
{
    public static VersionFacts Of(ContentFiles files)
    {
        var scalars = YamlScalars.In(files.Text(Draft.VersionFile) ?? "");
        return new VersionFacts(scalars.Any(s => s is { Key: "extent", Value: "excerpt" }), [.. scalars.Where(s => s.Key == "missing-in-original" && s.Value.Length > 0).Select(s => s.Value)]);
    }
}
