using System.Collections.Immutable;
using System.Text;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Notices;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Storage;
using Terms.Web.Delivery;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>A notice in one language.</summary>
/// <param name="Language">The language.</param>
/// <param name="Subject">The line above it.</param>
/// <param name="Words">The words for everybody, as on the board.</param>
/// <param name="Example">The words for one of those for whom something changes; null if it changes nothing for anybody, or is not known.</param>
/// <param name="Posted">When the words for everybody were posted; null if they were not.</param>
public sealed record NoticeInLanguage(string Language, string Subject, string Words, string? Example, DateTimeOffset? Posted);

/// <summary>Who is told of a version, in which words, and how many were.</summary>
/// <param name="Audience">Who is told; null of a version that was taken back.</param>
/// <param name="Touched">Whom <see cref="NoticeInLanguage.Example"/> is for; null if there is none.</param>
/// <param name="Languages">The words in the languages of the interface.</param>
/// <param name="IsOpen">Whether a change is not classified yet, so that the words are not the last.</param>
/// <param name="CanName">Whether the server knows the address at which readers find it; without one nothing is posted or sent.</param>
/// <param name="Counted">The version whose recipients are counted: the draft's own, or while it is not published the one that it takes the place of. Null for a new agreement.</param>
/// <param name="IsBefore">Whether that is the version before.</param>
/// <param name="Counts">Its recipients.</param>
public sealed record DraftNotice(Audience? Audience, Customer? Touched, ImmutableArray<NoticeInLanguage> Languages, bool IsOpen, bool CanName, AgreementVersion? Counted, bool IsBefore, ImmutableArray<NoticeCount> Counts);

/// <summary>Shows what people will be told of a draft, and what they were told of its version. The words are made by what writes them when they are sent.</summary>
internal sealed class DraftNotices(CurrentCatalogue current, ServedStore stored, Announcements announcements, NoticeSentences sentences, PublicAddress address, TimeProvider clock)
{
    /// <summary>What people will be told of a draft; null while its content cannot be read, or if its day is that of another version.</summary>
    /// <param name="report">The report of the draft with the days.</param>
    /// <param name="plan">The days.</param>
    public DraftNotice? Of(DraftReport report, PublicationPlan plan) => Announcement.Of(report, plan) is { } news
        ? new DraftNotice(
            news.Audience, news.Touched, [.. TermsHost.Languages.Select(l => Written(l, news, report.Example))], report.Changes.Any(c => c.Class is null), address.Root is not null, news.Before, IsBefore: true, news.Before is { } before ? stored.Store.Notices.Counts(before.Path) : [])
        : null;

    /// <summary>What people are told of a version that was published; null if it is not in the catalogue.</summary>
    /// <param name="published">Its publication.</param>
    public DraftNotice? Of(Published published)
    {
        var (served, now) = (current.Now, clock.GetUtcNow());
        if (published.Version.Split('/') is not [var agreement, var id] || served.Catalogue.Find(agreement)?.Version(id) is not { } version)
        {
            return null;
        }
        var posted = stored.Store.Notices.OfVersion(version.Path, Notice.Everybody).ToDictionary(n => n.Notice.Language, StringComparer.Ordinal);
        var news = version.IsWithdrawn(now) ? null : announcements.Of(served.Resolver, version, now);
        ImmutableArray<Impact> example = news?.Touched is { } touched ? news.Tells(served.Resolver, touched, now).Changes : [];
        return new DraftNotice(
            news?.Audience, news?.Touched,
            [.. TermsHost.Languages.Select(l => posted.TryGetValue(l, out var kept) ? Kept(kept, news is null ? null : Written(l, news, example).Example) : news is null ? null : Written(l, news, example)).OfType<NoticeInLanguage>()],
            IsOpen: false, address.Root is not null, version, IsBefore: false, stored.Store.Notices.Counts(version.Path));
    }

    private NoticeInLanguage Written(string language, Announcement news, ImmutableArray<Impact> example)
    {
        var (subject, words) = Write([]);
        return new NoticeInLanguage(language, subject, words, example.IsEmpty ? null : Write(example).Words, null);

        (string Subject, string Words) Write(ImmutableArray<Impact> impact)
        {
            var (title, bytes) = sentences.Write(language, news, impact, address.ToShow(news.Version));
            return (title, Encoding.UTF8.GetString(bytes.AsSpan()));
        }
    }

    private static NoticeInLanguage Kept(KeptNotice kept, string? example) =>
        new(kept.Notice.Language, kept.Notice.Subject, Encoding.UTF8.GetString(kept.Notice.Bytes.AsSpan()), example, kept.State.SentAt);
}
