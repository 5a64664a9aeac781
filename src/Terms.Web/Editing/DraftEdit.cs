using System.Collections.Immutable;
using System.Globalization;
using Terms.Publishing;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>What an edit has made of a draft.</summary>
/// <param name="Draft">The draft with the edit.</param>
/// <param name="Clause">The label of the clause that it left in its place; null if there is none.</param>
/// <param name="Followed">What followed, and what could not; null for an edit that moves no clause.</param>
internal sealed record EditResult(Draft Draft, string? Clause = null, ClauseEdit? Followed = null);

/// <summary>An edit that a form asks for. It can be made on any revision of the draft, so that what two people do at once can be brought together.</summary>
/// <param name="What">What it changes, in words.</param>
/// <param name="Make">Makes it.</param>
internal sealed record DraftEdit(string What, Func<Draft, EditResult> Make)
{
    /// <summary>The most characters of a clause.</summary>
    public const int LongestWords = 20_000;

    /// <summary>The most characters of any other field.</summary>
    public const int LongestField = 4_000;

    /// <summary>Refuses a form with a field that is too long.</summary>
    /// <exception cref="EditRefusedException">A field is too long.</exception>
    public static void RequireLengths(IFormCollection form)
    {
        foreach (var (name, value) in form)
        {
            var most = name is "words" or "yaml" || name.StartsWith("own-", StringComparison.Ordinal) ? LongestWords : LongestField;
            if (value.ToString().Length > most)
            {
                throw new EditRefusedException(string.Create(CultureInfo.InvariantCulture, $"The field `{(name.Length <= 40 ? name : name[..40])}` has {value.ToString().Length} characters, and takes at most {most}. Cut it in two, or shorten it."));
            }
        }
    }

