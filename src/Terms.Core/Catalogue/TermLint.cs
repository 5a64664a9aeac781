using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Terms that are used and not defined, or defined more than once.</summary>
internal static partial class TermLint
{
    /// <summary>Words that, capitalised inside a sentence, are meant as terms: on their own, or as the last of several.</summary>
    private static readonly HashSet<string> Nouns = new(
        [
            "right", "user", "member", "service", "fee", "account", "information", "period", "site", "website", "product", "subject", "jurisdiction", "content", "benefit",
            "data", "material", "username", "password", "price", "amount", "transaction", "buyer", "seller", "claim", "warranty", "deposit", "commission", "platform",
            "feature", "customer", "visitor", "subscriber", "affiliate", "consumer", "merchant", "order", "goods", "item", "obligation", "term", "device", "application",
        ],
        StringComparer.Ordinal);

    /// <summary>Words that are ordinary when capitalised alone.</summary>
    private static readonly HashSet<string> Ordinary = new(
        ["right", "information", "period", "data", "price", "amount", "order", "claim", "item", "subject", "obligation", "jurisdiction", "term", "warranty", "commission", "device", "application", "feature", "material"],
        StringComparer.Ordinal);

    private static readonly HashSet<string> NoTermBegins = new(
        [
            "The", "A", "An", "Each", "Any", "All", "If", "Such", "This", "These", "Those", "No", "Our", "Your", "When", "Where", "Every", "Both", "For", "In", "On", "Of", "By", "As", "To", "Under",
            "Other", "Some", "Neither", "That", "Which", "Its", "Their", "And", "Or", "With", "From", "Upon", "Certain", "Section", "Clause", "Article", "Chapter", "Paragraph", "Part", "Whether", "Either", "Not", "Is", "Are",
        ],
        StringComparer.Ordinal);

    public static void Find(TermsText text, LintList found)
    {
        if (!text.Language.StartsWith("en", StringComparison.Ordinal))
        {
            return;
        }
        FindRepeated(text, found);
        FindUndefined(text, found);
    }

    /// <summary>Whatever stands in double quotes: the widest notion of what a text may define.</summary>
    public static IEnumerable<string> Quoted(string words) => InQuotes().Matches(TextLinter.Curly(words)).Select(m => m.Groups[1].Value.Trim(' ', '.', ',', '*'));

    /// <summary>Whether a clause begins by saying what a term is: <c>Member refers to …</c>, <c>Category: …</c>.</summary>
    public static bool Leads(Clause clause, string term) => Leading().Match(clause.Text) is { Success: true } lead && lead.Groups[1].Value.Split('/').Any(t => Same(t, term));

    /// <summary>Whether two spellings are of one term: capitals and the ending of the plural aside.</summary>
    public static bool Same(string one, string other) => Root(one) == Root(other);

    private static string Root(string term)
    {
        term = Apostrophe().Replace(term, "").ToLowerInvariant();
        foreach (var article in (string[])["the ", "this ", "our ", "an ", "a "])
        {
            if (term.StartsWith(article, StringComparison.Ordinal))
            {
                term = term[article.Length..];
            }
        }
        return term switch
        {
            _ when term.EndsWith("ies", StringComparison.Ordinal) => term[..^3] + "y",
            _ when term.EndsWith('s') && !term.EndsWith("ss", StringComparison.Ordinal) => term[..^1],
            _ => term,
        };
    }

    private static void FindRepeated(TermsText text, LintList found)
    {
        var definitions = text.All.SelectMany(c => Definitions.In(Another().Replace(TextLinter.Curly(c.Text), m => "referred to as " + m.Groups[1].Value + m.Groups[2].Value)).Select(name => (Name: name, Clause: c)));
        foreach (var term in definitions.GroupBy(d => d.Name).Where(g => g.Count() > 1))
        {
            var first = term.First().Clause;
            foreach (var (_, clause) in term.Skip(1))
            {
                if (clause == first)
                {
                    found.Add(LintForms.DefinedAgainHere, clause, term.Key);
                }
                else
                {
                    found.Add(LintForms.DefinedAgain, clause, term.Key, first.Label.Value);
                }
            }
        }
    }

