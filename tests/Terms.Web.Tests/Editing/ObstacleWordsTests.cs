using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Terms.Publishing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>What stands against a draft, and why a step was refused, in the reader's language.</summary>
public sealed class ObstacleWordsTests : IDisposable
{
    private readonly AcceptanceApplication application = new();
    private readonly DraftDesk desk;

    public ObstacleWordsTests() => desk = new DraftDesk(application);

    public void Dispose() => application.Dispose();

    private IStringLocalizer<Wording> Words => application.Services.GetRequiredService<IStringLocalizer<Wording>>();

    [Fact]
    public async Task The_words_of_the_interface_say_what_the_obstacle_says()
    {
        var draft = await desk.Put(await desk.Started(), "Borrowers from Northland deal", "Borrowers from Northland always deal");
        var resolver = application.Services.GetRequiredService<CurrentCatalogue>().Now.Resolver;
        var gone = draft.With(draft.Files.With("rules.yaml", draft.Files.Text("rules.yaml")!.Replace("id: northland", "id: north", StringComparison.Ordinal)));
        var reports = new[]
        {
            DraftReport.Of(draft, resolver, application.Now, ScheduledDraft.Plan("2025-06-02", "2025-06-20")), DraftReport.Of(gone, resolver, application.Now),
            DraftReport.Of(draft.With(draft.Files.With("terms.en.md", draft.Files.Text("terms.en.md")!.Replace("# Lamp Hire Agreement", "# Lamp Lease Agreement", StringComparison.Ordinal))), resolver, application.Now),
        };
        var other = await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents"));
        await desk.Published(await desk.Scheduled(other, "2025-06-01", "2025-09-01"));

        var found = reports.Append(await desk.Workbench.Report(draft)).SelectMany(r => r.Obstacles).Where(o => o.Said is not null && o.Kind != ObstacleKind.Finding).DistinctBy(o => o.Said!.Form).ToList();

        Assert.Equal(["Obstacle.Base.Newer", "Obstacle.Change.Clause", "Obstacle.Change.Text", "Obstacle.Day.Behind", "Obstacle.Fact.Dropped", "Obstacle.Fact.WordsChanged"], found.Select(o => o.Said!.Form.Name).Order(StringComparer.Ordinal));
        Assert.All(found, o =>
        {
            Assert.Equal(o.What + ".", Said("en", o.Said!.Form.Name, o));
            Assert.StartsWith(Said("en", $"{o.Said!.Form.Name}.Remedy", o), o.Remedy, StringComparison.Ordinal);
            Assert.All(TermsHost.Languages.Skip(1), l => Assert.NotEqual(o.What + ".", Said(l, o.Said!.Form.Name, o)));
        });
    }

    [Fact]
    public void Every_refusal_with_a_code_has_the_same_words_here() => Assert.All(StepRefusals.All, code => Assert.Equal(StepRefusals.Words(code), Said("en", "Refused." + code)));

