using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;

namespace Terms.Tests.Catalogue;

/// <summary>Every kind of finding about words, with an example that has it and one that has not.</summary>
public sealed class TextLinterTests
{
    /// <summary>Pieces that the rules look for, put together at random.</summary>
    private static readonly string[] Pieces =
    [
        "the lamp", " ", ", ", ". ", "(", ")", "[", "]", "“", "”", "\"", "‘", "’", "**", "\\[", "<p>", "&nbsp;", "，", "；", "）", "fifteen (15", ")", "one hundred and", "five (6)", "99999999999", "(99999999999)",
        "clause 9.9", "paragraph (b)", "Article 3", "Section", "as defined in (d) below", "(defined below)", "Lamp Services", "“Lamp”", "means", "Wick Ltd.", "WICK LTD", "Wick Limited", "Pte. Ltd", "(China)", "/",
        "https://", "http://a.", "[x]()", "[](y)", "WickLamp", "Wicklamp", "WickLam", "governed by the laws of", "notices", "sent to", "contract is with", "1.1", "5.12Member", "No.12", "the the", "..", ";;", " ,", "( x",
        "\u00A0", "\u200B", "\uD83D\uDCA1", "\uFFFD", "é", "中", "Ж",
    ];

    private static readonly string[] Labels =
        ["preamble", "preamble ¶2", "§1", "§3", "1.1", "1.3", "1.2", "1.1(a)", "1.1(c)", "1.1(i)", "1.1(iv)", "1.1(1)", "1.1(3)", "1.1 [2nd]", "1.1(a) [2nd]", "1.1 ¶2", "§1 ¶1", "fn1", "excerpt", "x", "(", ")", "()", "1.1()", ".", "§", "999999999999", "1.999999999999", "[", "[2nd]", " [2nd]"];

