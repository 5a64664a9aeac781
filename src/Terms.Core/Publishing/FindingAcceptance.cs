using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>Accepts findings of the linter where they are kept: under <c>accepted</c> in the draft's <c>version.yaml</c>.</summary>
public static class FindingAcceptance
{
    private const string Key = "accepted:";

    /// <summary>The files with one entry more. It names the whole message, so that it accepts this finding and no other; everything else in the file stays letter for letter.</summary>
    /// <param name="files">The files of the draft.</param>
    /// <param name="finding">What the report says of the text: an obstacle of the kind <see cref="ObstacleKind.Finding"/>.</param>
    /// <param name="why">Why the text stays as it is.</param>
    /// <exception cref="ArgumentException">The reason is empty or too long, the obstacle is no finding, or <c>version.yaml</c> is not written so that an entry can be added.</exception>
    public static ContentFiles Accept(ContentFiles files, Obstacle finding, string why)
    {
        if (finding.Kind != ObstacleKind.Finding || !LintCode.IsKnown(finding.Key))
        {
            throw new ArgumentException($"“{finding.What}” cannot be accepted. {finding.Remedy}", nameof(finding));
        }
        var clause = finding.Clause is { } label ? $", clause: {YamlScalars.Quoted(label)}" : "";
        var entry = $"{{ code: {finding.Key}{clause}, words: {YamlScalars.Quoted(finding.What)}, why: {YamlScalars.Quoted(Person.Reason(why))} }}";
        return files.With(Draft.VersionFile, With(files.Text(Draft.VersionFile) ?? "", entry));
    }

    private static string With(string yaml, string entry)
    {
        var lines = yaml.TrimEnd('\n').Split('\n').ToList();
        var at = lines.FindIndex(l => l.StartsWith(Key, StringComparison.Ordinal));
        if (at < 0)
        {
            return $"{yaml.TrimEnd('\n')}\n{Key}\n  - {entry}\n".TrimStart('\n');
        }
        var rest = lines[at][Key.Length..].Trim();
        if (rest is "[]" or "~" or "null")
        {
            lines[at] = $"{Key}\n  - {entry}";
        }
        else if (rest.StartsWith('['))
        {
            lines[at] = $"{Key} [{entry}, {rest[1..]}";
        }
        else if (rest.Length == 0 || rest.StartsWith('#'))
        {
            var first = lines.Skip(at + 1).FirstOrDefault(l => l.TrimStart() is { Length: > 0 } text && !text.StartsWith('#'));
            var indent = first?.TrimStart().StartsWith('-') == true ? first[..^first.TrimStart().Length] : "  ";
            lines.Insert(at + 1, $"{indent}- {entry}");
        }
        else
        {
            throw new ArgumentException($"`accepted` in {Draft.VersionFile} is no list. Write it as docs/lint.md shows.", nameof(yaml));
        }
        return string.Join('\n', lines) + "\n";
    }
}
