using System.Collections.Concurrent;
using Terms.Catalogue;
using Terms.Import;

namespace Terms.Tests.Comparison;

/// <summary>The collected documents as texts, imported as anybody would import them.</summary>
internal static class ImportedSeeds
{
    private static readonly ConcurrentDictionary<string, ImportedDocument> Documents = new();

    /// <summary>One version by its name in the shared list (<c>TOU-2025-04-01</c>).</summary>
    public static TermsText Text(string id, int rendering = 1)
    {
        var version = Seeds.Facts("versions.json").GetProperty("versions").EnumerateArray().Single(v => v.Text("id") == id);
        var document = Documents.GetOrAdd(version.Text("source_file")!, file => DocumentImporter.Import(file, Seeds.Bytes(file)));
        return document.Versions.Single(v => version.Text("title")!.StartsWith(v.Title, StringComparison.Ordinal) && v.Id.Value == version.Text("effective_date") && v.Text.Number == rendering).Text;
    }
}
