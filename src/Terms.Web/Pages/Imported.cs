using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Import;
using Terms.Rendering;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary>A document that was read for the page of import, with all that the page says of it. It lives as long as the answer.</summary>
/// <param name="Document">What the importer found.</param>
/// <param name="Lint">What is wrong with it.</param>
/// <param name="Texts">Its texts.</param>
/// <param name="Changes">Old and new versions inside the document, compared.</param>
/// <param name="Zip">The content folder, as an archive.</param>
public sealed record Imported(ImportedDocument Document, DocumentLint Lint, ImmutableArray<ImportedText> Texts, ImmutableArray<ImportedChange> Changes, byte[] Zip)
{
    /// <summary>The most characters of text that are shown: several times the longest agreement known.</summary>
    public const int MostShown = 600_000;

    /// <summary>Whether the texts are short enough to be shown.</summary>
    public bool IsShown => Document.Versions.Sum(v => v.Markdown.Length) <= MostShown;

    /// <summary>Whether places are counted in paragraphs, as in a Word file, and not in lines.</summary>
    public bool IsWord { get; init; }

    /// <summary>Reads a document.</summary>
    /// <exception cref="ImportRefusedException">The document is too large, broken, hostile or of an unknown kind.</exception>
    internal static Imported Read(Upload upload, ServedCatalogue served, DateTimeOffset now)
    {
        var document = DocumentImporter.Import(upload.Name, upload.Bytes);
        var newest = document.Versions.Where(v => v.Text.Number == 1).GroupBy(v => (v.SuggestedId, v.Text.Language)).Select(g => g.MaxBy(v => v.Effective ?? DateOnly.MinValue)).ToHashSet();
        var texts = document.Versions.Select((v, i) => new ImportedText(v, $"t{i + 1}-", RenderedText.Of(v.Text), newest.Contains(v) ? InForce(v, served, now) : null)).ToImmutableArray();
        return new Imported(
            document, DocumentLint.Of(document), texts,
            [.. DocumentLint.Pairs(document).Select(p => new ImportedChange(texts.Single(t => t.Version == p.Old), texts.Single(t => t.Version == p.New), DocumentLint.Compare(p.Old.Text, p.New.Text)))],
            ContentWriter.Zip([document], now))
        {
            IsWord = upload.Bytes.Span.StartsWith("PK"u8),
        };
    }

    /// <summary>The version in force of the agreement with the same title, if the catalogue has one in that language.</summary>
    private static CatalogueMatch? InForce(ImportedVersion imported, ServedCatalogue served, DateTimeOffset now)
    {
        var agreement = served.Catalogue.Agreements.FirstOrDefault(a => Plain(a.Title) == Plain(imported.Title)) ?? served.Catalogue.Find(imported.SuggestedId.Value);
        return agreement is not null && Timeline.Of(agreement, served.Catalogue.Zone, now).LastOrDefault(s => s.From is null || s.From <= now)?.Version is { } version
            && version.Text(imported.Text.Language, 1) is { } text
            ? new CatalogueMatch(version, DocumentLint.Compare(text, imported.Text))
            : null;
    }

    private static string Plain(string title) => string.Concat(title.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

/// <summary>One text of an imported document.</summary>
/// <param name="Version">The text as it was found.</param>
/// <param name="Prefix">What its places in the page begin with: two texts have clauses of one label.</param>
/// <param name="Rendered">The text as HTML.</param>
/// <param name="InForce">The same agreement in the catalogue; of several versions in the document only the newest is held against it.</param>
public sealed record ImportedText(ImportedVersion Version, string Prefix, RenderedText Rendered, CatalogueMatch? InForce)
{
    /// <summary>The place of a clause in the page.</summary>
    public string Anchor(Clause clause) => Prefix + clause.Label.Anchor;
}

/// <summary>A change from an old version to a new one inside a document.</summary>
public sealed record ImportedChange(ImportedText Old, ImportedText New, TextComparison Comparison);

/// <summary>The version in force of an agreement that was imported, and what the imported text changes.</summary>
public sealed record CatalogueMatch(AgreementVersion Version, TextComparison Comparison);