    [Theory]
    [InlineData("TW101", "1.1 Lamps are lit.\n\n1.1 [2nd] Wicks are cut.", "1.1 Lamps are lit.\n\n1.2 Wicks are cut.")]
    [InlineData("TW102", "1.1 Lamps are lit.\n\n1.3 Wicks are cut.", "1.1 Lamps are lit.\n\n1.2 Wicks are cut.")]
    [InlineData("TW103", "1.1 Lamps.\n\n1.2 Wicks.\n\n1.4 Oil.\n\n1.3 Glass.\n\n1.1.1 X.", "1.1 Lamps.\n\n1.2 Wicks.\n\n1.3 Oil.")]
    [InlineData("TW103", "1.1 We lend:\n\n(b) lamps;\n\n(c) oil;\n\n(a) wicks.", "1.1 We lend:\n\n(a) lamps;\n\n(b) oil;\n\n(c) wicks.")]
    [InlineData("TW201", "1.1 Lamps are returned as clause 7.2 says.", "1.1 Lamps are returned as clause 1.1 says.")]
    [InlineData("TW201", "1.1 Lamps are returned as paragraph (d) says.", "1.1 Lamps are returned (c) in the day or (d) by night, but see paragraph (d).")]
    [InlineData("TW201", "1.1 Lamps are returned as Article 9 says.", "1.1 Lamps are returned as Article 9 of the Lamp Act says.")]
    [InlineData("TW202", "1.1 Read:\n\n(a) a Dim Place (as defined in (a) below) is dark;\n\n(b) “Dim Place” means a cave.", "1.1 Read:\n\n(a) a Dim Place (as defined in (b) below) is dark;\n\n(b) “Dim Place” means a cave.")]
    [InlineData("TW202", "1.1 Dim Places (defined below) are dark.", "1.1 Dim Places (defined below) are dark. “Dim Place” means a cave.")]
    [InlineData("TW301", "1.1 You owe Lending Fees for each lamp.", "1.1 You owe a fee (the “Lending Fees”) for each lamp. The Lending Fees are small.")]
    [InlineData("TW301", "1.1 Ask the Customer first, as the Customer knows.", "1.1 Customer refers to whoever borrows. Ask the Customer first.")]
    [InlineData("TW301", "1.1 Keep the Password, as the Password is yours.", "1.1 We give you a Member ID and Password. Keep the Password.")]
    [InlineData("TW301", "1.1 Ask about Lending Rights.", "1.1 Ask about Lending Rights (LR), about the Lamp Trade Commission and the Wick Terms.")]
    [InlineData("TW301", "1.1 Return any Lent Item.", "1.1 “Item” means a lamp. Whenever Items break, return them.")]
    [InlineData("TW302", "1.1 “Lamp” means a light.\n\n1.2 “Lamp” means a lantern.", "1.1 “Lamp” means a light.\n\n1.2 “Wick” means a thread.")]
    [InlineData("TW302", "1.1 The lender (referred to as “we” or “Lender”) and the owner (referred to as “us” or “Lender”) agree.", "1.1 The lender (referred to as “we” or “Lender”) agrees.")]
    [InlineData("TW303", "1.1 You ask Lamp Wick Private Limited, or call Lamp Wick Pte. Ltd. today.", "1.1 You ask Lamp Wick Private Limited, or call LAMP WICK PRIVATE LIMITED today.")]
    [InlineData("TW304", "1.1 WickLamp lends. WickLamp sells. Wicklamp repairs.", "1.1 WickLamp lends. WickLamp sells. WICKLAMP repairs.")]
    [InlineData("TW304", "1.1 WickLamp, WickLamp, WickLamp, WickLamp and WickLamp, never WickLmp.", "1.1 WickLamp, WickLamp, WickLamp, WickLamp and WickLamp, never OilStove.")]
    [InlineData("TW401", "1.1 Lamps (of oil are lit.", "1.1 Lamps: a) of oil, b) of gas (both lit).")]
    [InlineData("TW402", "1.1 Lamps, “lanterns, are lit.", "1.1 Lamps, “lanterns”, are lit.")]
    [InlineData("TW402", "1.1 Lamps, \"lanterns”, are lit.", "1.1 Lamps, \"lanterns\", are lit.")]
    [InlineData("TW402", "1.1 Lamps (”lanterns”) are lit.", "1.1 Lamps (“lanterns”) are lit.")]
    [InlineData("TW403", "1.1 Return it in five (6) days.", "1.1 Return it in five (5) days.")]
    [InlineData("TW403", "1.1 Return it in one hundred and eighty (18) days.", "1.1 Return it in one hundred and eighty (180) days.")]
    [InlineData("TW403", "1.1 It is fifteen (15 days after lighting).", "1.1 It is fifteen (15) days after lighting.")]
    [InlineData("TW404", "1.1 Lamps are lit\\< /p>", "1.1 Lamps are lit when 1 < 2.")]
    [InlineData("TW405", "1.1 Lamps， which are lit.", "1.1 Lamps, which are lit.")]
    [InlineData("TW406", "1.1 Lamps are lit. 5.12Member lamps too.", "1.1 Lamps are lit. 5.12 Member lamps too.")]
    [InlineData("TW406", "1.1 Company Reg. No.2019, of the Isles.", "1.1 Company Reg. No. 2019, of the Isles.")]
    [InlineData("TW407", "1.1 Lamps are lit.In the evening.", "1.1 Lamps are lit. See lamp.Example.org too.")]
    [InlineData("TW407", "1.1 The agreement, every agreement, any agreement, but this agreementwithout a lamp.", "1.1 The agreement, every agreement, any agreement, but this one without a lamp.")]
    [InlineData("TW407", "1.1 No SpammingWe mean it.", "1.1 No spamming. We mean it.")]
    [InlineData("TW408", "1.1 In 30 days., lamps are lit.", "1.1 Wick Ltd., oil, wicks, etc., lamps.")]
    [InlineData("TW408", "1.1 The following:: lamps.", "1.1 The following: lamps ...")]
    [InlineData("TW408", "1.1 Lamps.. are lit.", "1.1 Lamps (../lamps.md) are lit.")]
    [InlineData("TW409", "1.1 It is registered, registered, or sold.", "1.1 It is WickLamp, WickLamp.example, or sold.")]
    [InlineData("TW409", "1.1 Never break any any lamp.", "1.1 I know that that lamp, lamp of lamps, had had oil.")]
    [InlineData("TW409", "1.1 It can be lighted, lighted, or sold.", "1.1 Registered lamps, lamps of oil.")]
    [InlineData("TW410", "1.1 Lamps , as always.", "1.1 Lamps, as always.")]
    [InlineData("TW410", "1.1 Lamps ( of oil).", "1.1 Lamps (of oil).")]
    [InlineData("TW411", "1.1 See [the lamps]().", "1.1 See [the lamps](https://example.org).")]
    [InlineData("TW411", "1.1 Read the rules (link: https://lamps., and others).", "1.1 Read the rules (link: https://lamps.example.org, and others).")]
    [InlineData("TW411", "1.1 Our website is.", "1.1 Our website is bright.")]
    [InlineData("TW412", "1.1 Lamp Limited (“”) lends.", "1.1 Lamp Limited (“we”) lends.")]
    [InlineData("TW412", "1.1 Lamps are lit by the", "1.1 Lamps are lit by the keeper")]
    [InlineData("TW412", "1.1 Lamps are lit by the", "1.1 Lamps are lit by the\n\n(a) keeper;\n\n(b) guest.")]
    [InlineData("TW501", "1.1 Lamps are lit.", "[preamble] Effective as of May 1, 2030\n\n1.1 Lamps are lit.")]
    [InlineData("TW502", "1.1 Lamps are lit.", "1.1 The law of the Isles governs lamps.")]
    [InlineData("TW502", "1.1 Lamps are lit by law.", "1.1 Irish law applies.")]
    [InlineData("TW502", "1.1 Lamps are lit as the law says.", "1.1 This is read in accordance with the laws of the Isles.")]
    [InlineData("TW503", "1.1 Lamps are lit by Northwind.", "1.1 Lamps are lit by Northwind Lamps AB.")]
    [InlineData("TW503", "1.1 Lamps are lit by Wick, AB.", "1.1 Lamps are lit by Wick Lamps B.V. alone.")]
    [InlineData("TW502", "1.1 We ask for governing lamps.", "1.1 This is governed by the laws of the Isles.")]
    [InlineData("TW503", "1.1 Lamps are lit.", "1.1 Wick North Ltd. lends lamps.")]
    [InlineData("TW504", "1.1 Your contract is with Wick North Ltd.\n\n1.2 Contracts with Wick South Ltd. are governed by the laws of the Isles.", "1.1 Your contract is with Wick North Ltd.\n\n1.2 Contracts with Wick North Ltd. are governed by the laws of the Isles.")]
    [InlineData("TW505", "1.1 Your contract is with Wick North Ltd. or with Wick South Ltd.\n\n1.2 Contracts with Wick South Ltd. are governed by the laws of the Isles.", "1.1 Your contract is with Wick North Ltd. or with Wick South Ltd.\n\n1.2 All of this is governed by the laws of the Isles.")]
    [InlineData("TW506", "1.1 Your contract is with Wick North Ltd. or with Wick South Ltd.\n\n1.2 Notices are sent to Wick North Ltd., 4 Wick Lane.", "1.1 Your contract is with Wick North Ltd.\n\n1.2 Notices are sent to Wick North Ltd., 4 Wick Lane.")]
    public void A_text_with_a_defect_has_the_finding_and_one_without_has_not(string code, string bad, string good)
    {
        Assert.Contains(Find(bad), f => f.Code == code);
        Assert.DoesNotContain(Find(good), f => f.Code == code);
    }

