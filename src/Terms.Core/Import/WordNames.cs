using System.Xml.Linq;

namespace Terms.Import;

/// <summary>The names in a Word file (ECMA-376).</summary>
internal static class WordNames
{
    public static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    public static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    public static readonly XNamespace Packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    public static readonly XNamespace Compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006";

    /// <summary>The main part of a file in the strict form (ISO/IEC 29500-1).</summary>
    public static readonly XName StrictDocument = XNamespace.Get("http://purl.oclc.org/ooxml/wordprocessingml/main") + "document";

    /// <summary>The attribute <c>w:val</c>, or another of the same namespace.</summary>
    public static string? Value(this XElement? element, string attribute = "val") => element?.Attribute(W + attribute)?.Value;

    /// <summary>Whether a property that is either on or off is on.</summary>
    public static bool IsOn(this XElement? element) => element is not null && element.Value() is not ("0" or "false" or "off");

    /// <summary>The words in an element, deleted ones included, without any mark.</summary>
    public static string Words(this XElement element) => string.Join(' ', element.Descendants().Where(d => d.Name == W + "t" || d.Name == W + "delText").Select(t => t.Value));
}
