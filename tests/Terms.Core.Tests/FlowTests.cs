using System.Text.RegularExpressions;

namespace Terms.Tests;

/// <summary>The folders of Terms.Core stand in the order of the data; a folder may mention only those to its left.</summary>
public sealed partial class FlowTests
{
    private static readonly string[] Flow =
        ["Catalogue", "Import", "Facts", "Resolution", "Comparison", "Rendering", "Publishing", "People", "Notices", "Export", "Acceptance", "Webhooks", "Storage"];

    private static readonly Dictionary<string, string[]> Owners = new(StringComparer.Ordinal)
    {
        ["AngleSharp"] = ["Import"],
        ["Markdig"] = ["Catalogue", "Rendering"],
        ["DocumentFormat.OpenXml"] = ["Import", "Export"],
        ["Microsoft.AspNetCore.Identity"] = ["People"],
        ["SQLitePCL"] = ["Storage"],
    };

    private static readonly string Core = Repository.Folder("src/Terms.Core");
    private static readonly string[] Written = ["src/Terms.Core", "src/Terms.Cli"];

    [Fact]
    public void Every_folder_of_the_core_has_its_place_in_the_flow()
    {
        var unlisted = Directory.GetDirectories(Core).Select(d => Path.GetFileName(d)).Except([.. Flow, "bin", "obj"]);

        Assert.Empty(unlisted);
    }

    [Fact]
    public void A_folder_mentions_only_folders_to_its_left() =>
        Refuse(MentionOfTerms(), (folder, name) => Array.IndexOf(Flow, name) is var at && (at < 0 || at > Array.IndexOf(Flow, folder)));

    [Fact]
    public void A_library_is_used_only_in_the_folder_that_owns_it() =>
        Refuse(MentionOfLibrary(), (folder, name) => !Owners[name].Contains(folder));

    [Fact]
    public void The_core_never_looks_at_the_clock() => Refuse(MentionOfClock(), (_, _) => true);

    /// <summary>In a text that is put together, a day would be written in the calendar of the machine's culture.</summary>
    [Fact]
    public void A_day_is_written_in_one_place_whatever_the_culture_of_the_machine()
    {
        var sources = Written.SelectMany(f => Directory.EnumerateFiles(Repository.Folder(f), "*.cs", SearchOption.AllDirectories));

        Assert.Equal(["Instants.cs"], sources.Where(f => WrittenDay().IsMatch(File.ReadAllText(f))).Select(f => Path.GetFileName(f)));
    }

    [Theory]
    [InlineData("x // Terms.Storage", "x ")]
    [InlineData("/// <see cref=\"Terms.Storage\"/>", "")]
    [InlineData("a /* Terms.Storage */ b", "a  b")]
    [InlineData("var url = \"http://example.org\"; Terms.Storage", "var url = \"\"; Terms.Storage")]
    [InlineData("'\"' + Terms.Storage + '\"'", "'' + Terms.Storage + ''")]
    public void Comments_and_texts_do_not_count(string line, string counts) => Assert.Equal(counts, Code(line));

    private static void Refuse(Regex mention, Func<string, string, bool> isRefused)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
            var folder = Path.GetRelativePath(Core, file).Split(Path.DirectorySeparatorChar)[0];
            var line = 0;
            foreach (var code in Code(File.ReadAllText(file)).Split('\n'))
            {
                line++;
                found.AddRange(mention.Matches(code).Where(m => isRefused(folder, m.Groups[1].Value)).Select(m => $"{name}:{line}: {folder} may not mention {m.Value}"));
            }
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    /// <summary>Source text without comments and without what stands in quotes; lines stay where they are.</summary>
    private static string Code(string source) => Silent().Replace(source, match =>
    {
        var lines = new string('\n', match.Value.Count(c => c == '\n'));
        return match.Value[0] switch { '"' or '@' => $"\"{lines}\"", '\'' => "''", _ => lines };
    });

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""""""+.*?""""""+|@""(?:[^""]|"""")*""|""(?:\\.|[^""\\\n])*""|'(?:\\.|[^'\\\n])+'", RegexOptions.Singleline)]
    private static partial Regex Silent();

    /// <summary><c>Terms.Facts</c>, and <c>Facts.CapFact</c>, which means the same inside the namespace Terms.</summary>
    [GeneratedRegex(@"\bTerms\.([A-Z]\w*)|(?<![.\w])(?<1>Import|Facts|Resolution|Comparison|Rendering|Publishing|People|Notices|Export|Acceptance|Storage)\.[A-Z]")]
    private static partial Regex MentionOfTerms();

    [GeneratedRegex(@"\b(AngleSharp|Markdig|DocumentFormat\.OpenXml|Microsoft\.AspNetCore\.Identity|SQLitePCL)\b")]
    private static partial Regex MentionOfLibrary();

    [GeneratedRegex(@"yyyy-MM-dd\}|ToString\(""yyyy-MM-dd""")]
    private static partial Regex WrittenDay();

    [GeneratedRegex(@"\b(DateTime(?:Offset)?\.(?:Utc)?(?:Now|Today))\b")]
    private static partial Regex MentionOfClock();
}
