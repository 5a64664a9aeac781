using System.Collections.Immutable;
using System.Globalization;

namespace Terms.Catalogue;

/// <summary>Reads the folder of one version: what is known about it, and its renderings.</summary>
internal sealed class VersionReader(ContentReading reading, string language)
{
    /// <summary>The version in a folder and the mapping of its <c>version.yaml</c>; null if it cannot be built, with the reason noted.</summary>
    public (AgreementVersion Version, YamlMap Map)? Read(AgreementId agreement, string parent, string name)
    {
        var path = $"{parent}/{name}";
        VersionId id;
        try
        {
            id = new VersionId(name);
        }
        catch (ArgumentException)
        {
            reading.Problems.Add(path, 1, $"`{name}` is not a version", "Name the folder by the effective date, such as 2025-04-01, or `undated`.");
            return null;
        }
        reading.RefuseUnknown(path, ["version.yaml", "rules.yaml", "facts.yaml", "decisions.yaml", .. reading.TextFiles(path)], ["corrections"]);
        if (reading.Map($"{path}/version.yaml") is not { } map)
        {
            return null;
        }
        if (map.OptionalDate("effective") is { } date && date != id.Effective && reading.HasFolder($"{parent}/{date.ToFullDate()}"))
        {
            map.Problem($"two versions of {agreement} take effect on {date.ToFullDate()}: the folders {id} and {date.ToFullDate()}", "Give one of them its own date.", "effective");
        }
        else
        {
            CheckDate(map, id);
        }
        var said = ReadDetails(map);
        var texts = ReadTexts(path, said.IsExcerpt, said.MissingInOriginal);
        map.Finish();
        if (texts.IsEmpty)
        {
            return null;
        }
        var states = new StateReader(reading).ReadStates(path, texts, said.Recorded);
        var decisions = reading.Exists($"{path}/decisions.yaml") ? reading.List($"{path}/decisions.yaml") : [];
        var version = new AgreementVersion(agreement, id, said, texts, states, [.. decisions]);
        foreach (var label in said.Incorporates.SelectMany(i => i.Clauses).Where(l => !version.HasClause(l)))
        {
            map.Problem($"`incorporates` cites clause {label}, which the text does not have", "Cite a clause of this version.", "incorporates");
        }
        return (version, map);
    }

    private static void CheckDate(YamlMap map, VersionId id)
    {
        var effective = map.OptionalDate("effective");
        if (effective != id.Effective && (effective is not null || !map.Has("effective")))
        {
            map.Problem(
                $"`effective` and the name of the folder, `{id}`, differ",
                id.Effective is null ? "Leave `effective` empty in an undated version." : $"Write `effective: {id}`, or rename the folder.",
                map.Has("effective") ? "effective" : null);
        }
    }

    private static VersionDetails ReadDetails(YamlMap map)
    {
        var announced = map.OptionalDate("announced");
        var recorded = map.OptionalInstant("recorded");
        if (recorded is null && !map.Has("recorded"))
        {
            map.Problem("`recorded` is missing", "Write when the catalogue learnt of this version, as 2026-05-03T10:00:00Z.");
        }
        VersionId? supersedes = null;
        if (map.OptionalText("supersedes") is { } before)
        {
            try
            {
                supersedes = new VersionId(before);
            }
            catch (ArgumentException)
            {
                map.Problem($"`supersedes: {before}` is not a version", "Use its effective date, such as 2025-04-01, or remove the line.", "supersedes");
            }
        }
        var incorporates = map.Maps("incorporates").Select(ReadIncorporation).ToImmutableArray();
        var isOfficial = map.OneOf("edition", ["official", "restatement"]) == "official";
        var isExcerpt = map.OneOf("extent", ["full", "excerpt"]) == "excerpt";
        var classification = map.OneOf("classification", ChangeClasses.Words, required: false);
        var existing = map.OptionalDate("existing-customers-from");
        if (existing is not null && map.OptionalDate("effective") is var effective && (effective is null || existing < effective))
        {
            map.Problem($"`existing-customers-from: {existing.Value.ToFullDate()}` is earlier than `effective`", "Write the later day from which the version binds those who were customers before, or remove the line.", "existing-customers-from");
        }
        return new VersionDetails(
            announced, recorded ?? DateTimeOffset.MinValue, supersedes, map.OptionalText("source"), isOfficial, isExcerpt, classification, incorporates, map.OptionalText("note"),
            [.. map.Texts("missing-in-original")], [.. map.Maps("accepted").Select(ReadAccepted).OfType<AcceptedFinding>()], existing, ReadWithdrawal(map));
    }

    private static Withdrawal? ReadWithdrawal(YamlMap map)
    {
        if (map.Map(Withdrawal.Key) is not { } back)
        {
            return null;
        }
        var (at, who, why) = (back.OptionalInstant("at"), back.Text("who"), back.Text("why"));
        if (at is null && !back.Has("at"))
        {
            back.Problem("`at` is missing", "Write when the version was taken back, as 2026-05-03T10:00:00Z.");
        }
        back.Finish();
        return at is { } instant && who is not null && why is not null ? new Withdrawal(instant, who, why) : null;
    }

    private static AcceptedFinding? ReadAccepted(YamlMap map)
    {
        var code = map.Text("code");
        var clause = map.OptionalText("clause");
        var words = map.OptionalText("words");
        var why = map.Text("why");
        map.Finish();
        if (code is not null && !LintCode.IsKnown(code))
        {
            map.Problem($"`{code}` is not the code of a finding", "Use a code of docs/lint.md, such as TW102.", "code");
            return null;
        }
        return code is null || why is null ? null : new AcceptedFinding(code, clause, words, why, map.Line);
    }

    private static Incorporation ReadIncorporation(YamlMap map)
    {
        var agreement = map.OptionalText("agreement");
        var read = new Incorporation(agreement, map.OptionalText("name") ?? agreement ?? "", map.OptionalText("url"), [.. map.Texts("clauses")]);
        if (read.Name.Length == 0)
        {
            map.Problem("the incorporated document has no name", "Add `agreement:` if it is in this catalogue, or `name:`.");
        }
        if (read.Clauses.IsEmpty)
        {
            map.Problem($"the incorporation of {read.Name} cites no clause", "Add `clauses: [\"1.1\"]`.");
        }
        if (read.Url is not null && !SafeLink.Allows(read.Url))
        {
            map.Problem($"the address `{read.Url}` is not allowed", "Use an http or https address.", "url");
        }
        map.Finish();
        return read;
    }

    private ImmutableArray<TermsText> ReadTexts(string path, bool isExcerpt, ImmutableArray<string> missing)
    {
        var texts = new List<TermsText>();
        var files = reading.TextFiles(path);
        foreach (var name in files)
        {
            var match = ContentReading.TextName().Match(name);
            var file = $"{path}/{name}";
            var number = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
            if (reading.Text(file) is { } markdown
                && TermsTextParser.Parse(file, markdown, match.Groups[1].Value, number, isExcerpt, missing, reading.Problems) is { } text)
            {
                texts.Add(text);
            }
        }
        if (files.Count == 0)
        {
            reading.Problems.Add(path, 1, "the version has no text", $"Add terms.{language}.md.");
        }
        return [.. texts.OrderByDescending(t => t.Language == language).ThenBy(t => t.Language, StringComparer.Ordinal).ThenBy(t => t.Number)];
    }
}
