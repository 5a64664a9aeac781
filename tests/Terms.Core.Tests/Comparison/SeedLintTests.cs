using System.Globalization;
using Terms.Comparison;
using Terms.Import;
using Xunit.Abstractions;

namespace Terms.Tests.Comparison;

/// <summary>What the linter finds in the collected documents, imported: they contain most kinds of defects.</summary>
public sealed class SeedLintTests(ITestOutputHelper output)
{
    private const string Merchant = "aliexpress-merchant-service-agreement/2022-01-01", Membership = "aliexpress-com-free-membership-agreement/2025-04-01", Use = "aliexpress-com-terms-of-use/2025-04-01",
        Commerce = "terms-of-use/2020-10-17", Vip = "aliexpress-vip-membership-service-agreement/2023-11-01", Seller = "the-code-of-the-seller/undated", Property = "intellectual-property-rights-ipr-protection-policy/undated";

    /// <summary>Defects that reading the documents has shown: code, text and clause.</summary>
    private static readonly (string Code, string Text, string? Clause)[] Known =
    [
        ("TW101", Vip, "8.3 [2nd]"), ("TW202", Membership, "1.1(d)"), ("TW301", Membership, "2.7"), ("TW301", Membership, "3.1"), ("TW301", Use, "3.7"),
        ("TW302", Merchant, "preamble ¶6"), ("TW303", Use, "12.7"), ("TW303", Commerce, "12.7"), ("TW304", Seller, "4.1.6"), ("TW304", Merchant, "5.2.1"),
        ("TW401", Use, "§9 ¶1"), ("TW402", Membership, "3.7"), ("TW403", Merchant, "4.1"), ("TW404", Merchant, "preamble ¶5"), ("TW405", Membership, "8.7"),
        ("TW405", Commerce, "5.13(a)"), ("TW406", Vip, "8.3 [2nd]"), ("TW406", Commerce, "5.12"), ("TW407", Merchant, "15.2.3"), ("TW408", Seller, "4.5.6(2)"),
        ("TW409", Merchant, "8.7"), ("TW410", Merchant, "2.4"), ("TW411", Merchant, "3.3"), ("TW411", Seller, "1.1"), ("TW412", Property, "excerpt"),
        ("TW501", Seller, null), ("TW502", Seller, null), ("TW503", Seller, null), ("TW506", Use, "11.1"), ("TW506", Membership, null),
    ];

    /// <summary>How many findings each kind has. All were read against the documents; docs/lint.md says how many are true.</summary>
    private const string Counts =
        "TW101 1, TW202 1, TW301 10, TW302 1, TW303 8, TW304 9, TW401 21, TW402 11, TW403 1, TW404 2, TW405 5, TW406 7, TW407 7, TW408 6, TW409 10, TW410 26, TW411 6, TW412 1, TW501 10, TW502 1, TW503 1, TW506 7";

    [SeedFact]
    public void Every_defect_that_the_documents_are_known_for_is_found_and_nothing_that_was_not_read()
    {
        var files = Seeds.Facts("versions.json").GetProperty("versions").EnumerateArray().Select(v => v.Text("source_file")!).Distinct().Order(StringComparer.Ordinal);
        var lints = files.Select(f => DocumentLint.Of(DocumentImporter.Import(f, Seeds.Bytes(f)))).ToList();
        var found = lints.SelectMany(l => l.Findings).ToList();
        output.WriteLine(string.Join('\n', found.Select(f => f.Finding)));

        var missed = Known.Where(k => !found.Exists(f => f.Finding.Code == k.Code && $"{f.Version.SuggestedId}/{f.Version.Id}" == k.Text && f.Finding.Clause == k.Clause)).ToList();
        Assert.Empty(missed);
        Assert.Empty(lints.SelectMany(l => l.Problems));
        Assert.Equal(Counts, string.Join(", ", found.GroupBy(f => f.Finding.Code).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} {g.Count()}"))));
    }
}
