using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Terms.Comparison;
using Terms.Notices;
using Terms.Web.Hosting;
using Terms.Web.Pages;

namespace Terms.Web.Delivery;

/// <summary>The words of notices in the languages of the interface, from its resource files.</summary>
internal sealed class NoticeSentences(IStringLocalizer<Wording> words)
{
    private static readonly string[] Classes = ["editorial", "clarification", "substantive", "needs-adaptation"];
    private static readonly string[] Whats = ["party", "law", "forum", "cap"];

    /// <summary>Subject and words of a notice.</summary>
    /// <param name="language">One of <see cref="TermsHost.Languages"/>.</param>
    /// <param name="news">What there is to tell.</param>
    /// <param name="impact">What changes for the recipient; empty for everybody.</param>
    /// <param name="url">Where the version can be read.</param>
    public (string Subject, ImmutableArray<byte> Bytes) Write(string language, Announcement news, ImmutableArray<Impact> impact, Uri url)
    {
        var (culture, interfaceCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return NoticeWording.Write(Of(language), news, impact, url, words.Tells);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, interfaceCulture);
        }
    }

    private NoticeWords Of(string language) => new(
        language, words["Notice.Subject"], words["Notice.Opening"], words["Notice.Binds"], words["Notice.BindsCustomers"], words["Notice.Changes"], words["Notice.Clause"], words["Preamble"],
        words["Notice.ClauseNew"], words["Notice.ClauseGone"], words["Notice.ClauseMoved"], words["Notice.TextChanged"], words["Notice.Classified"], words["Notice.ForYou"], words["Notice.Impact"],
        words["Notice.Accept"], words["Notice.Read"], [.. Classes.Select(c => words["Classification." + c].Value)], [.. Whats.Select(w => words["Between." + w].Value)], words["Edition.restatement"]);
}
