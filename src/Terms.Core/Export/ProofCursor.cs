using System.Globalization;
using System.Xml;

namespace Terms.Export;

/// <summary>Goes through a part of a redline from element to element. Every element is shown to the check of ids; words outside an element for words are a failure.</summary>
/// <param name="xml">The part.</param>
/// <param name="ids">What looks at the ids.</param>
internal sealed class ProofCursor(XmlReader xml, ProofIds ids)
{
    /// <summary>The name of the element without its prefix.</summary>
    public string Name => xml.NamespaceURI == ProofParts.W ? xml.LocalName : throw Unknown();

    /// <summary>Goes to the outermost element.</summary>
    public void Start()
    {
        while (xml.NodeType != XmlNodeType.Element)
        {
            if (!xml.Read())
            {
                throw new RedlineException("A part of the file is empty.");
            }
        }
    }

    /// <summary>Where the element stands; what is given to <see cref="Next"/>.</summary>
    public Place Here => new(xml.Depth, xml.IsEmptyElement);

    /// <summary>Goes to the next element right inside another; false at that one's end.</summary>
    public bool Next(Place around)
    {
        if (around.IsEmpty || (xml.NodeType == XmlNodeType.EndElement && xml.Depth == around.Depth))
        {
            return false;
        }
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    ids.See(xml);
                    return true;
                case XmlNodeType.EndElement when xml.Depth == around.Depth:
                    return false;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    throw new RedlineException($"The words \"{xml.Value}\" stand where no words can stand.");
            }
        }
        throw new RedlineException("A part of the file ends too soon.");
    }

    /// <summary>Goes past everything inside an element.</summary>
    public void Pass()
    {
        for (var here = Here; Next(here);)
        {
            Pass();
        }
    }

    /// <summary>The words of an element that holds nothing else.</summary>
    public string Words()
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }
        var words = "";
        while (xml.Read() && xml.NodeType != XmlNodeType.EndElement)
        {
            words = xml.NodeType switch
            {
                XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace => words.Length == 0 ? xml.Value : words + xml.Value,
                XmlNodeType.Element => throw Unknown(),
                _ => words,
            };
        }
        return words;
    }

    /// <summary>An attribute, or null.</summary>
    public string? Attribute(string name) => xml.GetAttribute(name, ProofParts.W);

    /// <summary>Whether Word keeps spaces at the ends of words here.</summary>
    public bool KeepsSpaces => xml.XmlSpace == XmlSpace.Preserve;

    /// <summary>An attribute that is a number.</summary>
    public int Number(string name = "val") =>
        int.TryParse(Attribute(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new RedlineException($"A w:{xml.LocalName} has no number.");

    /// <summary>The failure that the element is.</summary>
    public RedlineException Unknown() => new($"The redline holds a {xml.LocalName}, which nobody has accounted for.");

    /// <summary>Where an element stands.</summary>
    /// <param name="Depth">How many stand around it.</param>
    /// <param name="IsEmpty">Whether it ends where it begins.</param>
    internal readonly record struct Place(int Depth, bool IsEmpty);
}