    private static void FindUndefined(TermsText text, LintList found)
    {
        var defined = text.All.SelectMany(c => Quoted(c.Text)).Select(Root).ToHashSet(StringComparer.Ordinal);
        foreach (var clause in text.All)
        {
            foreach (var lead in (Match[])[Leading().Match(clause.Text), Including().Match(clause.Text)])
            {
                defined.UnionWith(lead.Groups[1].Value.Split('/').Select(t => Root(t.Trim())));
            }
        }
        var uses = new Dictionary<string, (string Name, Clause First, int Count)>(StringComparer.Ordinal);
        foreach (var clause in text.All)
        {
            var words = TextLinter.WithoutAddresses(clause.Text);
            foreach (Match use in Capitalised().Matches(words))
            {
                var run = use.Value;
                if (BeginsSentence(words, use) && NotOfTerm().IsMatch(run) && defined.Contains(Root(run[(run.IndexOf(' ', StringComparison.Ordinal) + 1)..])))
                {
                    continue;
                }
                if (NameOf(run) is { } name && !IsInsideTitle(words, use) && !IsKnown(name, defined))
                {
                    var key = Root(name);
                    if (!uses.ContainsKey(key) && IsIntroduced(words, use))
                    {
                        defined.Add(key);
                        continue;
                    }
                    uses[key] = uses.TryGetValue(key, out var seen) ? seen with { Count = seen.Count + 1 } : (name, clause, 1);
                }
            }
        }
        var lower = text.All.SelectMany(c => Word().Matches(c.Text)).Select(m => Root(m.Value)).GroupBy(w => w, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var (key, (name, first, count)) in uses)
        {
            var isAlone = !name.Contains(' ');
            if (isAlone ? count >= 2 && count > lower.GetValueOrDefault(key) : true)
            {
                found.Add(count > 1 ? LintForms.NotDefinedOften : LintForms.NotDefined, first, name, count.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Whether the first use brings the thing in: <c>a Member ID and Password</c>, or gives it a short name, as in <c>Lamp Rights (LR)</c>.</summary>
    private static bool IsIntroduced(string words, Match use) => ShortName().IsMatch(TextLinter.After(words, use.Index + use.Length, 12)) || Together().IsMatch(TextLinter.Before(words, use.Index, 60));

    /// <summary>The term that a run of capitalised words amounts to; null if it is none.</summary>
    private static string? NameOf(string run)
    {
        var words = run.Split(' ').ToList();
        while (words.Count > 0 && NoTermBegins.Contains(words[0]))
        {
            words.RemoveAt(0);
        }
        if (words.Count is 0 or > 4 || words.Exists(w => Brand().IsMatch(w)))
        {
            return null;
        }
        var last = Root(words[^1]);
        // The Federal Trade Commission is an office, the Beeper Terms are another document.
        if (words.Count > 1 && (last == "commission" || words[^1] == "Terms"))
        {
            return null;
        }
        return (words.Count == 1 ? Nouns.Contains(last) && !Ordinary.Contains(last) : Nouns.Contains(last)) ? string.Join(' ', words) : null;
    }

    /// <summary>Whether a capital may stand only because a sentence begins.</summary>
    private static bool BeginsSentence(string words, Match use) => use.Index == 0 || TextLinter.Before(words, use.Index, 4).TrimEnd() is "" or [.., '.'] or [.., ')'] or [.., ':'];

    private static bool IsKnown(string name, HashSet<string> defined)
    {
        var root = Root(name);
        if (defined.Contains(root))
        {
            return true;
        }
        // A defined term with an ordinary word of the text in front of it, or two defined terms in a row, is known.
        var words = name.Split(' ');
        return words.Length > 1 && Enumerable.Range(1, words.Length - 1).Any(i =>
            defined.Contains(Root(string.Join(' ', words[i..]))) && defined.Contains(Root(string.Join(' ', words[..i]))));
    }

    /// <summary>Whether the words belong to the title of a document, a law or a court, or open a quotation.</summary>
    private static bool IsInsideTitle(string words, Match use)
    {
        var before = TextLinter.Before(words, use.Index, 60);
        var after = TextLinter.After(words, use.Index + use.Length, 120);
        return before is [.., '“' or '"' or '['] || before.EndsWith("& ", StringComparison.Ordinal) || TitleBehind().IsMatch(after) || ElsewhereBehind().IsMatch(after) || TitleBefore().IsMatch(before);
    }

    [GeneratedRegex("[“”]([^“”]{1,80})”")]
    private static partial Regex InQuotes();

    [GeneratedRegex(@"^[“""*]*((?:[A-Z][\w’'-]*|[a-z]+/[a-z]+|[\w/-]+)(?: [\w’'/-]+){0,4})[”""*]*(?::| ?(?:, )?(?:[Rr]efers? to|means?|shall mean)\b)")]
    private static partial Regex Leading();

    [GeneratedRegex(@"^ \(\p{Lu}{2,6}\)")]
    private static partial Regex ShortName();

    [GeneratedRegex(@"\b(?:an?|one) (?:\p{Lu}\w+ ){1,3}and (?:an? )?$")]
    private static partial Regex Together();

    /// <summary>A first word that is no part of a term in front of one.</summary>
    [GeneratedRegex(@"^(?:\w+ing|New|Additional|Further|Existing|Whenever|While|Until|Unless|Once|Because|Although|After|Before|Multiple|Several|Many|Most|Free|Inform) ")]
    private static partial Regex NotOfTerm();

    /// <summary>A list that stands for a definition: <c>Lamp Services include …</c>.</summary>
    [GeneratedRegex(@"^([A-Z][a-z]+(?: [A-Z][a-z]+)*)\b.{0,70}? includes?\b")]
    private static partial Regex Including();

    /// <summary>Capitalised words inside a sentence: a small word or a comma stands before them; or two and more at its beginning.</summary>
    [GeneratedRegex(@"(?<=(?:\. ?|^) ?)[A-Z][a-z]+(?: [A-Z][a-z]+){1,6}(?= [a-z])(?![\w’'-]*[A-Z])|(?<=(?:\b[a-z’']{1,}|[a-z],|[a-z]\)) )[A-Z][a-z]+(?:-[A-Za-z]+)?(?: [A-Z][a-z]+| ID\b){0,6}(?![\w’'-]*[A-Z])")]
    private static partial Regex Capitalised();

    [GeneratedRegex(@"[a-z]\p{Lu}|^(?:Alipay|Alibaba|Taobao|Google|Facebook|Apple|Internet|California|China|Chinese|Hong|Kong|Singapore|Russian|European|United|States|People|Digital|Consumer|Electronic|Online|Online|Federation|State)$")]
    private static partial Regex Brand();

    [GeneratedRegex(@"^(?: (?:of|for|and|on|in|to|the|&))* ?(?:\p{Lu}\w+ )*(?:Agreement|Policy|Policies|Act|Law|Code|Rules|Regulations?|Convention|Court|Centre|Center|Commission|Committee|Department|Limited|Ltd|Directive|Measures|Guidelines)\b")]
    private static partial Regex TitleBehind();

    /// <summary>Words that leave the definition to another document.</summary>
    [GeneratedRegex(@"^ ?\(?(?:as )?(?:further )?(?:described|defined|explained|referred to|that|named)(?: are| is)?(?: described| defined| named)? in (?:the|our|its) (?=\p{Lu})|^ ?\((?:as )?(?:further )?(?:described|defined|explained) in the ")]
    private static partial Regex ElsewhereBehind();

    [GeneratedRegex(@"\b(?:Agreement|Policy|Act|Law|Code|Rules|Regulations?|Court|Centre|Center|Department|Measures|Terms|Protection|Enforcement|Declaration) (?:of|for|on|in|about|to)(?: the)? $")]
    private static partial Regex TitleBefore();

    /// <summary>The second of several names: <c>referred to as “we” or “us”</c>.</summary>
    [GeneratedRegex(@"(?<=\breferred to as(?: the)? (?:“[^”]*”,? (?:or |and )?)+)(?:the )?(“[^”]*”)|\bhereinafter(?: called)? (“[^”]*”)")]
    private static partial Regex Another();

    [GeneratedRegex(@"[’']s?\b|[’']$")]
    private static partial Regex Apostrophe();

    [GeneratedRegex(@"\b[a-z]+\b")]
    private static partial Regex Word();
}
