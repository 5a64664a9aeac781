using System.Xml;
using Terms.Catalogue;
using Terms.Export;
using Terms.Rendering;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>An Atom feed (RFC 4287) of all versions, the latest recorded first.</summary>
internal static class Feed
{
    /// <summary>The namespace of Atom.</summary>
    public const string Atom = "http://www.w3.org/2005/Atom";

    public static IResult Get(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var root = $"{context.Request.Scheme}://{context.Request.Host}";
        var versions = served.Catalogue.Agreements.SelectMany(a => a.Versions).Where(v => v.Details.Recorded <= clock.GetUtcNow())
            .OrderByDescending(v => v.Details.Recorded).ThenByDescending(v => v.Id.Effective).ThenBy(v => v.Path, StringComparer.Ordinal).ToList();
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("title", Atom, "Versions of the agreements");
            xml.WriteElementString("id", Atom, "urn:terms:versions");
            xml.WriteElementString("updated", Atom, versions.Select(Updated).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max().ToRfc3339());
            Link(xml, "self", $"{root}/feed.atom");
            foreach (var version in versions)
            {
                Entry(xml, root, version);
            }
            xml.WriteEndElement();
        }
        return new TaggedAnswer(bytes.ToArray(), "application/atom+xml; charset=utf-8", TaggedAnswer.Revalidated);
    }

    private static void Entry(XmlWriter xml, string root, AgreementVersion version)
    {
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("title", Atom, $"{version.Agreement.Title}, {(version.Id.Effective is null ? "undated" : $"effective {version.Id}")}");
        xml.WriteElementString("id", Atom, $"urn:terms:{version.Path.Replace('/', ':')}");
        xml.WriteElementString("updated", Atom, Updated(version).ToRfc3339());
        xml.WriteElementString("published", Atom, version.Details.Recorded.ToRfc3339());
        xml.WriteStartElement("author", Atom);
        xml.WriteElementString("name", Atom, "Terms workbench");
        xml.WriteEndElement();
        Link(xml, "alternate", root + CatalogueDocuments.Url(version));
        xml.WriteElementString("summary", Atom, $"{(version.Details.Withdrawn is { } back ? $"Withdrawn at {back.At.ToRfc3339()}, before it took effect: {back.Why} " : "")}{EditionNotice.Of(version)} {version.TextDigest}");
        xml.WriteEndElement();
    }

    private static DateTimeOffset Updated(AgreementVersion version) =>
        version.Details.Withdrawn is { } back && back.At > version.States[^1].KnownFrom ? back.At : version.States[^1].KnownFrom;

    /// <summary>A link of a feed or an entry.</summary>
    public static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }
}
