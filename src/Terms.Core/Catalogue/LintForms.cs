namespace Terms.Catalogue;

/// <summary>Every sentence that a finding can be. A code has several where it is met in several ways; one that ends in <c>Imported</c> is said by the import, of what it met on its way.</summary>
public static class LintForms
{
    private const string Space = "Put a space in.", TakeSpaceOut = "Take the space out.", Bracket = "the bracket in “{0}” ", Quote = "the quotation mark in “{0}” ", Partner = "Put its partner in, or take it out.";

    private static readonly MessageForms forms = new("Lint");

    internal static readonly MessageForm NumberAgain = Form(LintCode.NumberAgain, "", "the number {0} is used again", "Number the clause anew, or accept the finding if the original repeats the number.");
    internal static readonly MessageForm NumberAgainImported = Form(LintCode.NumberAgain, ".Imported", "the number {0} is used again; here it is {1}", "Number the clause anew.");
    internal static readonly MessageForm Gap = Form(LintCode.Gap, ".One", "{0} is left out before {1}", "Look for the missing words, or list the label under `missing-in-original` in version.yaml.");
    internal static readonly MessageForm Gaps = Form(LintCode.Gap, ".Several", "{0} are left out before {1}", "Look for the missing words, or list the label under `missing-in-original` in version.yaml.");
    internal static readonly MessageForm GapImported = Form(LintCode.Gap, ".Imported", "the numbering leaves out {0}", "Check that nothing was lost; otherwise nothing is to be done.");
    internal static readonly MessageForm Disorder = Form(LintCode.Disorder, "", "{0} stands behind a higher number", "Move it to its place, or number it anew.");
    internal static readonly MessageForm DisorderImported = Form(LintCode.Disorder, ".Imported", "clause {0} stands in section {1}", "Check its number, or move it.");

    internal static readonly MessageForm NoSuchClause = Form(LintCode.NoSuchClause, ".Reference", "“{0}” refers to {1}, which the text does not have", "Mend the number, or name the document that is meant.");
    internal static readonly MessageForm DefinedInNoClause = Form(LintCode.NoSuchClause, ".Definition", "“{0}” is said to be defined in {1}, which the text does not have", "Mend the label, or name the document that is meant.");
    internal static readonly MessageForm NotSaidThere = Form(LintCode.NotSaidThere, ".There", "“{0}” is said to be defined in {1}, but {2} does not define it", "Define the term, or mend the reference.");
    internal static readonly MessageForm SaidElsewhere = Form(LintCode.NotSaidThere, ".Elsewhere", "“{0}” is said to be defined in {1}, but {2} does not define it", "Refer to {3}, which seems to define it.");
    internal static readonly MessageForm SaidNowhere = Form(LintCode.NotSaidThere, ".Nowhere", "“{0}” is said to be defined in this text, but is not", "Define the term, or take the words about its definition out.");

    internal static readonly MessageForm NotDefined = Form(LintCode.NotDefined, ".Once", "“{0}” is written like a defined term, but the text does not define it", "Define it, write it in small letters, or use the term that is meant.");
    internal static readonly MessageForm NotDefinedOften = Form(LintCode.NotDefined, ".Often", "“{0}” is written like a defined term, but the text does not define it ({1} uses)", "Define it, write it in small letters, or use the term that is meant.");
    internal static readonly MessageForm DefinedAgainHere = Form(LintCode.DefinedAgain, ".Here", "“{0}” is defined here and before in the same clause", "Keep one definition, and refer to it from the other place.");
    internal static readonly MessageForm DefinedAgain = Form(LintCode.DefinedAgain, ".Elsewhere", "“{0}” is defined here and before in {1}", "Keep one definition, and refer to it from the other place.");
    internal static readonly MessageForm CompanySpellings = Form(LintCode.CompanySpellings, "", "“{0}” is also written “{1}” (clause {2})", "Write the name as the register does, everywhere.");
    internal static readonly MessageForm NameSpellings = Form(LintCode.NameSpellings, "", "“{0}” is written “{1}” elsewhere", "Write the name alike everywhere.");

