using System.Text.RegularExpressions;
using DiffPlex;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Tests.Comparison;

/// <summary>How many words are said to go and come, against the shortest edit between the whole texts, which two others work out.</summary>
public sealed partial class EditSizeTests
{
    private const double Allowed = 1.05;

    [Theory]
    [InlineData("free-membership/2024-07-12", "free-membership/2025-04-01")]
    [InlineData("terms-of-use/2025-01-30", "terms-of-use/2025-04-01")]
    [InlineData("alibaba-terms-of-use/2020-05-06", "alibaba-terms-of-use/2020-10-17")]
    [InlineData("alibaba-terms-of-use/2020-10-17", "terms-of-use/2025-01-30")]
    [InlineData("merchant-service/2022-01-01", "merchant-service/2022-01-01")]
    public void The_edit_between_shipped_texts_is_hardly_longer_than_the_shortest(string from, string to) =>
        IsShort(Shipped.Version(from).Texts[0], from == to ? Shipped.Version(to).Rendering(2)! : Shipped.Version(to).Texts[0]);

    [SeedTheory]
    [InlineData("FMA-2024-07-12", "FMA-2025-04-01")]
    [InlineData("TOU-2025-01-30", "TOU-2025-04-01")]
    [InlineData("CTOU-2020-05-06", "CTOU-2020-10-17")]
    [InlineData("CTOU-2020-10-17", "TOU-2025-01-30")]
    [InlineData("MSA-2022-01-01", "MSA-2022-01-01")]
    public void The_edit_between_imported_originals_is_hardly_longer_than_the_shortest(string from, string to) =>
        IsShort(ImportedSeeds.Text(from), ImportedSeeds.Text(to, from == to ? 2 : 1));

    private static void IsShort(TermsText from, TermsText to)
    {
        var comparison = TextComparison.Of(from, to);
        var (deleted, inserted) = (comparison.DeletedWords, comparison.InsertedWords);
        var (old, @new) = (Words(from), Words(to));
        var shortest = Exact.Edit(old, @new);

        Assert.Equal(shortest, ByDiffPlex(old, @new));
        Assert.InRange(deleted + inserted, 0, Allowed * shortest);
        Assert.Equal((deleted, inserted), Shown(comparison));
    }

    /// <summary>
    /// What the entries show, worked out anew from their words. An entry about a passage that moved stands beside those of its clauses, which count it; it counts itself
    /// where it is all that is said of a clause.
    /// </summary>
    private static (int Deleted, int Inserted) Shown(TextComparison comparison)
    {
        var (deleted, inserted) = (0, 0);
        foreach (var change in comparison.Clauses)
        {
            var (old, @new) = (Split(change.FromText), Split(change.ToText));
            var kept = Exact.Kept(old, @new);
            deleted += change.Kind == ChangeKind.Moved && change.IsFromPart ? 0 : old.Length - kept;
            inserted += change.Kind == ChangeKind.Moved && change.IsToPart ? 0 : @new.Length - kept;
        }
        return (deleted, inserted);
    }

    private static int ByDiffPlex(string[] old, string[] @new) =>
        new Differ().CreateCustomDiffs(string.Join('\n', old), string.Join('\n', @new), ignoreWhiteSpace: false, ignoreCase: false, text => text.Split('\n'))
            .DiffBlocks.Sum(b => b.DeleteCountA + b.InsertCountB);

    private static string[] Words(TermsText text) => [.. text.All.SelectMany(c => Split($"{c.Heading} {c.Text}"))];

    /// <summary>Words as they are counted: what stands between white space, and each Chinese or Japanese sign.</summary>
    private static string[] Split(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"[\u3001-\u30FF\u3400-\u9FFF\uFF01-\uFF65]|[^\s\u3001-\u30FF\u3400-\u9FFF\uFF01-\uFF65]+")]
    private static partial Regex Word();
}
