using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests.Catalogue;

/// <summary>Content as files in memory.</summary>
public sealed class ContentFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("terms-files-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_shipped_catalogue_written_out_has_the_same_bytes_and_loads_to_the_same_digests()
    {
        var target = Path.Combine(folder, "out");

        Repository.Content.Files.WriteTo(target);

        var (before, after) = (Repository.Content.Files, ContentFiles.Load(target));
        Assert.Equal(before.Paths, after.Paths);
        Assert.All(before.Paths, p => Assert.True(before.Bytes(p).Span.SequenceEqual(after.Bytes(p).Span), p));
        Assert.Equal(Digests(Repository.Content), Digests(Corpus.Load(after)));
        Assert.Equal([target], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_file_laid_over_the_content_is_read_in_its_place_and_the_disk_and_the_first_set_stay_as_they_were()
    {
        using var content = new ContentFolder();
        var published = content.Load().Files;
        const string Path = "agreements/lamp-hire/2025-01-01/facts.yaml";

        var problems = new ProblemList();
        Corpus.Read(published.With(Path, published.Text(Path)!.Replace("at most 40 krone", "at most 50 krone", StringComparison.Ordinal)), problems);

        Assert.Contains("agreements/lamp-hire/2025-01-01/facts.yaml:4: the quote \"at most 50 krone\" does not occur in clause 2.1", string.Join('\n', problems.Sorted()), StringComparison.Ordinal);
        Assert.Empty(content.Problems());
        Assert.Same(published, Corpus.Load(published).Files);
    }

    [Fact]
    public void A_file_taken_away_is_missed()
    {
        using var content = new ContentFolder();
        var problems = new ProblemList();

        Corpus.Read(content.Load().Files.Without("parties.yaml"), problems);

        Assert.Contains("parties.yaml:1: the file is missing. Add it; docs/content-format.md shows its shape.", problems.Sorted().Select(p => p.ToString()));
    }

    [Fact]
    public void What_nothing_reads_is_refused_in_corrections_too()
    {
        using var content = new ContentFolder().With("agreements/lamp-hire/2025-01-01/corrections/more/a.yaml", "x");

        Assert.Equal(["agreements/lamp-hire/2025-01-01/corrections/more:1: nothing here reads this. Remove it, or mend its name."], content.Problems());
    }

    [Fact]
    public void What_Git_keeps_in_its_working_tree_is_no_content()
    {
        using var content = new ContentFolder();
        var files = content.Load().Files;
        using var tree = new ContentFolder().With(".git/HEAD", "ref: refs/heads/main").With(".gitattributes", "* -text").With("agreements/lamp-hire/.gitignore", "*.orig");

        Assert.Equal(files.Paths, tree.Load().Files.Paths);
    }

    [Theory]
    [InlineData("../a.yaml")]
    [InlineData("/a.yaml")]
    [InlineData("a//b.yaml")]
    [InlineData("a/./b.yaml")]
    [InlineData(".git")]
    [InlineData("a\\b.yaml")]
    [InlineData("a\nb")]
    [InlineData("a:b")]
    [InlineData("")]
    [InlineData("1/2/3/4/5/file")]
    public void A_path_that_could_leave_the_folder_is_refused(string path)
    {
        var refusal = Assert.Throws<ArgumentException>(() => ContentFiles.Empty.With(path, "words"));

        Assert.Contains("has no place in a content folder. Use letters, digits", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_sign_has_no_bytes() =>
        Assert.StartsWith("The text holds half a character at position 2. Paste it again as plain text.", Assert.Throws<ArgumentException>(() => ContentFiles.Empty.With("a.yaml", "ab\uD83D")).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_written_over_a_folder_that_holds_something()
    {
        File.WriteAllText(Path.Combine(folder, "mine.txt"), "mine");

        var refusal = Assert.Throws<IOException>(() => ContentFiles.Empty.With("a.yaml", "x").WriteTo(folder));

        Assert.EndsWith("is there already. Name a folder that does not exist, or is empty.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "mine.txt")));
    }

    [Fact]
    public void When_one_file_cannot_be_written_there_is_no_folder_at_all()
    {
        Directory.CreateDirectory(Path.Combine(folder, "in", "agreements"));
        File.WriteAllText(Path.Combine(folder, "in", "a.yaml"), "x");
        File.WriteAllText(Path.Combine(folder, "in", "agreements", "not a name.txt"), "x");
        var files = ContentFiles.Load(Path.Combine(folder, "in"));

        Assert.Throws<ArgumentException>(() => files.WriteTo(Path.Combine(folder, "out")));

        Assert.Equal(["in"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_that_is_too_large_is_a_problem_and_is_never_written_as_an_empty_one()
    {
        File.WriteAllBytes(Path.Combine(folder, "catalogue.yaml"), new byte[(4 * 1024 * 1024) + 1]);
        var files = ContentFiles.Load(folder);
        var problems = new ProblemList();
        CatalogueReader.Read(files, problems);

        Assert.Contains("catalogue.yaml:1: the file is larger than 4 MB. Split it, or check that it is the right file.", problems.Sorted().Select(p => p.ToString()));
        Assert.Throws<InvalidDataException>(() => files.WriteTo(Path.Combine(folder, "out")));
        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }

    [Fact]
    public void Files_of_a_version_are_laid_below_another_folder()
    {
        var version = ContentFiles.Empty.With("agreements/a/2025-01-01/terms.en.md", "# A").With("agreements/a/2025-01-01/corrections/x.yaml", "y").Below("agreements/a/2025-01-01");

        Assert.Equal(["corrections/x.yaml", "terms.en.md"], version.Paths);
        Assert.Equal(["agreements/a/2026-01-01/corrections/x.yaml", "agreements/a/2026-01-01/terms.en.md"], ContentFiles.Empty.With("agreements/a/2026-01-01", version).Paths);
    }

    private static IEnumerable<string> Digests(Corpus corpus) => corpus.Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.States.Select(s => $"{v.Path} {s.TextDigest} {s.Digest}"));
}
