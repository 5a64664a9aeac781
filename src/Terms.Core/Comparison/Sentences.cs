namespace Terms.Comparison;

/// <summary>What a word says about where it stands.</summary>
[Flags]
internal enum WordTraits : byte
{
    None = 0,

    /// <summary>It ends a sentence: a stop that belongs to no abbreviation.</summary>
    EndsSentence = 1,

    /// <summary>It ends something: a sentence, a provision, a lead to a list.</summary>
    Stops = 2,

    /// <summary>An item may follow it.</summary>
    LeadsToItem = 4,

    /// <summary>It begins with a capital letter.</summary>
    IsCapital = 8,

    /// <summary>It is the mark of an item: <c>(a)</c>, <c>iv)</c>.</summary>
    IsLetterMark = 16,

    /// <summary>It is the number of an item: <c>(1)</c>, <c>2)</c>.</summary>
    IsNumberMark = 32,
}

/// <summary>Where sentences and items inside a clause begin and end.</summary>
internal static class Sentences
{
    /// <summary>The traits of a word that is not empty.</summary>
    public static WordTraits Of(string word)
    {
        var last = word[^1];
        var traits = WordTraits.None;
        if (last is '.' or '?' or '!' && word is not ("No." or "Nos." or "Reg." or "Art." or "Ltd." or "Co." or "Pte." or "Inc."))
        {
            traits |= WordTraits.EndsSentence;
        }
        if (last is '.' or ';' or ':' or '?' or '!' or '。' or '；' || (word.Length > 1 && last is '”' or '"' or ')' && word[^2] is '.' or ';'))
        {
            traits |= WordTraits.Stops;
        }
        if (last is '.' or ';' or ':' or ',' || word is "and" or "or")
        {
            traits |= WordTraits.LeadsToItem;
        }
        return traits | (char.IsUpper(word[0]) ? WordTraits.IsCapital : WordTraits.None) | Mark(word);
    }

    /// <summary>Whether a sentence or an item begins at a word that is not the first of its clause.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The first word of the clause.</param>
    /// <param name="word">The word.</param>
    public static bool BeginAt(ComparedText text, int start, int word)
    {
        var (before, here) = (text.Traits[text.Ids[word - 1]], text.Traits[text.Ids[word]]);
        return (here & WordTraits.IsLetterMark) != 0
            || ((here & WordTraits.IsNumberMark) != 0 && (before & WordTraits.LeadsToItem) != 0)
            || ((here & WordTraits.IsCapital) != 0 && (before & WordTraits.EndsSentence) != 0 && word - start > 2);
    }

    private static WordTraits Mark(string word)
    {
        if (word[^1] != ')')
        {
            return WordTraits.None;
        }
        var inside = word.AsSpan(word[0] == '(' ? 1 : 0)[..^1];
        return inside switch
        {
            [>= 'a' and <= 'z'] => WordTraits.IsLetterMark,
            { Length: >= 1 and <= 4 } when !inside.ContainsAnyExcept("ivx") => WordTraits.IsLetterMark,
            { Length: 1 or 2 } when !inside.ContainsAnyExceptInRange('0', '9') => WordTraits.IsNumberMark,
            _ => WordTraits.None,
        };
    }
}
