using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>Findings that are accepted in the draft.</summary>
public sealed class FindingAcceptanceTests
{
    private const string Entry = """{ code: TW405, clause: "5.4", words: "“a；” has full-width \"punctuation\"", why: "So it is." }""";

    private static readonly Obstacle Finding = new(ObstacleKind.Finding, "TW405", "terms.en.md", 7, "5.4", "“a；” has full-width \"punctuation\"", "Mend it.", PublicationStage.Approved);

    [Theory]
    [InlineData("edition: official\n", "edition: official\naccepted:\n  - ENTRY\n")]
    [InlineData("accepted: []\nedition: official\n", "accepted:\n  - ENTRY\nedition: official\n")]
    [InlineData("accepted: [{ code: TW101, why: \"x\" }]\n", "accepted: [ENTRY, { code: TW101, why: \"x\" }]\n")]
    [InlineData("accepted:\n# kept\n- code: TW101\n  why: x\nedition: official\n", "accepted:\n- ENTRY\n# kept\n- code: TW101\n  why: x\nedition: official\n")]
    [InlineData("accepted: # kept\n    - { code: TW101, why: x }", "accepted: # kept\n    - ENTRY\n    - { code: TW101, why: x }\n")]
    public void An_entry_is_added_and_the_rest_stays_letter_for_letter(string before, string after) =>
        Assert.Equal(after.Replace("ENTRY", Entry, StringComparison.Ordinal), FindingAcceptance.Accept(ContentFiles.Empty.With("version.yaml", before), Finding, "So it is.").Text("version.yaml"));

    [Fact]
    public void What_is_no_finding_is_not_accepted()
    {
        var refused = Assert.Throws<ArgumentException>(() => FindingAcceptance.Accept(ContentFiles.Empty, Finding with { Kind = ObstacleKind.Problem }, "So it is."));
        Assert.StartsWith("““a；” has full-width \"punctuation\"” cannot be accepted. Mend it.", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FindingAcceptance.Accept(ContentFiles.Empty, Finding, " "));
    }
}