    [Theory]
    [InlineData("zh-Hans", "草案尚未批准。须先由未参与撰写的人批准。")]
    [InlineData("ru", "Черновик не одобрен. Сначала его должен одобрить тот, кто в нём не писал.")]
    [InlineData("ko", "초안이 승인되지 않았습니다. 작성에 참여하지 않은 사람이 먼저 승인해야 합니다.")]
    public async Task A_refusal_and_what_stands_against_a_draft_are_said_in_the_readers_language(string language, string says)
    {
        var draft = await desk.Put(await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents")), "Borrowers from Northland deal", "Borrowers from Northland always deal");
        var anna = await application.Person("anna", "drafter", "publisher");
        var boris = await application.Person("boris", "reviewer");
        var address = $"/workbench/drafts/{draft.Id}";

        Assert.Contains(says, await Refused(anna, $"{address}/schedule", ("digest", draft.Digest.Value), ("announced", "2025-06-02"), ("effective", "2025-12-01")), StringComparison.Ordinal);
        await desk.Workbench.Submit(DraftDesk.Anna, draft.Id, draft.Digest);
        var blocked = await Refused(boris, $"{address}/review/approve", ("digest", draft.Digest.Value), ("why", "Fine."));
        Assert.Contains(Said(language, "Obstacle.Fact.WordsChanged", "parties/northland").Replace("`parties/northland`", "<code>parties/northland</code>", StringComparison.Ordinal), blocked, StringComparison.Ordinal);
        Assert.DoesNotContain("The words under", blocked, StringComparison.Ordinal);

        async Task<string> Refused(Visitor who, string page, params (string, string)[] fields)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, UriKind.Relative))
            {
                Content = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)), KeyValuePair.Create("form", await who.Token("/workbench")), KeyValuePair.Create("revision", "2")]),
            };
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Accept-Language", language);
            using var refused = await who.Send(request);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            return WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("zh-Hans")]
    [InlineData("ko")]
    public async Task The_page_of_problems_says_no_finding_in_English(string language)
    {
        var draft = await desk.Put(await desk.Started(), "Borrowers from Northland deal", "Borrowers (from Northland , deal as clause 9.9 says,, in five (6) days, with with Lamp Hire Northland Ltd..");
        draft = await desk.Put(draft, "edition:", "accepted:\n  - { code: TW404, clause: \"1.1\", why: It was there. }\nedition:", "version.yaml");
        var page = await Shown(language, $"/workbench/drafts/{draft.Id}/problems");
        var findings = page[page.IndexOf("id=\"k-findings\"", StringComparison.Ordinal)..];
        findings = findings[..findings.IndexOf("</section>", StringComparison.Ordinal)];

        var found = (await desk.Workbench.Report(draft)).Obstacles.Where(o => o.Kind == ObstacleKind.Finding).ToList();
        Assert.Subset(found.Select(o => o.Key).ToHashSet(), new HashSet<string> { "", "TW201", "TW401", "TW403", "TW408", "TW409", "TW410" });
        Assert.All(found, o =>
        {
            Assert.Contains(Said(language, o.Said!.Form.Name, o).Replace("`accepted`", "<code>accepted</code>", StringComparison.Ordinal), findings, StringComparison.Ordinal);
            Assert.DoesNotContain(o.What, findings, StringComparison.Ordinal);
            Assert.DoesNotContain(o.Remedy, findings, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("lang=\"en\"", findings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-Hans", "2.3 之前缺少第 2.2 条。", "规则 <code>isles</code> 引用了第 9.9 条，而 lamp-hire/", "规则 <code>northland</code> 所引用的条款都没有提到 Lantern North Ltd.。")]
    [InlineData("ru", "Перед 2.3 нет пункта 2.2.", "Правило <code>isles</code> ссылается на пункт 9.9, которого в lamp-hire/", "Lantern North Ltd.: этого нет ни в одном пункте")]
    [InlineData("ko", "2.3 앞에 2.2항이 없습니다.", "규칙 <code>isles</code>이(가) 근거로 드는 9.9항이 lamp-hire/", "어느 조항에도 Lantern North Ltd.이(가) 없습니다.")]
    public async Task The_page_of_problems_says_in_the_readers_language_what_editors_meet_most(string language, string gap, string citation, string name)
    {
        var draft = await desk.Put(await desk.Started(), "2.2 Broken", "2.3 Broken");
        draft = await desk.Put(draft, "law: IS\n    clauses: [\"3.2\"]", "law: IS\n    clauses: [\"3.2\", \"9.9\"]", "rules.yaml");
        draft = await desk.Put(draft, "parties: [lantern-north]\n    clauses: [\"1.1\"]", "parties: [lantern-north]\n    clauses: [\"1.2\"]", "rules.yaml");

        var page = await Shown(language, $"/workbench/drafts/{draft.Id}/problems");
        var problems = Regex.Match(page, "<section aria-labelledby=\"k-Problem\">.*?</section>", RegexOptions.Singleline).Value;

        Assert.All([gap, citation, name], words => Assert.Contains(words, problems, StringComparison.Ordinal));
        Assert.DoesNotContain("lang=\"en\"", problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Only spacing, quotes, case or punctuation differ.", "Facts differ: report is new.", "No word that it rests on differs. The company changes for ")]
    [InlineData("zh-Hans", "只有空格、引号、大小写或标点不同。", "事实有变：新增 report。", "所依据的文字没有不同。")]
    [InlineData("ru", "Отличаются только пробелы, кавычки, регистр или знаки препинания.", "Отличаются факты: report – новый.", "Слова, на которых это основано, те же. Компания меняется для группы «")]
    [InlineData("ko", "띄어쓰기, 따옴표, 대소문자 또는 문장 부호만 다릅니다.", "사실이 다릅니다: report 신설.", "근거가 되는 문구는 그대로입니다. 계약 회사가 다음 사람에게 바뀝니다: ")]
    public async Task The_page_of_changes_says_in_the_readers_language_why_a_class_is_suggested(string language, string comma, string fact, string rule)
    {
        const string Fact = "- id: report\n  kind: time-limit\n  obligor: borrower\n  what: report broken lamps\n  value: 5\n  unit: days\n  summary: Broken lamps are reported in five days.\n  quote: within five days\n  clauses: [\"2.2\"]\n";
        var draft = await desk.Put(await desk.Put(await desk.Started(), "lamp agrees", "lamp, agrees"), "within three days", "within five days");
        draft = await desk.Put(draft, "when: { from: northland }", "when: { from-outside: the-isles }", "rules.yaml");
        await desk.Workbench.Edit(DraftDesk.Anna, draft.Id, draft.Revision, "a fact", d => d.With(d.Files.With("facts.yaml", Fact)));

        var page = await Shown(language, $"/workbench/drafts/{draft.Id}/changes");

        Assert.All([comma, fact, rule], words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Equal(language == "en", page.Contains(" differ", StringComparison.Ordinal));
    }

    /// <summary>A page as a drafter reads it in a language.</summary>
    private async Task<string> Shown(string language, string page)
    {
        var anna = await application.Person("anna", "drafter");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, UriKind.Relative));
        request.Headers.Add("Accept-Language", language);
        using var answer = await anna.Send(request);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private string Said(string language, string key, Obstacle about) => Said(language, key, [.. about.Said!.Arguments]);

    private string Said(string language, string key, params object[] arguments)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return Words[key, arguments];
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}
