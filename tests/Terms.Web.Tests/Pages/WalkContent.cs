using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Terms.Import;

namespace Terms.Web.Tests.Pages;

/// <summary>
/// The shipped catalogue as it would have stood in September 2020, with the collected text of May 2020 in the place of its restatement, imported as anybody would import it, and some of its facts with
/// quotes from that text. The collected documents stand beside the repository (<c>TERMS_SEEDS</c>), and no word of them in it.
/// </summary>
internal static partial class WalkContent
{
    public const string Agreement = "alibaba-terms-of-use";
    private const string May = "2020-05-06";
    private const string InOctober = "2020-10-17";
    private const string Document = "002_20389e582ada8b6e.txt";
    private static readonly string Seeds = Path.Combine(Environment.GetEnvironmentVariable("TERMS_SEEDS") ?? Path.Combine(Repository.Root, "..", "shared"), "seeds");
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Lazy<ImportedDocument> Read = new(() => DocumentImporter.Import(Document, File.ReadAllBytes(DocumentFile)));

    /// <summary>Why a test that needs the documents, or a browser, cannot run; null if it can, or if it has to.</summary>
    public static string? Absence => Directory.Exists(Seeds) || Environment.GetEnvironmentVariable("CI") == "true" ? Browser.Absence : $"The collected documents are absent ({Seeds}). Name their folder in TERMS_SEEDS.";

    /// <summary>The file on somebody's desk: the text of October, and that of May.</summary>
    public static string DocumentFile => Path.Combine(Seeds, Document);

    /// <summary>Facts whose words change, while what they quote stands as before.</summary>
    public static readonly string[] FactsOfOtherWords = ["exc-ctou-8.6", "ind-ctou-8.6b"];

    /// <summary>A fact that quotes words which are gone in October.</summary>
    public const string FactOfGoneWords = "ind-ctou-8.5b";

    /// <summary>Which of the texts of the document is that of October.</summary>
    public static int October => Read.Value.Versions.Select(v => v.Id.Value).ToList().IndexOf(InOctober);

    /// <summary>Words that <see cref="FactOfGoneWords"/> may quote from the text of October.</summary>
    public static string QuoteOfOctober => Sentences(InOctober, FactOfGoneWords).MaxBy(s => s.Length)!;

    /// <summary>Lays the catalogue into a folder. Most facts, and precedence, quote the restated words, and are left out; the other rules cite clauses, which are the same.</summary>
    public static void Lay(string folder)
    {
        var shipped = Path.Combine(Repository.Root, "content");
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(shipped, file).Replace('\\', '/');
            if (name.StartsWith($"agreements/{Agreement}/{InOctober}/", StringComparison.Ordinal))
            {
                continue;
            }
            var target = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var words = Recorded().Replace(File.ReadAllText(file), "recorded: 2020-05-01T00:00:00Z").Replace($", {Agreement}/{InOctober}", "", StringComparison.Ordinal);
            File.WriteAllText(target, name switch
            {
                $"agreements/{Agreement}/{May}/terms.en.md" => Text(May).Markdown,
                $"agreements/{Agreement}/{May}/facts.yaml" => string.Concat(FactsOfOtherWords.Append(FactOfGoneWords).Select(id => Quoting(words, id))),
                $"agreements/{Agreement}/{May}/version.yaml" => words[..words.IndexOf("accepted:", StringComparison.Ordinal)].Replace("edition: restatement", "edition: official", StringComparison.Ordinal),
                $"agreements/{Agreement}/{May}/rules.yaml" => Precedence().Replace(words, ""),
                _ => words,
            });
        }
    }

    private static ImportedVersion Text(string version) => Read.Value.Versions.Single(v => v.Id.Value == version);

    /// <summary>The lines of a fact, with a quote from the text of May: of a fact whose words are to be gone, one that does not stand in October.</summary>
    private static string Quoting(string facts, string id)
    {
        var stands = Sentences(InOctober, id);
        var quote = Sentences(May, id).Where(s => stands.Contains(s) == (id != FactOfGoneWords)).MaxBy(s => s.Length)!;
        return Quote().Replace(Fact(facts, id), $"  quote: {JsonSerializer.Serialize(quote, Plain)}");
    }

    private static string Fact(string facts, string id) => facts.Split("\n\n").Single(f => f.StartsWith($"- id: {id}\n", StringComparison.Ordinal)) + "\n\n";

    /// <summary>The sentences of the clause that a fact stands in.</summary>
    private static List<string> Sentences(string version, string fact) =>
        [.. Text(version).Text.Find(Clause().Match(Fact(File.ReadAllText(Path.Combine(Repository.Root, "content", "agreements", Agreement, May, "facts.yaml")), fact)).Groups[1].Value)!.Text.Split(". ")];

    [GeneratedRegex("^  quote: .*$", RegexOptions.Multiline)]
    private static partial Regex Quote();

    [GeneratedRegex("clauses: \\[\"([^\"]+)\"")]
    private static partial Regex Clause();

    [GeneratedRegex("^precedence:\n(?:[ #].*\n?)*", RegexOptions.Multiline)]
    private static partial Regex Precedence();

    [GeneratedRegex("recorded: [0-9TZ:-]+")]
    private static partial Regex Recorded();
}
