using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Finds the terms that words define in curly double quotes.</summary>
internal static partial class Definitions
{
    private static readonly string[] Pronouns = ["We", "You", "Our", "Us", "Your", "I", "It", "They"];

    /// <summary>The terms that some words define: <c>(the “Service”)</c>, <c>“Member” means</c>, <c>called the “Terms”</c>.</summary>
    public static IEnumerable<string> In(string words)
    {
        foreach (Match quoted in Quoted().Matches(words))
        {
            var name = quoted.Groups[1].Value;
            if (char.IsUpper(name[0]) && !Pronouns.Contains(name)
                && (BeforeDefinition().IsMatch(TextLinter.Before(words, quoted.Index, 300)) || AfterDefinition().IsMatch(TextLinter.After(words, quoted.Index + quoted.Length, 60))))
            {
                yield return name;
            }
        }
    }

    [GeneratedRegex("“([^“”]{2,60})”")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:\((?:(?:the|this|these|each|every|one|a|an|as|any|together|all|collectively|also|called|below|or|and|is|are|in|of|both|it|here|short|for|“[^“”]*”|[,;])\s*)*|\b(?:called|known as|referred to as|defined as)\s+(?:(?:the|a|an|this|these|together|below|collectively)\s+)*)$", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeDefinition();

    [GeneratedRegex(@"^\s*(?:means?|refers? to|has the meaning|have the meaning|stands for)\b")]
    private static partial Regex AfterDefinition();
}
