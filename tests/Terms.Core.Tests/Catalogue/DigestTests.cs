namespace Terms.Tests.Catalogue;

public sealed class DigestTests
{
    [Theory]
    [InlineData("as-it-stands")]
    [InlineData("every-kind-of-label")]
    [InlineData("two-renderings-that-disagree")]
    [InlineData("correction")]
    public void Line_ends_of_another_system_change_no_digest(string name)
    {
        using var folder = new ContentFolder().Over(Repository.Folder($"tests/catalogues/good/{name}"));

        var linux = Digests(folder.WithLineEnds("\n"));
        var windows = Digests(folder.WithLineEnds("\r\n"));

        Assert.Equal(linux, windows);
        Assert.All(linux, d => Assert.Matches("^sha256:[0-9a-f]{64} sha256:[0-9a-f]{64}$", d));
    }

    [Fact]
    public void Every_version_shipped_has_digests_of_its_own()
    {
        var states = Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.States).ToList();

        Assert.Equal(states.Count, states.Select(s => s.Digest).Distinct().Count());
        Assert.Equal(states.Count, states.Select(s => s.TextDigest).Distinct().Count());
    }

    private static List<string> Digests(ContentFolder folder) =>
        [.. folder.Load().Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.States).Select(s => $"{s.TextDigest} {s.Digest}")];
}
