namespace Terms.Catalogue;

/// <summary>The problems of content that editors meet most: in words, numbers and headings, and in facts and rules that no longer stand in their clauses. The others are said in English alone.</summary>
public static class ContentForms
{
    private const string CiteNames = "Cite the clause that names the company, or add the name used there to parties.yaml.", Backslash = "Write a backslash before it, such as `\\-` or `1\\.`, or begin with a word.";
    private const string Paragraph = "Write a paragraph that begins with its number or its marker in brackets, such as `(a)`.";

    private static readonly MessageForms forms = new("Problem");

    internal static readonly MessageForm ClauseMissing = forms.Make("Clause.Missing", "clause {0} is missing before {1}", "Add it, or list it under `missing-in-original` in version.yaml if the original leaves it out.");
    internal static readonly MessageForm ClauseDisorder = forms.Make("Clause.Disorder", "clause {0} is out of order", "Move it to its place.");
    internal static readonly MessageForm ClauseTwice = forms.Make("Clause.Twice", "clause \"{0}\" appears twice, first on line {1}", "Number the second anew, or write `{0} [2nd]` if the original repeats the number.");
    internal static readonly MessageForm OutsideSection = forms.Make("Clause.OutsideSection", "clause {0} stands outside section {1}", "Move it below section {1}, or mend its number.");
    internal static readonly MessageForm OutsideClause = forms.Make("Clause.OutsideClause", "clause {0} stands outside clause {1}", "Move it below clause {1}, or mend its number.");
    internal static readonly MessageForm MarkInTitle = forms.Make("Mark.Title", "a mark of Markdown stands at the beginning of the title, and no reader would see it", Backslash);
    internal static readonly MessageForm MarkInSection = forms.Make("Mark.Section", "a mark of Markdown stands at the beginning of the heading of section {0}, and no reader would see it", Backslash);
    internal static readonly MessageForm MarkInHeading = forms.Make("Mark.Heading", "a mark of Markdown stands at the beginning of the heading of clause {0}, and no reader would see it", Backslash);
    internal static readonly MessageForm MarkInWords = forms.Make("Mark.Words", "a mark of Markdown stands at the beginning of the words of clause {0}, and no reader would see it", Backslash);
    internal static readonly MessageForm Heading = forms.Make("Heading", "the heading `{0}` has no place", "Write `# Title` once, `## 1. Heading` for a section and `### 1.1 Heading` for a clause with a heading.");
    internal static readonly MessageForm Link = forms.Make("Link", "the link `{0}` is not allowed", "Link to http, https, mailto, or `#c-…` in the page.");
    internal static readonly MessageForm List = forms.Make("Block.List", "a list is not part of the format", Paragraph);
    internal static readonly MessageForm Code = forms.Make("Block.Code", "a code block (four spaces of indent make one) is not part of the format", Paragraph);
    internal static readonly MessageForm RuledLine = forms.Make("Block.Line", "a ruled line is not part of the format", Paragraph);
    internal static readonly MessageForm Html = forms.Make("Block.Html", "a piece of HTML is not part of the format", Paragraph);

    internal static readonly MessageForm QuoteNotThere = forms.Make("Quote.One", "the quote \"{0}\" does not occur in clause {1} of rendering {2}", "Quote words that stand there, letter for letter.");
    internal static readonly MessageForm QuoteNotInAny = forms.Make("Quote.Several", "the quote \"{0}\" does not occur in clauses {1} of rendering {2}", "Quote words that stand there, letter for letter.");
    internal static readonly MessageForm Figure = forms.Make("Figure", "the quote of `{0}` does not contain its figure, {1}", "Quote the words that state the figure, or mend the figure.");
    internal static readonly MessageForm Date = forms.Make("Date", "the quote of `{0}` does not contain its date, {1}", "Quote the words that state the date, or mend the date.");
    internal static readonly MessageForm CompanyNotThere = forms.Make("Names.Company", "{0} stands in no clause that the rule `{1}` cites", CiteNames);
    internal static readonly MessageForm NameNotThere = forms.Make("Names.Other", "{0} stands in no clause that the rule `{1}` cites", "Cite the clause that does; it has to contain: {2}.");
    internal static readonly MessageForm FactTwice = forms.Make("Twice.Fact", "the fact `{0}` stands twice", "Give one of them another id.");
    internal static readonly MessageForm RuleTwice = forms.Make("Twice.Rule", "the rule `{0}` stands twice", "Give one of them another id.");
    internal static readonly MessageForm NoParty = forms.Make("Party", "the party `{0}` is defined nowhere", "Add it to parties.yaml, or mend its id.");
    internal static readonly MessageForm Missing = forms.Make("Field.Missing", "`{0}` is missing", "Add `{0}:` with a value.");
    internal static readonly MessageForm NotKnown = forms.Make("Field.NotKnown", "`{0}: {1}` is not known", "Use one of: {2}.");
    internal static readonly MessageForm NoNumber = forms.Make("Field.NoNumber", "`{0}: {1}` is not a number", "Write digits with a full stop as decimal point and no unit.");

    private static readonly Dictionary<string, (MessageForm Nothing, MessageForm NoSuchClause)> cites = new[] { "fact", "rule", "reading" }.ToDictionary(
        entry => entry, entry => (
            forms.Make($"Cites.Nothing.{entry}", $"the {entry} `{{0}}` cites no clause", "Add `clauses:` with the labels of the clauses that state it."),
            forms.Make($"Cites.NoSuchClause.{entry}", $"the {entry} `{{0}}` cites clause {{1}}, which {{2}} does not have", "Cite a clause of this version.")));

    /// <summary>Every form.</summary>
    public static IReadOnlyList<MessageForm> All => forms.All;

    /// <summary>The forms for what an entry cites.</summary>
    /// <param name="entry"><c>fact</c>, <c>rule</c> or <c>reading</c>.</param>
    internal static (MessageForm Nothing, MessageForm NoSuchClause) Cites(string entry) => cites[entry];
}
