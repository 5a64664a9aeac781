using System.Text.RegularExpressions;
using Terms.Import;

namespace Terms.Web.Tests.Pages;

/// <summary>
/// The shipped catalogue as it would have stood in September 2020, with the collected text of May 2020 in the place of its restatement, imported as anybody would import it. The collected documents stand
/// beside the repository (<c>TERMS_SEEDS</c>), and no word of them in it.
/// </summary>
internal static partial class WalkContent
{
    public const string Agreement = "alibaba-terms-of-use";
    private const string May = "2020-05-06";
    private const string October = "2020-10-17";
    private const string Document = "002_20389e582ada8b6e.txt";
    private static readonly string Seeds = Path.Combine(Environment.GetEnvironmentVariable("TERMS_SEEDS") ?? Path.Combine(Repository.Root, "..", "shared"), "seeds");
    private static readonly Lazy<ImportedDocument> Read = new(() => DocumentImporter.Import(Document, File.ReadAllBytes(Path.Combine(Seeds, Document))));

    /// <summary>Why a test that needs the documents, or a browser, cannot run; null if it can, or if it has to.</summary>
    public static string? Absence => Directory.Exists(Seeds) || Environment.GetEnvironmentVariable("CI") == "true" ? Browser.Absence : $"The collected documents are absent ({Seeds}). Name their folder in TERMS_SEEDS.";

    /// <summary>The collected document with the text of October.</summary>
    public static ImportedDocument Collected => Read.Value;

    /// <summary>The text of October in it.</summary>
    public static ImportedVersion InOctober => Collected.Versions.Single(v => v.Id.Value == October);

    /// <summary>Lays the catalogue into a folder. Facts and precedence quote the restated words, and are left out; the other rules cite clauses, which are the same.</summary>
    public static void Lay(string folder)
    {
        var shipped = Path.Combine(Repository.Root, "content");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(shipped, file).Replace('\\', '/');
            if (name.StartsWith($"agreements/{Agreement}/{October}/", StringComparison.Ordinal) || name == $"agreements/{Agreement}/{May}/facts.yaml")
            {
                continue;
            }
            var target = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var words = Recorded().Replace(File.ReadAllText(file), "recorded: 2020-05-01T00:00:00Z").Replace($", {Agreement}/{October}", "", StringComparison.Ordinal);
            File.WriteAllText(target, name switch
            {
                $"agreements/{Agreement}/{May}/terms.en.md" => Collected.Versions.Single(v => v.Id.Value == May).Markdown,
                $"agreements/{Agreement}/{May}/version.yaml" => words[..words.IndexOf("accepted:", StringComparison.Ordinal)].Replace("edition: restatement", "edition: official", StringComparison.Ordinal),
                $"agreements/{Agreement}/{May}/rules.yaml" => Precedence().Replace(words, ""),
                _ => words,
            });
        }
    }

    [GeneratedRegex("^precedence:\n(?:[ #].*\n?)*", RegexOptions.Multiline)]
    private static partial Regex Precedence();

    [GeneratedRegex("recorded: [0-9TZ:-]+")]
    private static partial Regex Recorded();
}
