using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>Lets everything that names a clause follow an edit: words, links, rules, facts and what the version's own file says. What cannot follow is noted.</summary>
internal sealed partial class Following
{
    private readonly ClauseFile before;
    private readonly ClauseWork work;
    private readonly ContentFiles files;
    private readonly string defaultLanguage;
    private readonly Dictionary<string, string?> becomes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClausePart> cut = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, string>> anchors;
    private readonly HashSet<Unfollowed> unfollowed = [];
    private readonly string? mergedFrom;

    public Following(ClauseFile before, ClauseWork work, ContentFiles files, string defaultLanguage, (string Label, ClausePart Into)? merged)
    {
        (this.before, this.work, this.files, this.defaultLanguage) = (before, work, files, defaultLanguage);
        anchors = new(() => before.Clauses.Select(c => c.Clause.Label).DistinctBy(l => l.Anchor).ToDictionary(l => l.Anchor, l => l.Value, StringComparer.Ordinal));
        foreach (var clause in before.Clauses)
        {
            becomes[clause.Clause.Label.Value] = null;
        }
        foreach (var part in work.Parts)
        {
            if (part.Old is { } old)
            {
                becomes[old] = part.Label;
            }
            if (part.CutFrom is { } whole)
            {
                cut[whole] = part;
            }
        }
        if (merged is var (label, into))
        {
            becomes[label] = into.Label;
            mergedFrom = label;
        }
        Relabelled = becomes.Where(b => b.Key != b.Value).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private ImmutableSortedDictionary<string, string?> Relabelled { get; }

    /// <summary>The files after the edit.</summary>
    /// <param name="file">The text that was edited.</param>
    /// <param name="leftOut">A label that the numbering leaves out from now on.</param>
    public ClauseEdit Result(string file, string? leftOut)
    {
        var after = files;
        if (!Relabelled.IsEmpty || cut.Count > 0 || work.Missing.Exists(m => m.Label != m.Old))
        {
            FollowWords(file);
            after = FollowFiles(file);
        }
        if (leftOut is not null && after.Text(Draft.VersionFile) is { } version)
        {
            after = after.With(Draft.VersionFile, YamlScalars.In(version).LastOrDefault(s => s.Key == "missing-in-original" && s.Value.Length > 0) is { } last
                ? YamlScalars.Append(version, last, leftOut)
                : $"{version.TrimEnd('\n')}\nmissing-in-original: [{YamlScalars.Quoted(leftOut)}]\n");
        }
        return new ClauseEdit(after.With(file, work.Source), Relabelled, [.. unfollowed.OrderBy(u => u.File, StringComparer.Ordinal).ThenBy(u => u.Where, StringComparer.Ordinal).ThenBy(u => u.What, StringComparer.Ordinal)]);
    }

    private void FollowWords(string file)
    {
        foreach (var part in work.Parts.Where(p => p.Old is not null || p.CutFrom is not null))
        {
            var mark = part.Laid.MarkEnd;
            var pieces = Notes().Split(part.Source[mark..]);
            var followed = string.Concat(pieces.Select((piece, i) => i % 2 == 0 ? Follow(file, piece, part, isNote: false) : Follow(file, piece, part, isNote: true)));
            part.Source = part.Source[..mark] + followed;
            if (part.CutFrom is { } whole && work.Find(becomes[whole]!).Source.Contains("\n>", StringComparison.Ordinal))
            {
                unfollowed.Add(new(file, becomes[whole], $"clause {whole} was cut in two; its editor's notes stay with the first part"));
            }
        }
    }

    private string Follow(string file, string words, ClausePart part, bool isNote)
    {
        var context = part.Old ?? part.CutFrom!;
        var follow = Follow(words, context, part.Label, what => unfollowed.Add(new(file, part.Label, what)));
        if (isNote && follow != words)
        {
            unfollowed.Add(new(file, part.Label, "an editor's note speaks of clauses that bear other numbers now; mend it by hand if it means this version"));
        }
        return isNote ? words : Anchor().Replace(follow, link =>
        {
            var old = anchors.Value.GetValueOrDefault(link.Groups[1].Value);
            if (old is not null && becomes[old] is null)
            {
                unfollowed.Add(new(file, part.Label, $"a link leads to clause {old}, which is gone"));
            }
            return old is not null && becomes[old] is { } now ? $"](#{new ClauseLabel(now).Anchor})" : link.Value;
        });
    }

    /// <summary>Words with the numbers of the clauses that they refer to as they are now.</summary>
    private string Follow(string words, string context, string contextNow, Action<string> note)
    {
        foreach (var reference in CrossReferences.In("", words, new ClauseLabel(context), before.Text).Reverse())
        {
            var written = reference.Label.Replace(" ", "", StringComparison.Ordinal);
            if (reference.Target?.Label.Value is not { } old)
            {
                var candidate = CrossReferences.Candidates(reference.Label, context).FirstOrDefault(c => Relabelled.ContainsKey(c));
                if (reference.IsThere && candidate is not null)
                {
                    note($"{reference.Label} is a number that is used twice; say by hand which clause is meant");
                }
                continue;
            }
            if (cut.TryGetValue(old, out var second))
            {
                note($"it refers to clause {old}, which was cut in two; the second part is {second.Label}");
            }
            if (context == mergedFrom && written[0] == '(')
            {
                note($"{written} was written in clause {context}, which is part of another now");
                continue;
            }
            if (becomes[old] is not { } now)
            {
                note($"it refers to clause {old}, which is gone");
            }
            else if (Written(written, old, now, contextNow, words[(reference.Start + reference.Length)..]) is not { } rewritten)
            {
                note($"it refers to clause {old}, which is {now} now and cannot be written so");
            }
            else if (rewritten != written)
            {
                var end = reference.Start + reference.Length;
                words = string.Concat(words.AsSpan(0, end - reference.Label.Length), rewritten, words.AsSpan(end));
            }
        }
        return words;
    }

    /// <summary>A reference as it has to be written now: a marker alone where it stood alone and still leads there; null if there is no way to write it.</summary>
    private string? Written(string written, string old, string now, string contextNow, string behind)
    {
        if (now.Contains('¶') || now.Contains('['))
        {
            return null;
        }
        if (written[0] != '(' || !old.EndsWith(written, StringComparison.Ordinal))
        {
            return now.TrimStart('§');
        }
        var holder = old[..^written.Length];
        var holderNow = becomes.GetValueOrDefault(holder, holder) ?? holder;
        var isNear = now.StartsWith(holderNow + "(", StringComparison.Ordinal);
        return isNear && (behind.StartsWith(" of ", StringComparison.Ordinal) || ClauseNumber.Around(contextNow).Contains(holderNow)) ? now[holderNow.Length..]
            : behind.StartsWith(" of ", StringComparison.Ordinal) ? null
            : now.TrimStart('§');
    }

    private ContentFiles FollowFiles(string file)
    {
        var after = files;
        var (language, number) = ClauseFile.NameOf(file);
        var texts = files.Paths.Where(ClauseFile.IsText).ToList();
        foreach (var other in texts.Where(t => t != file && !Relabelled.IsEmpty))
        {
            unfollowed.Add(new(other, null, $"the same clauses of this text keep their numbers ({string.Join(", ", Relabelled.Keys.Take(3))}{(Relabelled.Count > 3 ? " …" : "")}); edit it in the same way"));
        }
        var first = texts.Exists(t => ClauseFile.NameOf(t).Language == defaultLanguage) ? defaultLanguage : texts.Select(t => ClauseFile.NameOf(t).Language).Order(StringComparer.Ordinal).First();
        foreach (var yaml in language == first ? files.Paths.Where(p => p.EndsWith(".yaml", StringComparison.Ordinal) && !p.Contains('/')) : [])
        {
            var text = files.Text(yaml) ?? "";
            var changes = YamlScalars.In(text).Where(s => s.Beside.GetValueOrDefault("rendering", "1") == number.ToString(CultureInfo.InvariantCulture))
                .Select(s => (Place: s, Value: Value(yaml, s))).Where(c => c.Value != c.Place.Value).ToList();
            NoteComments(yaml, text);
            after = changes.Count == 0 ? after : after.With(yaml, YamlScalars.With(text, changes));
        }
        return after;
    }

    /// <summary>What a value in a file has to say now.</summary>
    private string Value(string yaml, YamlScalar scalar)
    {
        var where = scalar.Beside.GetValueOrDefault("id") ?? scalar.Beside.GetValueOrDefault("code") ?? scalar.Key;
        switch (scalar.Key)
        {
            case "clauses" or "clause":
                var old = scalar.Value == "preamble" && !becomes.ContainsKey("preamble") ? "preamble ¶1" : scalar.Value;
                if (!becomes.TryGetValue(old, out var now) || now is null)
                {
                    if (becomes.ContainsKey(old))
                    {
                        unfollowed.Add(new(yaml, where, $"`{where}` cites clause {old}, which is gone"));
                    }
                    return scalar.Value;
                }
                return cut.TryGetValue(old, out var second) ? Cut(old, now, second) : now == old ? scalar.Value : now;
            case "missing-in-original":
                var missing = work.Missing.Find(m => m.Old == scalar.Value);
                if (missing is { Label: null })
                {
                    unfollowed.Add(new(yaml, scalar.Key, $"{scalar.Value} is listed as left out, and is not left out any more; take it out of the list"));
                }
                return missing?.Label ?? scalar.Value;
            case "quote":
                return Follow(scalar.Value, "preamble", "preamble", _ => { });
            default:
                if (Follow(scalar.Value, "preamble", "preamble", what => unfollowed.Add(new(yaml, where, $"{scalar.Key}: {what}"))) != scalar.Value)
                {
                    unfollowed.Add(new(yaml, where, $"`{scalar.Key}` speaks of clauses that bear other numbers now; mend it by hand"));
                }
                return scalar.Value;
        }

        string Cut(string old, string now, ClausePart second)
        {
            var (inFirst, inSecond) = scalar.Beside.GetValueOrDefault("quote") is { } quote
                ? (Says(work.Find(now), quote), Says(second, quote)) : (false, false);
            if (inFirst == inSecond)
            {
                unfollowed.Add(new(yaml, where, $"`{where}` cites clause {old}, which was cut in two; it cites the first part, {now}, and may mean {second.Label}"));
            }
            return inSecond && !inFirst ? second.Label : now;
        }
    }

    private void NoteComments(string yaml, string text)
    {
        foreach (Match comment in Comment().Matches(text))
        {
            if (Follow(comment.Groups[1].Value, "preamble", "preamble", _ => { }) != comment.Groups[1].Value)
            {
                unfollowed.Add(new(yaml, null, $"the comment on line {1 + text.AsSpan(0, comment.Index).Count('\n')} speaks of clauses that bear other numbers now; mend it by hand"));
            }
        }
    }

    private static bool Says(ClausePart part, string quote) => TermsMarkdown.PlainText(part.Words).Contains(Spaces().Replace(quote, " ").Trim(), StringComparison.Ordinal);

    /// <summary>A quotation, with the lines that go on with it.</summary>
    [GeneratedRegex(@"(^ {0,3}>[^\r\n]*(?:\r?\n(?!\s*(?:\r?\n|\z))[^\r\n]+)*)", RegexOptions.Multiline)]
    private static partial Regex Notes();

    [GeneratedRegex(@"\]\(#(c-[^)\s]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"(?:^|[ \t])#[ \t]*([^\r\n]+)", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
