using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>Something in a text that an editor should look at. Unlike a <see cref="Problem"/> it does not keep the content from being served.</summary>
/// <param name="Said">What is wrong and what to do about it: of a form among <see cref="LintForms.All"/>.</param>
/// <param name="File">The file of the text, relative to the content folder.</param>
/// <param name="Line">Line in the file, counted from 1.</param>
/// <param name="Clause">The label of the clause that it is about; null if it is about the text as a whole.</param>
public sealed record LintFinding(Message Said, string File, int Line, string? Clause)
{
    /// <summary>One of <see cref="LintCode.All"/>.</summary>
    public string Code { get; } = LintForms.CodeOf(Said.Form);

    /// <summary>What is wrong, in English, without a full stop.</summary>
    public string What => Said.What;

    /// <summary>What to do about it, in English: one sentence.</summary>
    public string Remedy => Said.Remedy;

    /// <summary>The finding as editors and compilers print it: <c>file:line: code what (clause label). remedy</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {Code} {What}{(Clause is null ? "" : $" (clause {Clause})")}. {Remedy}";
}

/// <summary>A finding that an editor has accepted beside the text, with the reason.</summary>
/// <param name="Code">The code of the finding.</param>
/// <param name="Clause">The clause that it is about; null for the text as a whole.</param>
/// <param name="Words">Words of its message, which tell it from others of the code in the clause; null where there is only one.</param>
/// <param name="Why">Why the text stays as it is.</param>
/// <param name="Line">Where it stands in <c>version.yaml</c>.</param>
public sealed record AcceptedFinding(string Code, string? Clause, string? Words, string Why, int Line)
{
    /// <summary>Whether a finding could be meant.</summary>
    public bool Covers(LintFinding finding) => Code == finding.Code && Clause == finding.Clause && (Words is null || finding.What.Contains(Words, StringComparison.Ordinal));
}

/// <summary>A kind of finding. Codes are lasting: one that goes out of use is not given again.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Means">What it says, in one sentence.</param>
public sealed record LintCode(string Code, string Means)
{
    internal const string NumberAgain = "TW101", Gap = "TW102", Disorder = "TW103";
    internal const string NoSuchClause = "TW201", NotSaidThere = "TW202";
    internal const string NotDefined = "TW301", DefinedAgain = "TW302", CompanySpellings = "TW303", NameSpellings = "TW304";
    internal const string Brackets = "TW401", Quotes = "TW402", FigureAndWord = "TW403", Markup = "TW404", FullWidth = "TW405", NumberGlued = "TW406",
        WordsGlued = "TW407", Doubled = "TW408", WordTwice = "TW409", Spacing = "TW410", Link = "TW411", Nothing = "TW412";
    internal const string NoDate = "TW501", NoLaw = "TW502", NoCompany = "TW503", OnlyInLaw = "TW504", NotInLaw = "TW505", NoAddress = "TW506";
    internal const string NoLawRule = "TW601", NoPartyRule = "TW602", OnlyInLawRules = "TW603", NotInLawRules = "TW604", NoAddressFact = "TW605";
    internal const string PunctuationChanged = "TW701";

    /// <summary>Every kind, in the order of codes.</summary>
    public static ImmutableArray<LintCode> All { get; } =
    [
        new(NumberAgain, "A clause number or the marker of a list item is used again."),
        new(Gap, "A number or marker is left out."),
        new(Disorder, "A clause or an item stands out of order."),
        new(NoSuchClause, "A cross reference leads to a clause that the text does not have."),
        new(NotSaidThere, "A term is said to be defined in a place that does not define it."),
        new(NotDefined, "Words are written like a defined term, but nothing defines them."),
        new(DefinedAgain, "A term is defined more than once."),
        new(CompanySpellings, "One company appears under several spellings."),
        new(NameSpellings, "A name is spelt otherwise than in the rest of the text."),
        new(Brackets, "A bracket is opened and not closed, or closed and not opened."),
        new(Quotes, "A quotation mark has no partner of its kind."),
        new(FigureAndWord, "A number in words and the figure in brackets behind it differ, or the bracket is not closed behind the figure."),
        new(Markup, "Markup of another format has been left in the text."),
        new(FullWidth, "Full-width punctuation stands in a text whose language does not use it."),
        new(NumberGlued, "A space is missing behind a number, or in front of it."),
        new(WordsGlued, "A space is missing between words, or behind a full stop or a bracket."),
        new(Doubled, "Punctuation is doubled."),
        new(WordTwice, "A word stands twice in a row."),
        new(Spacing, "A space stands before punctuation or inside a bracket or a quotation mark."),
        new(Link, "A link or an address is empty or cut off."),
        new(Nothing, "Brackets or quotation marks enclose nothing, or a sentence breaks off."),
        new(NoDate, "No effective date is known."),
        new(NoLaw, "The contract names no governing law."),
        new(NoCompany, "The contract names no contracting company."),
        new(OnlyInLaw, "The clause on the law names a company that the text names as a contracting party nowhere."),
        new(NotInLaw, "A contracting company is missing from the clause on the law, which goes by company."),
        new(NoAddress, "The clause on notices gives addresses by company, but none for this one."),
        new(NoLawRule, "A contract has rules, but none on the governing law."),
        new(NoPartyRule, "A contract has no rule on the contracting party."),
        new(OnlyInLawRules, "The rules on law or forum, or their clauses, name a company that no rule on the contracting party produces."),
        new(NotInLawRules, "No rule on the governing law is about a company that the rules on the contracting party produce."),
        new(NoAddressFact, "A contracting company has no address for notices."),
        new(PunctuationChanged, "A change from the version before touched only punctuation at a place in a clause on company, law, forum, liability or time for claims."),
    ];

    /// <summary>Whether a code is that of a kind of finding.</summary>
    public static bool IsKnown(string code) => All.Any(c => c.Code == code);
}