    internal static readonly MessageForm BracketClosesNothing = Form(LintCode.Brackets, ".ClosesNothing", Bracket + "closes nothing", "Put the opening bracket in, or take this one out.");
    internal static readonly MessageForm BracketNotClosed = Form(LintCode.Brackets, ".NotClosed", Bracket + "is not closed", "Put the closing bracket in, or take this one out.");
    internal static readonly MessageForm QuoteNotClosed = Form(LintCode.Quotes, ".NotClosed", Quote + "is not closed", Partner);
    internal static readonly MessageForm QuoteOughtToOpen = Form(LintCode.Quotes, ".OughtToOpen", Quote + "ought to be an opening one", Partner);
    internal static readonly MessageForm QuoteClosesNothing = Form(LintCode.Quotes, ".ClosesNothing", Quote + "closes nothing", Partner);
    internal static readonly MessageForm QuoteOfAnotherKind = Form(LintCode.Quotes, ".AnotherKind", Quote + "is closed by one of another kind", Partner);
    internal static readonly MessageForm FigureAndWord = Form(LintCode.FigureAndWord, ".Differ", "“{0}” says {1} in words and {2} in figures", "Find out which is right, and write it both times.");
    internal static readonly MessageForm FigureNotClosed = Form(LintCode.FigureAndWord, ".NotClosed", "“{0}” does not close the bracket behind the figure", "Close the bracket behind the figure.");
    internal static readonly MessageForm Markup = Form(LintCode.Markup, "", "“{0}” is left over from another format", "Take it out.");
    internal static readonly MessageForm MarkupImported = Form(LintCode.Markup, ".Imported", "left-over markup stands before the words: {0}", "Remove it.");
    internal static readonly MessageForm FullWidth = Form(LintCode.FullWidth, "", "“{0}” has full-width punctuation", "Write the ordinary sign and the space behind it.");
    internal static readonly MessageForm SpaceAfterNumber = Form(LintCode.NumberGlued, ".After", "“{0}” lacks a space after the number", Space);
    internal static readonly MessageForm SpaceBeforeNumber = Form(LintCode.NumberGlued, ".Before", "“{0}” lacks a space in front of the number", Space);
    internal static readonly MessageForm SpaceAfterNumberImported = Form(LintCode.NumberGlued, ".Imported", "no space stands behind the number {0}", "Put one there.");
    internal static readonly MessageForm SpaceAfterStop = Form(LintCode.WordsGlued, ".Stop", "“{0}” lacks a space behind the punctuation", Space);
    internal static readonly MessageForm SpaceAfterBracket = Form(LintCode.WordsGlued, ".Bracket", "“{0}” lacks a space behind the bracket", Space);
    internal static readonly MessageForm SpaceAfterComma = Form(LintCode.WordsGlued, ".Comma", "“{0}” lacks a space behind the comma", Space);
    internal static readonly MessageForm SpaceBetweenSentences = Form(LintCode.WordsGlued, ".Sentence", "“{0}” lacks a space or a full stop between two words", Space);
    internal static readonly MessageForm TwoWords = Form(LintCode.WordsGlued, ".Word", "“{0}” seems to be two words, “{1}”", Space);
    internal static readonly MessageForm Doubled = Form(LintCode.Doubled, "", "“{0}” has doubled punctuation", "Keep one sign.");
    internal static readonly MessageForm WordTwice = Form(LintCode.WordTwice, "", "“{0}” has a word twice", "Take one out.");
    internal static readonly MessageForm SpaceBeforeSign = Form(LintCode.Spacing, ".Before", "“{0}” has a space before punctuation", TakeSpaceOut);
    internal static readonly MessageForm SpaceInside = Form(LintCode.Spacing, ".Inside", "“{0}” has a space behind the opening sign", TakeSpaceOut);
    internal static readonly MessageForm AddressCut = Form(LintCode.Link, ".Cut", "“{0}” has an address that is empty or cut off", "Write the whole address, or take it out.");
    internal static readonly MessageForm AddressMissing = Form(LintCode.Link, ".Missing", "“{0}” announces an address, and none follows", "Write the address, or take the words out.");
    internal static readonly MessageForm LinkEmpty = Form(LintCode.Link, ".Nowhere", "the link “{0}” leads nowhere or has no words", "Put the address and the words in, or take the link out.");
    internal static readonly MessageForm Nothing = Form(LintCode.Nothing, ".Inside", "“{0}” encloses nothing", "Put the missing words in, or take the signs out.");
    internal static readonly MessageForm BreaksOff = Form(LintCode.Nothing, ".BreaksOff", "the sentence breaks off after “{0}”", "Put the missing words in.");

