using System.Xml;

namespace Terms.Export;

/// <summary>Checks the marks of changes: each has an id, an author and a date; no id is used twice; what begins ends; a move has one beginning and one end.</summary>
internal sealed class ProofIds
{
    private const string Word2010 = "http://schemas.microsoft.com/office/word/2010/wordml";

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> paragraphs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Id), bool> open = [];
    private readonly Dictionary<string, (int From, int To)> moves = new(StringComparer.Ordinal);

    /// <summary>Looks at the element that a reader is at.</summary>
    /// <exception cref="RedlineException">It is a mark without an id, author or date, or its id has been used.</exception>
    public void See(XmlReader element)
    {
        var name = element.LocalName;
        if (name == "p" && element.GetAttribute("paraId", Word2010) is { } paragraph && !paragraphs.Add(paragraph))
        {
            throw new RedlineException($"The paragraph id {paragraph} is used twice.");
        }
        if (name is not ("ins" or "del" or "moveFrom" or "moveTo" or "pPrChange" or "rPrChange" or "bookmarkStart" or "bookmarkEnd" or "moveFromRangeStart" or "moveFromRangeEnd" or "moveToRangeStart" or "moveToRangeEnd"))
        {
            return;
        }
        var id = element.GetAttribute("id", ProofParts.W) ?? throw new RedlineException($"A w:{name} has no id.");
        if (name.EndsWith("End", StringComparison.Ordinal))
        {
            if (!open.Remove((name[..^3], id)))
            {
                throw new RedlineException($"The w:{name} with the id {id} ends what did not begin.");
            }
            return;
        }
        if (!seen.Add(id))
        {
            throw new RedlineException($"The id {id} is used twice.");
        }
        if (name.EndsWith("Start", StringComparison.Ordinal))
        {
            open.Add((name[..^5], id), true);
        }
        if (name != "bookmarkStart" && (string.IsNullOrEmpty(element.GetAttribute("author", ProofParts.W)) || element.GetAttribute("date", ProofParts.W) is null))
        {
            throw new RedlineException($"The w:{name} with the id {id} has no author or no date.");
        }
        if (name is "moveFromRangeStart" or "moveToRangeStart")
        {
            var move = element.GetAttribute("name", ProofParts.W) ?? "";
            var (from, to) = moves.GetValueOrDefault(move);
            moves[move] = name == "moveFromRangeStart" ? (from + 1, to) : (from, to + 1);
        }
    }

    /// <summary>Checks what can be known only at the end.</summary>
    /// <exception cref="RedlineException">Something has no end, or a move only one side.</exception>
    public void End()
    {
        if (open.Count > 0)
        {
            var (kind, id) = open.First().Key;
            throw new RedlineException($"A w:{kind}Start with the id {id} has no end.");
        }
        if (moves.FirstOrDefault(m => m.Value != (1, 1)).Key is { } lonely)
        {
            throw new RedlineException($"The move \"{lonely}\" does not have one beginning and one end.");
        }
    }
}