    [Fact]
    public void A_finding_says_file_line_code_clause_and_remedy()
    {
        var finding = Assert.Single(Find("1.1 Lamps are lit.\n\n1.2 Return any lamp in five (6) days."), f => f.Code == "TW403");

        Assert.Equal("lamps:7: TW403 “five (6)” says 5 in words and 6 in figures (clause 1.2). Find out which is right, and write it both times.", finding.ToString());
    }

    [Fact]
    public void Quotation_marks_that_both_close_are_said_once() => Assert.Single(Find("1.1 Lamps (”lanterns”) are lit."), f => f.Code == "TW402");

    [Fact]
    public void A_list_that_begins_again_is_said_once_and_is_in_order()
    {
        var found = Find("1.1 Lamps:\n\n(a) oil;\n\n(b) gas;\n\n(c) wax.\n\n(a) [2nd] red;\n\n(b) [2nd] blue.");

        Assert.Equal("1.1(a) [2nd]", Assert.Single(found, f => f.Code == "TW101").Clause);
        Assert.DoesNotContain(found, f => f.Code is "TW102" or "TW103");
    }

    [Fact]
    public void A_gap_of_the_original_is_no_finding() =>
        Assert.DoesNotContain(Find("1.1 Lamps.\n\n1.3 Wicks.", new LintedText(MissingInOriginal: ["1.2"])), f => f.Code == "TW102");

