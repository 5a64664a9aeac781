using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Brackets, quotes, figures, markup, spaces, doubled signs and words, links: what is wrong on the surface of the words.</summary>
internal static partial class SignLint
{
    private static readonly string[] Units =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Short words that are often glued to a neighbour.</summary>
    private static readonly FrozenSet<string> Small =
        FrozenSet.ToFrozenSet(["and", "the", "for", "from", "with", "without", "that", "this", "shall", "will", "under", "when", "which", "where", "your", "their", "any", "such", "has", "have", "are", "not", "may"], StringComparer.Ordinal);

    public static void Find(TermsText text, LintedText known, LintList found)
    {
        var words = text.All.SelectMany(c => LongWord().Matches(c.Text)).GroupBy(m => m.Value.ToLowerInvariant(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var clauses = text.All.ToList();
        for (var i = 0; i < clauses.Count; i++)
        {
            var clause = clauses[i];
            foreach (var said in (string?[])[clause.Heading, clause.Text])
            {
                if (!string.IsNullOrEmpty(said))
                {
                    FindIn(clause, said, words, text, found);
                }
            }
            FindLinks(clause, found);
            FindEnd(clause, i + 1 < clauses.Count ? clauses[i + 1] : null, found);
            FindGluedLabel(clause, known, found);
        }
    }

    private static void FindIn(Clause clause, string said, Dictionary<string, int> words, TermsText text, LintList found)
    {
        var bare = TextLinter.WithoutAddresses(said);
        FindBrackets(clause, bare, found);
        FindQuotes(clause, bare, found);
        FindFigures(clause, bare, found);
        // Emphasis that was not recognized has two ends: it is said once.
        foreach (var markup in Markup().Matches(said).DistinctBy(m => m.Value == "**" ? -1 : m.Index))
        {
            Report(markup, said, LintForms.Markup);
        }
        if (!IsEastAsian(text.Language))
        {
            All(FullWidth(), bare, LintForms.FullWidth);
        }
        All(NumberGlued(), bare, LintForms.SpaceAfterNumber);
        All(GluedToNumber(), bare, LintForms.SpaceBeforeNumber);
        All(StopGlued(), bare, LintForms.SpaceAfterStop);
        All(BracketGlued(), bare, LintForms.SpaceAfterBracket);
        All(CommaGlued(), bare, LintForms.SpaceAfterComma);
        All(SentenceGlued(), bare, LintForms.SpaceBetweenSentences);
        foreach (Match word in LongWord().Matches(bare))
        {
            if (!SentenceGlued().IsMatch(word.Value) && word.Length >= 9 && words.GetValueOrDefault(word.Value.ToLowerInvariant()) <= 2 && Halves(word.Value.ToLowerInvariant(), words) is { } halves)
            {
                found.Add(LintForms.TwoWords, clause, word.Value, $"{halves.First} {halves.Second}");
            }
        }
        foreach (Match signs in DoubledSigns().Matches(bare))
        {
            if (!Abbreviation().IsMatch(TextLinter.Before(bare, signs.Index + 1, 20)))
            {
                Report(signs, bare, LintForms.Doubled);
            }
        }
        foreach (Match twice in WordTwice().Matches(bare))
        {
            if (twice.Groups[1].Value.ToLowerInvariant() is not ("that" or "had" or "very"))
            {
                Report(twice, bare, LintForms.WordTwice);
            }
        }
        All(text.Language.Split('-')[0] == "fr" ? SpaceBeforeInFrench() : SpaceBefore(), bare, LintForms.SpaceBeforeSign);
        All(SpaceInside(), bare.Count(c => c == '"') % 2 == 0 ? TextLinter.Curly(bare) : bare, LintForms.SpaceInside);
        All(Empty(), TextLinter.Curly(bare), LintForms.Nothing);
        All(CutAddress(), said, LintForms.AddressCut);
        All(NoAddress(), said, LintForms.AddressMissing);

        void All(Regex signs, string within, MessageForm form)
        {
            foreach (Match match in signs.Matches(within))
            {
                Report(match, within, form);
            }
        }

        void Report(Match match, string within, MessageForm form) => found.Add(form, clause, TextLinter.Around(within, match.Index, match.Length));
    }

    private static void FindBrackets(Clause clause, string said, LintList found)
    {
        var markers = ItemMarker().Matches(said).Select(m => m.Index + m.Length - 1).ToHashSet();
        var open = new Stack<int>();
        for (var i = 0; i < said.Length; i++)
        {
            var sign = said[i] switch { '（' => '(', '）' => ')', var c => c };
            if (sign is '(' or '[')
            {
                open.Push(i);
            }
            else if (sign is ')' or ']')
            {
                if (open.TryPeek(out var start) && said[start] is '[' == sign is ']')
                {
                    open.Pop();
                }
                else if (!markers.Contains(i))
                {
                    found.Add(LintForms.BracketClosesNothing, clause, TextLinter.Around(said, i, 1));
                }
            }
        }
        foreach (var start in open)
        {
            found.Add(LintForms.BracketNotClosed, clause, TextLinter.Around(said, start, 1));
        }
    }

    private static void FindQuotes(Clause clause, string said, LintList found)
    {
        var open = -1;
        for (var i = 0; i < said.Length; i++)
        {
            var sign = said[i];
            if (sign == '"' && i > 0 && char.IsAsciiDigit(said[i - 1]) && open < 0)
            {
                continue;
            }
            if (sign == '“' || (sign == '"' && open < 0))
            {
                if (open >= 0)
                {
                    Report(open, LintForms.QuoteNotClosed);
                }
                open = i;
            }
            else if (sign is '”' or '"')
            {
                if (open < 0 && sign == '”' && said.AsSpan(i + 1, Math.Min(60, said.Length - i - 1)).IndexOfAny('“', '”', '"') is >= 0 and var next && said[i + 1 + next] == '”')
                {
                    Report(i, LintForms.QuoteOughtToOpen);
                    i += next + 1;
                }
                else if (open < 0)
                {
                    Report(i, LintForms.QuoteClosesNothing);
                }
                else if (said[open] == '"' != (sign == '"'))
                {
                    Report(open, LintForms.QuoteOfAnotherKind);
                }
                open = -1;
            }
        }
        if (open >= 0)
        {
            Report(open, LintForms.QuoteNotClosed);
        }

        void Report(int at, MessageForm form) => found.Add(form, clause, TextLinter.Around(said, at, 1));
    }

    private static void FindFigures(Clause clause, string said, LintList found)
    {
        foreach (Match figure in FigureBehindWord().Matches(said))
        {
            var number = figure.Groups["word"].Value;
            if (ValueOf(number) is not { } value || !int.TryParse(figure.Groups["figure"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var digits))
            {
                continue;
            }
            if (value != digits)
            {
                found.Add(LintForms.FigureAndWord, clause, figure.Value.Trim(), value.ToString(CultureInfo.InvariantCulture), digits.ToString(CultureInfo.InvariantCulture));
            }
            else if (!figure.Value.EndsWith(')') && !said.AsSpan(figure.Index + figure.Length).TrimStart().StartsWith("%"))
            {
                found.Add(LintForms.FigureNotClosed, clause, TextLinter.Around(said, figure.Index, figure.Length));
            }
        }
    }

    /// <summary>The value of a number in English words; null if the words are none.</summary>
    internal static int? ValueOf(string words)
    {
        var (total, hundreds, seen) = (0, 0, false);
        foreach (var word in words.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            var unit = Array.IndexOf(Units, word);
            var ten = Array.IndexOf(Tens, word);
            switch (word)
            {
                case "and" or "a":
                    continue;
                case "hundred":
                    hundreds = Math.Max(hundreds, 1) * 100;
                    break;
                case "thousand":
                    total += Math.Max(hundreds, 1) * 1000;
                    hundreds = 0;
                    break;
                case var _ when unit >= 0:
                    hundreds += unit;
                    break;
                case var _ when ten >= 2:
                    hundreds += ten * 10;
                    break;
                default:
                    return null;
            }
            seen = true;
        }
        return seen ? total + hundreds : null;
    }

    private static void FindLinks(Clause clause, LintList found)
    {
        foreach (Match link in EmptyLink().Matches(clause.Markdown))
        {
            found.Add(LintForms.LinkEmpty, clause, TextLinter.Around(clause.Markdown, link.Index, link.Length));
        }
    }

    /// <summary>A sentence that goes on in the items or the paragraph below is no fragment.</summary>
    private static void FindEnd(Clause clause, Clause? next, LintList found)
    {
        if (next is not null && (next.Label.Value.EndsWith(')') || next.Text is [var first, ..] && char.IsLower(first)))
        {
            return;
        }
        if (BreaksOff().Match(clause.Text) is { Success: true } end && !NoAddress().IsMatch(clause.Text[Math.Max(0, end.Index - 20)..]))
        {
            found.Add(LintForms.BreaksOff, clause, TextLinter.Around(clause.Text, end.Index, end.Length));
        }
    }

    private static void FindGluedLabel(Clause clause, LintedText known, LintList found)
    {
        if (!known.Lines.IsDefault && clause.Line >= 1 && clause.Line <= known.Lines.Length && GluedLabel().Match(known.Lines[clause.Line - 1]) is { Success: true } glued)
        {
            found.Add(LintForms.SpaceAfterNumber, clause, glued.Value.Trim(' ', '*', '#'));
        }
    }

    private static (string First, string Second)? Halves(string word, Dictionary<string, int> words)
    {
        for (var cut = 3; cut <= word.Length - 3; cut++)
        {
            var (first, second) = (word[..cut], word[cut..]);
            if ((Small.Contains(second) && first.Length >= 6 && words.GetValueOrDefault(first) >= 3) || (Small.Contains(first) && second.Length >= 6 && words.GetValueOrDefault(second) >= 3))
            {
                return (first, second);
            }
        }
        return null;
    }

    private static bool IsEastAsian(string language) => language.Split('-')[0] is "zh" or "ja" or "ko";

    [GeneratedRegex(@"\p{L}{3,}")]
    private static partial Regex LongWord();

    /// <summary>A marker of an item with a closing bracket only: <c>a)</c>, <c>1)</c>, <c>iv)</c>.</summary>
    [GeneratedRegex(@"(?:^|[\s;:,(])(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)")]
    private static partial Regex ItemMarker();

    [GeneratedRegex(@"\b(?<word>(?:(?:and|a|hundred|thousand|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)[ -]?){1,12}) ?\((?<figure>\d{1,3}(?:,\d{3})*|\d+)(?!\.\d)(?: ?\))?", RegexOptions.IgnoreCase)]
    private static partial Regex FigureBehindWord();

    [GeneratedRegex(@"<\s?/?\s?(?:p|br|div|span|strong|em|b|i|u|a|li|ul|ol|td|tr|table|font|h\d)\b[^<>]{0,80}>?|&(?:[a-z]{2,8}|#\d{1,5}|#x[0-9a-f]{1,5});|\*\*|\\[\[\]().*_#-]|\]\((?=\s|https?:|$)|(?<!\w)__(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Markup();

    [GeneratedRegex(@"[\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF5E\u3001\u3002\u3008-\u3011\u3014-\u301B]")]
    private static partial Regex FullWidth();

    [GeneratedRegex(@"(?<![\w./-])\d{1,3}(?:\.\d{1,3}){0,6}\.?\p{Lu}\p{Ll}{2,}|(?<![\w./-])\(\d{1,2}\)\p{Lu}\p{Ll}+")]
    private static partial Regex NumberGlued();

    /// <summary><c>No.123</c>, <c>Jan.11</c>: a shortened word and the number behind it.</summary>
    [GeneratedRegex(@"(?<!\w)\p{Lu}\p{Ll}+\.\d{2,}(?![\d.]{0,20}\w{0,20}\.\w)")]
    private static partial Regex GluedToNumber();

    [GeneratedRegex(@"(?<![\p{L}\d.@/_-])[\p{L}’'-]{0,30}\p{Ll}{2}[.;:!?]\p{Lu}\p{L}+(?!\w*(?:[@/]|\.\w))")]
    private static partial Regex StopGlued();

    [GeneratedRegex(@"\b(?!LinkedIn\b)\p{L}\p{Ll}{3,}(?:We|You|The|If|It|This|That|In|For|Any|All|Please|When)\b")]
    private static partial Regex SentenceGlued();

    [GeneratedRegex(@"\)\p{L}{2,}")]
    private static partial Regex BracketGlued();

    [GeneratedRegex(@"\p{L}{2,},\p{L}{2,}")]
    private static partial Regex CommaGlued();

    [GeneratedRegex(@"(?<!\.)\.\.(?![./])|\.\s?[,;:](?!\.)|[,;:]\s?[.,;:](?![\w/])|[!?]\s?[.,;:]|['’‘]['’‘](?!['’‘])")]
    private static partial Regex DoubledSigns();

    /// <summary>A full stop that belongs to the word before it.</summary>
    [GeneratedRegex(@"(?:\b(?:Ltd|Co|Inc|Corp|Pte|Pvt|Pty|etc|No|Jr|Sr|St|Dr|Mr|Ms|vs|cf|al|Art|Reg|approx|incl|LLC|Bhd|гг?|др|пр|руб)|\b\p{L}(?:\.\p{L})*)\.$|\blinks?:$", RegexOptions.IgnoreCase)]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"(?<![\w’'-])(?:(\p{L}{2,}) \1|(?<=(?:, |\b(?:be|is|are|been) ))(?<1>\p{Ll}{5,}), \1)(?![\w’'-]|\.\w)", RegexOptions.IgnoreCase)]
    private static partial Regex WordTwice();

    [GeneratedRegex(@"[\p{L}\d)”""] +[,;:.](?=\s|$)")]
    private static partial Regex SpaceBefore();

    /// <summary>French sets a space before a colon and a semicolon.</summary>
    [GeneratedRegex(@"[\p{L}\d)”""] +[,.](?=\s|$)")]
    private static partial Regex SpaceBeforeInFrench();

    [GeneratedRegex(@"[“(] +\p{L}[\p{L}]*")]
    private static partial Regex SpaceInside();

    [GeneratedRegex(@"“\s*”|\(\s*[,;]?\s*\)|\(\s*“\s*”\s*\)|\[\s*\]|«\s*»")]
    private static partial Regex Empty();

    [GeneratedRegex(@"\bhttps?:/{0,2}(?=[\s,;)\]”""]|$)|\bhttps?://[\w-]+\.?(?=[\s,;)\]”""]|$)|\bwww\.?(?=[\s,;)\]]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex CutAddress();

    [GeneratedRegex(@"\(links?\s?:?\s*(?=[,;)]|$)|\b(?:web ?sites?|URL|domain name|web address|web ?pages?) (?:is|are|at|located at)(?=\s*(?:and\b|or\b|[,.;)]|$))|\blink:(?=\s*(?:[,.;)]|$))", RegexOptions.IgnoreCase)]
    private static partial Regex NoAddress();

    [GeneratedRegex(@"\[[^\[\]]*\]\(\s*#?\s*\)|\[\s*\]\([^)]*\)|\[[^\[\]]+\]\((?:https?:/{0,2})?[^()\s]*$")]
    private static partial Regex EmptyLink();

    [GeneratedRegex(@"\b(?:is|the|a|an|of|by|with|from|which|including|whose|your|our|their)\s*$")]
    private static partial Regex BreaksOff();

    [GeneratedRegex(@"^[\s*#]*(?:(?:Chapter|Article|Section|Part) )?(?:\d{1,2}(?:\.\d{1,3})*\.?(?!\d)|\((?:\d{1,2}|[A-Za-z]|[ivx]{1,4})\)|[A-Z]\))(?=\p{L}|[“""])[\p{L}“""’']{1,20}")]
    private static partial Regex GluedLabel();
}
