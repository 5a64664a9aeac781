using System.Globalization;
using Terms.Catalogue;
using Xunit.Abstractions;

namespace Terms.Tests.Catalogue;

/// <summary>What the linter finds in the collected documents, which contain most kinds of defects.</summary>
public sealed class SeedLintTests(ITestOutputHelper output)
{
    /// <summary>Defects that reading the documents has shown: code, version and clause.</summary>
    private static readonly (string Code, string Version, string? Clause)[] Known =
    [
        ("TW101", "VIP-2023-11-01", "8.3 [2nd]"), ("TW202", "FMA-2025-04-01", "1.1(d)"), ("TW301", "FMA-2025-04-01", "2.7"), ("TW301", "FMA-2025-04-01", "3.1"), ("TW301", "TOU-2025-01-30", "3.7"),
        ("TW302", "MSA-2022-01-01/R1", "preamble ¶5"), ("TW303", "TOU-2025-04-01", "12.7"), ("TW303", "CTOU-2020-10-17", "12.7"), ("TW304", "EASYBUY-CODE", "4.1.6"), ("TW304", "MSA-2022-01-01/R1", "5.2.1"),
        ("TW401", "TOU-2025-04-01", "§9 ¶2"), ("TW402", "FMA-2025-04-01", "3.7"), ("TW403", "MSA-2022-01-01/R1", "4.1"), ("TW404", "MSA-2022-01-01/R1", "preamble ¶4"), ("TW405", "FMA-2025-04-01", "8.7"),
        ("TW405", "CTOU-2020-10-17", "5.13(a)"), ("TW406", "VIP-2023-11-01", "8.3 [2nd]"), ("TW406", "CTOU-2020-05-06", "5.12"), ("TW407", "MSA-2022-01-01/R1", "15.2.3"), ("TW408", "EASYBUY-CODE", "4.5.6(2)"),
        ("TW409", "MSA-2022-01-01/R1", "8.7"), ("TW410", "MSA-2022-01-01/R1", "2.4"), ("TW411", "MSA-2022-01-01/R1", "3.3"), ("TW411", "EASYBUY-CODE", "1.1"), ("TW412", "RULES/IPR-POLICY", "excerpt"),
        ("TW501", "EASYBUY-CODE", null), ("TW502", "EASYBUY-CODE", null), ("TW503", "EASYBUY-CODE", null), ("TW506", "TOU-2025-04-01", "11.1"), ("TW506", "FMA-2024-07-12", null),
    ];

    [SeedFact]
    public void Every_defect_that_the_documents_are_known_for_is_found()
    {
        var found = SeedReader.All().SelectMany(t => TextLinter.Find(t.Text, t.Known)).ToList();
        foreach (var kind in found.GroupBy(f => f.Code).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Count()}"));
        }
        output.WriteLine(string.Join('\n', found));

        var missed = Known.Where(k => !found.Exists(f => f.Code == k.Code && f.File == k.Version && f.Clause == k.Clause)).ToList();
        Assert.Empty(missed);
    }
}