    /// <summary>Reads a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="served">What is published.</param>
    /// <param name="revision">Gives an earlier revision of the draft; null if it never had one of that number.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="EditRefusedException">It asks for no edit, or a field is too long.</exception>
    public static DraftEdit Read(IFormCollection form, ServedCatalogue served, Func<int, Draft?> revision, DateTimeOffset now)
    {
        RequireLengths(form);
        var (file, clause, language) = (Text("file"), Text("clause"), served.Catalogue.DefaultLanguage);
        var (words, to) = (Text("words").ReplaceLineEndings("\n").Trim(), Text("to"));
        if (file.Length > 0 && !ClauseFile.IsText(file))
        {
            throw new EditRefusedException("The form names a file that is no text. Go back to the page and send its form.");
        }
        var heading = form.ContainsKey("heading") ? Text("heading") : null;
        return Text("op") switch
        {
            "words" => OfClause($"words of {clause}", e => e.Replace(clause, words, heading), clause),
            "insert" => OfClause($"inserted {to}", e => e.Insert(to, words, string.IsNullOrEmpty(heading) ? null : heading), to),
            "split" => Split(),
            "merge" => new DraftEdit($"put {clause} together with the one before", draft =>
            {
                var edit = Editing(draft).Merge(clause);
                var labels = Labels(draft);
                return Result(draft, edit, edit.Relabelled.GetValueOrDefault(clause) ?? labels[Math.Max(0, labels.IndexOf(clause) - 1)]);
            }),
            "move" => OfClause($"moved {clause} to {to}", e => e.Move(clause, to), to),
            "renumber" => OfClause($"renumbered {clause} to {to}", e => e.Renumber(clause, to, form["after"] == "yes"), to),
            "delete" => OfClause($"deleted {clause}", e => e.Delete(clause, form["gap"] != "keep"), null),
            "title" => new DraftEdit("title", draft => new EditResult(Titled(draft))),
            "restore" => Restore(),
            "entry" => Entry(isRemoved: false),
            "remove-entry" => Entry(isRemoved: true),
            _ => throw new EditRefusedException("The form asks for no edit that there is. Go back to the page and send its form."),
        };

        string Text(string name) => form[name].ToString() is var text && name != "words" ? text.Trim() : text;

        ClauseEditing Editing(Draft draft) => new(draft.Files, file, language);

        ImmutableArray<string> Labels(Draft draft) => [.. Editing(draft).Clauses.Clauses.Select(c => c.Clause.Label.Value)];

        static EditResult Result(Draft draft, ClauseEdit edit, string? label) => new(draft.With(edit.Files), label, edit);

        DraftEdit OfClause(string what, Func<ClauseEditing, ClauseEdit> make, string? label) => new(what, draft => Result(draft, make(Editing(draft)), label));

        DraftEdit Split()
        {
            var raw = form["words"].ToString().ReplaceLineEndings("\n");
            var mark = raw.IndexOf("||", StringComparison.Ordinal);
            var at = mark >= 0 ? mark : int.TryParse(form["at"], NumberStyles.None, CultureInfo.InvariantCulture, out var caret) ? caret : -1;
            if (at < 0 || at > raw.Length)
            {
                throw new EditRefusedException("It is not said where to split the clause. Write || at the place, in its words.");
            }
            var whole = mark >= 0 ? raw.Remove(mark, 2) : raw;
            return new DraftEdit($"split {clause}", draft =>
            {
                var editing = Editing(draft);
                var changed = editing.Clauses.Text.Find(clause)?.Markdown == whole.Trim() ? draft.Files : editing.Replace(clause, whole, heading).Files;
                return Result(draft, new ClauseEditing(changed, file, language).Split(clause, at - (whole.Length - whole.TrimStart().Length)), clause);
            });
        }

        Draft Titled(Draft draft)
        {
            var source = draft.Files.Text(file) ?? throw new EditRefusedException($"The version has no text {file}.");
            var line = Text("title");
            return line.Length == 0 || line.Any(char.IsControl) ? throw new EditRefusedException("The title is empty, or has more than one line. Write it on one.")
                : source.StartsWith("# ", StringComparison.Ordinal) ? draft.With(draft.Files.With(file, $"# {line}{source[source.AsSpan().IndexOfAny('\r', '\n')..]}"))
                : throw new EditRefusedException($"{file} does not begin with a title. Write `# ` and the title on its first line.");
        }

        DraftEdit Restore()
        {
            var number = int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var sent) ? sent : 0;
            var earlier = revision(number) ?? throw new EditRefusedException("The draft has no revision of that number.");
            return new DraftEdit(string.Create(CultureInfo.InvariantCulture, $"restored revision {number}, and what was said of it"), draft => new EditResult(draft.Restored(earlier)));
        }

        DraftEdit Entry(bool isRemoved)
        {
            var (section, id) = (Text("section"), Text("entry") is { Length: > 0 } old ? old : null);
            if (isRemoved)
            {
                return new DraftEdit($"took out {section}/{id}", draft => new EditResult(DraftEntries.Remove(draft, section, id ?? "")));
            }
            var yaml = form["yaml"].ToString().ReplaceLineEndings("\n").Trim('\n');
            return new DraftEdit(id is null ? $"added to {section}" : $"changed {section}/{id}", draft =>
            {
                if (yaml.Trim().Length > 0)
                {
                    return new EditResult(DraftEntries.Write(draft, section, id, yaml, served.Corpus, now));
                }
                var before = id is null ? new Dictionary<string, object>() : DraftEntries.Find(draft.Files, section, id)?.Says ?? throw new EditRefusedException($"`{section}/{id}` is not in the draft any more.");
                var fields = EntryFields.Of(section, section == DraftEntries.Facts ? Text("f-kind") : null);
                var filled = fields.Where(f => form.ContainsKey("f-" + f.Path)).ToDictionary(f => f.Path, f => form["f-" + f.Path].ToString(), StringComparer.Ordinal);
                return new EditResult(DraftEntries.Write(draft, section, id, EntryForm.Says(section, fields, filled, before), served.Corpus, now));
            });
        }
    }
}