    internal static readonly MessageForm NoDate = Form(LintCode.NoDate, "", "no effective date is known", "State from when the text binds, or accept that nobody knows.");
    internal static readonly MessageForm NoDateImported = Form(LintCode.NoDate, ".Imported", "no effective date was found for {0}", "Write it in version.yaml and name the folder by it, or leave the version undated.");
    internal static readonly MessageForm NoLaw = Form(LintCode.NoLaw, "", "the contract names no governing law", "Add a clause on the law, or accept that there is none.");
    internal static readonly MessageForm NoCompany = Form(LintCode.NoCompany, "", "the contract names no company", "Name the contracting company, or accept that there is none.");
    internal static readonly MessageForm OnlyInLaw = Form(LintCode.OnlyInLaw, "", "the clause on the law names “{0}”, which no clause names as a contracting party", "Name it where the parties stand, or take it out here.");
    internal static readonly MessageForm NotInLaw = Form(LintCode.NotInLaw, "", "the clause on the law goes by company, and says nothing about “{0}” (clause {1})", "Say which law holds for contracts with it.");
    internal static readonly MessageForm NoAddresses = Form(LintCode.NoAddress, ".All", "no clause gives an address for notices to the contracting companies", "Add a clause on notices, or accept that there is none.");
    internal static readonly MessageForm NoAddress = Form(LintCode.NoAddress, ".One", "no address for notices to “{0}” (clause {1}) is given", "Add its address.");

    internal static readonly MessageForm NoLawRule = Form(LintCode.NoLawRule, "", "no rule says which law governs the contract", "Add one under `law`, or accept that the text names none.");
    internal static readonly MessageForm NoPartyRule = Form(LintCode.NoPartyRule, "", "no rule says with whom the contract is made", "Add one under `parties`, or accept that the text names nobody.");
    internal static readonly MessageForm OnlyInLawRules = Form(LintCode.OnlyInLawRules, "", "the provision on law or forum names {0}, which no rule on the contracting party produces", "Add the rule on the party, or mend the rule on the law.");
    internal static readonly MessageForm NotInLawRules = Form(LintCode.NotInLawRules, "", "no rule says which law governs contracts with {0}", "Add it to a rule under `law`, or accept that the text says nothing.");
    internal static readonly MessageForm NoAddressFacts = Form(LintCode.NoAddressFact, ".All", "no fact gives an address for notices to any of the contracting companies", "Add the notice addresses, or accept that the text gives none.");
    internal static readonly MessageForm NoAddressFact = Form(LintCode.NoAddressFact, ".One", "no fact gives an address for notices to {0}", "Add the notice address, or accept that the text gives none.");

    internal static readonly MessageForm PunctuationChanged = Form(LintCode.PunctuationChanged, "", "“{0}” was “{1}” before, and only punctuation differs", "Make sure that the sense is to stay, or put the sign back.");

    /// <summary>Every form, in the order of codes.</summary>
    public static IReadOnlyList<MessageForm> All => forms.All;

    /// <summary>The code of a finding of this form.</summary>
    internal static string CodeOf(MessageForm form) => form.Name.Split('.')[1];

    private static MessageForm Form(string code, string further, string what, string remedy) => forms.Make(code + further, what, remedy);
}
