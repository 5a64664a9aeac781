namespace Terms.Tests.Catalogue;

/// <summary>Every folder below tests/catalogues is a case: the base with its files put over it, and what has to come out.</summary>
public sealed class CatalogueCaseTests
{
    public static TheoryData<string> Good => Cases("good");

    public static TheoryData<string> Bad => Cases("bad");

    [Theory]
    [MemberData(nameof(Good))]
    public void A_good_catalogue_is_read(string name)
    {
        using var folder = new ContentFolder().Over(Case("good", name));
        var read = folder.Load().Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.Texts.Select(t =>
            $"{v.Path} {t.Language}.{t.Number}: {string.Join(", ", t.All.Select(c => c.Label))}")
            .Concat(v.States.Skip(1).Select(s => $"{v.Path} corrected {s.KnownFrom:yyyy-MM-dd}: {string.Join(", ", s.Correction!.Changed)}")));

        Compare(Case("good", name), read);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_catalogue_is_refused_with_every_problem(string name)
    {
        using var folder = new ContentFolder().Over(Case("bad", name));
        var problems = folder.Problems();

        Assert.NotEmpty(problems);
        Compare(Case("bad", name), problems);
    }

    [Fact]
    public void Content_with_problems_is_never_served()
    {
        using var folder = new ContentFolder().Over(Case("bad", "several-problems-at-once"));

        var refusal = Assert.Throws<Terms.Catalogue.ContentException>(() => folder.Load());

        Assert.Equal(File.ReadAllLines(Path.Combine(Case("bad", "several-problems-at-once"), "expected.txt")), refusal.Problems.Select(p => p.ToString()));
    }

    private static string Case(string kind, string name) => Repository.Folder($"tests/catalogues/{kind}/{name}");

    private static TheoryData<string> Cases(string kind) =>
        [.. Directory.GetDirectories(Repository.Folder($"tests/catalogues/{kind}")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    private static void Compare(string folder, IEnumerable<string> found)
    {
        var expected = File.ReadAllText(Path.Combine(folder, "expected.txt")).ReplaceLineEndings("\n").Trim();

        Assert.Equal(expected, string.Join('\n', found));
    }
}
