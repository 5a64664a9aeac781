using Terms.Catalogue;
using Terms.Notices;
using Terms.Resolution;

namespace Terms.Storage;

/// <summary>When the notices that the store keeps count as received.</summary>
public static class ReceivedNotices
{
    /// <summary>Whether a notice counts as received, by the rule of the version that is to be changed.</summary>
    /// <param name="corpus">The facts of all versions, as understood now.</param>
    /// <param name="notice">The notice.</param>
    public static NoticeReceipt Of(Corpus corpus, KeptNotice notice)
    {
        var before = corpus.Catalogue.Find(notice.Notice.Agreement)?.Version(notice.Notice.Version.Split('/')[1])?.Before;
        return NoticeReceipt.Of(notice.Notice, notice.State, before is null ? [] : corpus.Knowledge(before.States[^1]).Facts, corpus.Catalogue.Zone);
    }

    /// <summary>The first day on which a subject counts as told of a version: by a notice of its own, or by one on the public board if the agreement lets that count.</summary>
    /// <param name="store">The store.</param>
    /// <param name="corpus">The facts of all versions.</param>
    /// <param name="version">The version.</param>
    /// <param name="subject">The subject.</param>
    /// <returns>The receipt with the day; one without a day if no notice counts; null if there is no notice.</returns>
    public static NoticeReceipt? First(Store store, Corpus corpus, AgreementVersion version, string subject) =>
        NoticeReceipt.First(store.Notices.OfVersion(version.Path, subject).Concat(store.Notices.OfVersion(version.Path, Notice.Everybody)).Select(n => Of(corpus, n)));
}