    [Fact]
    public void A_number_glued_to_its_clause_shows_in_the_lines_of_the_file()
    {
        var known = new LintedText(Lines: ["# Lamps", "", "## 1. Light", "", "1.1Lamps are lit."]);

        Assert.Contains(Find("1.1 Lamps are lit.", known), f => f is { Code: "TW406", Clause: "1.1" });
        Assert.DoesNotContain(Find("1.1 Lamps are lit.", known with { Lines = ["", "", "", "", "1.1 Lamps are lit."] }), f => f.Code == "TW406");
    }

    [Fact]
    public void A_page_of_rules_needs_no_company_and_no_law() =>
        Assert.Empty(Find("1.1 Lamps are lit.", new LintedText(IsContract: false, HasEffectiveDate: true)));

    [Fact]
    public void A_Chinese_text_may_have_full_width_punctuation() =>
        Assert.DoesNotContain(TextLinter.Find(Text("1.1 灯，灯。", "zh-Hans"), new LintedText()), f => f.Code == "TW405");

    [Fact]
    public void Linting_never_throws() => Prop.ForAll(
        (from labels in Gen.Elements(Labels).ListOf()
         from words in Gen.Elements(Pieces).ListOf().Select(p => string.Concat(p)).ListOf()
         from language in Gen.Elements("en", "ru", "zh", "x", "")
         select new TermsText("lamps", language, 1, "", [.. labels.Distinct().Zip(words).Select((c, i) => new Clause(new ClauseLabel(c.First), i % 3 == 0 ? c.Second : null, c.Second, c.Second, [], [], i))])).ToArbitrary(),
        text => TextLinter.Find(text, new LintedText(Lines: [.. text.All.Select(c => c.Markdown)])).All(f => LintCode.IsKnown(f.Code))).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    [Fact]
    public void Findings_stand_in_the_order_of_lines() => Prop.ForAll(
        Gen.Elements(Pieces).ListOf().Select(p => string.Concat(p)).ListOf().ToArbitrary(),
        words =>
        {
            var clauses = words.Select((w, i) => new Clause(new ClauseLabel($"1.{i + 1}"), null, w, w, [], [], i + 1));
            var lines = TextLinter.Find(new TermsText("lamps", "en", 1, "", [.. clauses]), new LintedText()).Select(f => f.Line).ToList();
            return lines.SequenceEqual(lines.Order());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_documentation_lists_every_code_as_the_code_does()
    {
        var rows = File.ReadAllLines(Repository.Folder("docs/lint.md")).Where(l => l.StartsWith("| TW", StringComparison.Ordinal));

        Assert.Equal(LintCode.All.Select(c => $"| {c.Code} | {c.Means} |"), rows);
    }

    private static ImmutableArray<LintFinding> Find(string clauses, LintedText? known = null) => TextLinter.Find(Text(clauses, "en"), known ?? new LintedText());

    private static TermsText Text(string clauses, string language)
    {
        var (preamble, rest) = clauses.StartsWith("[preamble]", StringComparison.Ordinal) ? (clauses.Split("\n\n")[0] + "\n\n", clauses[(clauses.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]) : ("", clauses);
        return TermsTextParser.Parse("lamps", $"# Lamps\n\n{preamble}## 1. Light\n\n{rest}\n", language, 1, false, [], new ProblemList())!;
    }
}
