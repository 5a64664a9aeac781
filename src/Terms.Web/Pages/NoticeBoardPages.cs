using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Terms.Catalogue;
using Terms.Export;
using Terms.Rendering;
using Terms.Storage;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;
using AtomFeed = Terms.Web.Endpoints.Feed;

namespace Terms.Web.Pages;

/// <summary>One version on the public board.</summary>
/// <param name="Path"><c>agreement/version</c>.</param>
/// <param name="Version">The version; null if it was taken back before it took effect.</param>
/// <param name="Kept">The notice as it was posted, in the language of the reader; null if the version was in the catalogue before it could be posted.</param>
public sealed record Posting(string Path, AgreementVersion? Version, KeptNotice? Kept)
{
    /// <summary>When it was posted; if it was not, when the catalogue learnt of the version.</summary>
    public DateTimeOffset At => Kept?.State.SentAt ?? Version!.Details.Recorded;
}

/// <summary>The public notice board, as a page and as an Atom feed (RFC 4287). Without a store it shows the versions alone.</summary>
internal static class NoticeBoardPages
{
    public static void Map(WebApplication app)
    {
        app.MapMethods("/notices", PageMap.Reading, Page).ExcludeFromDescription();
        app.MapMethods("/notices/feed", PageMap.Reading, Feed).ExcludeFromDescription();
    }

    private static RazorComponentResult Page(ServedCatalogue served, ServedStore stored, TimeProvider clock) => PageMap.Page<NoticesPage>(200, new()
    {
        [nameof(NoticesPage.Postings)] = Postings(served, stored, clock.GetUtcNow()),
        [nameof(NoticesPage.Now)] = clock.GetUtcNow(),
    });

    /// <summary>Every dated version, the one that takes effect last first, and those that were posted and taken back.</summary>
    private static List<Posting> Postings(ServedCatalogue served, ServedStore stored, DateTimeOffset now)
    {
        var kept = (stored.IsThere ? stored.Store.Notices.OnBoard() : []).Where(n => n.Notice.Language == CultureInfo.CurrentUICulture.Name).ToDictionary(n => n.Notice.Version, StringComparer.Ordinal);
        var versions = served.Catalogue.Agreements.SelectMany(a => Timeline.Of(a, served.Catalogue.Zone, now)).Select(s => s.Version).OfType<AgreementVersion>().Where(v => v.Id.Effective is not null).ToDictionary(v => v.Path, StringComparer.Ordinal);
        return [.. versions.Keys.Union(kept.Keys).Select(p => new Posting(p, versions.GetValueOrDefault(p), kept.GetValueOrDefault(p)))
            .OrderByDescending(p => p.Path.Split('/')[1], StringComparer.Ordinal).ThenBy(p => p.Path, StringComparer.Ordinal)];
    }

    private static TaggedAnswer Feed(HttpContext context, ServedCatalogue served, ServedStore stored, TimeProvider clock)
    {
        var root = $"{context.Request.Scheme}://{context.Request.Host}";
        var words = context.RequestServices.GetRequiredService<IStringLocalizer<Wording>>();
        var postings = Postings(served, stored, clock.GetUtcNow());
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", AtomFeed.Atom);
            xml.WriteAttributeString("xml", "lang", null, CultureInfo.CurrentUICulture.Name);
            xml.WriteElementString("title", AtomFeed.Atom, words["Notices.Title"]);
            xml.WriteElementString("id", AtomFeed.Atom, $"urn:terms:notices:{CultureInfo.CurrentUICulture.Name}");
            xml.WriteElementString("updated", AtomFeed.Atom, postings.Select(p => p.At).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max().ToRfc3339());
            AtomFeed.Link(xml, "self", $"{root}/notices/feed");
            AtomFeed.Link(xml, "alternate", $"{root}/notices");
            foreach (var posting in postings)
            {
                Entry(xml, root, posting, words);
            }
            xml.WriteEndElement();
        }
        return new TaggedAnswer(bytes.ToArray(), "application/atom+xml; charset=utf-8", TaggedAnswer.Revalidated);
    }

    private static void Entry(XmlWriter xml, string root, Posting posting, IStringLocalizer<Wording> words)
    {
        xml.WriteStartElement("entry", AtomFeed.Atom);
        xml.WriteElementString("title", AtomFeed.Atom, posting.Kept?.Notice.Subject ?? $"{posting.Version!.Agreement.Title}: {words["Standing.Coming", words.Day(posting.Version.Id.Effective!.Value)]}");
        xml.WriteElementString("id", AtomFeed.Atom, $"urn:terms:notice:{posting.Path.Replace('/', ':')}:{CultureInfo.CurrentUICulture.Name}");
        xml.WriteElementString("updated", AtomFeed.Atom, posting.At.ToRfc3339());
        xml.WriteStartElement("author", AtomFeed.Atom);
        xml.WriteElementString("name", AtomFeed.Atom, words["Site"]);
        xml.WriteEndElement();
        if (posting.Version is { } version)
        {
            AtomFeed.Link(xml, "alternate", root + CatalogueDocuments.Url(version));
        }
        xml.WriteStartElement("content", AtomFeed.Atom);
        xml.WriteAttributeString("type", "text");
        xml.WriteString((posting.Version is null ? words["Notices.Withdrawn"] + "\n\n" : "") + (posting.Kept is { } kept ? Encoding.UTF8.GetString(kept.Notice.Bytes.AsSpan()) : $"{EditionNotice.Of(posting.Version!)} {posting.Version!.TextDigest}"));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
