using System.Text.Json;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Tests.Catalogue;

/// <summary>The restated texts have the clauses of the originals, and change between versions where the originals change.</summary>
public sealed partial class SeedTextTests
{
    [SeedFact]
    public void Every_rendering_has_the_labels_of_the_original_in_order()
    {
        var labels = Seeds.Facts("labels.json").EnumerateObject().ToList();
        foreach (var original in labels)
        {
            var version = Version(Seeds.PathOf(original.Name));
            var rendering = original.Name.EndsWith("/R2", StringComparison.Ordinal) ? 2 : 1;
            var expected = original.Value.EnumerateArray().Select(l => l.GetString());

            Assert.Equal(string.Join('\n', expected), string.Join('\n', version.Rendering(rendering)!.All.Select(c => c.Label)));
        }
        var shipped = Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Sum(v => v.Texts.Length);

        Assert.Equal(labels.Count, shipped);
    }

    [SeedTheory]
    [InlineData("FMA-2024-07-12", "FMA-2025-04-01", 60)]
    [InlineData("TOU-2025-01-30", "TOU-2025-04-01", 60)]
    [InlineData("CTOU-2020-05-06", "CTOU-2020-10-17", 60)]
    public void A_clause_is_restated_anew_just_where_the_original_changed(string older, string newer, int atLeast)
    {
        var versions = Seeds.Facts("versions.json").GetProperty("versions").EnumerateArray().ToDictionary(v => v.Text("id")!);
        var (before, after) = (Originals(versions[older]), Originals(versions[newer]));
        var (restatedBefore, restatedAfter) = (Version(Seeds.PathOf(older)).Texts[0], Version(Seeds.PathOf(newer)).Texts[0]);
        var wrong = new List<string>();
        var compared = 0;
        foreach (var label in before.Keys.Intersect(after.Keys).Where(l => restatedBefore.Find(l) is not null && restatedAfter.Find(l) is not null))
        {
            compared++;
            var same = restatedBefore.Find(label)!.Markdown == restatedAfter.Find(label)!.Markdown;
            if (before[label] == after[label] && !same)
            {
                wrong.Add($"{label} is the same in both originals, but not in the restatements");
            }
            if (Letters(before[label]) != Letters(after[label]) && same)
            {
                wrong.Add($"{label} differs between the originals, but not between the restatements");
            }
        }

        Assert.True(compared >= atLeast, $"Only {compared} clauses were found in both originals.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static AgreementVersion Version(string path) => Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path);

    /// <summary>The first paragraph of each numbered clause and lettered item of an original, by label.</summary>
    private static Dictionary<string, string> Originals(JsonElement version)
    {
        var lines = version.Text("source_lines")!.Split('-').Select(int.Parse).ToArray();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string? clause = null;
        foreach (var line in Seeds.Document(version.Text("source_file")!)[(lines[0] - 1)..lines[1]])
        {
            if (Numbered().Match(line) is { Success: true } number)
            {
                clause = number.Groups[1].Value;
                found.TryAdd(clause, Spaces().Replace(number.Groups[2].Value, " ").Trim());
            }
            else if (Lettered().Match(line) is { Success: true } item && clause is not null)
            {
                found.TryAdd($"{clause}({item.Groups[1].Value})", Spaces().Replace(item.Groups[2].Value, " ").Trim());
            }
        }
        return found;
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    [GeneratedRegex(@"^\W*(\d+\.\d+)\W*\s+(\S.*)$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\s*\(([a-z]{1,3})\)\s+(\S.*)$")]
    private static partial Regex Lettered();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
