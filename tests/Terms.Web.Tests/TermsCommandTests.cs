using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Tests;

/// <summary>Verbs of the command that change folders.</summary>
public sealed class TermsCommandTests : IDisposable
{
    private const string Example = "docs/examples/drafts/lamps-in-the-dark";
    private readonly string folder = Directory.CreateTempSubdirectory("terms-command-").FullName;

    private string Content => Path.Combine(folder, "content");

    private string Draft => Path.Combine(folder, "lamps-in-the-dark");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_draft_of_the_example_is_published_into_a_content_folder_and_taken_back()
    {
        ContentFiles.Load(Path.Combine(Repository.Root, "tests/catalogues/base")).WriteTo(Content);
        ContentFiles.Load(Path.Combine(Repository.Root, Example)).WriteTo(Draft);
        var (announced, effective) = (Day(1), Day(60));

        Assert.Equal((0, "scheduled  Cai"), Told(await Publish("schedule", $"--by Cai --announced {announced} --effective {effective}")));
        Assert.Equal((0, "published  Cai"), Told(await Publish("now", "--by Cai")));
        Assert.Equal(effective, Corpus.Load(Content).Catalogue.Find("lamp-hire")!.Versions[^1].Id.Value);
        Assert.Equal((0, "withdrawn  Cai"), Told(await Publish("withdraw", "--by Cai --why \"The figure is wrong.\"")));
        Assert.Equal("The figure is wrong.", Corpus.Load(Content).Catalogue.Find("lamp-hire")!.Versions[^1].Details.Withdrawn!.Why);
        Assert.Equal((1, "refused    Cai"), Told(await Publish("now", "--by Cai")));
        Assert.Contains("2 agreements, 3 versions, 0 problems, ", (await TermsCommand.Run($"lint {Content}")).Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_was_overtaken_says_how_it_is_merged_and_goes_on_from_the_newer_version()
    {
        var content = ContentFiles.Load(Path.Combine(Repository.Root, "tests/catalogues/base"));
        var newer = ContentFiles.Load(Path.Combine(Repository.Root, "tests/catalogues/good/two-versions")).Below("agreements/lamp-hire/2025-07-01");
        content.With("agreements/lamp-hire/2025-07-01", newer).WriteTo(Content);
        ContentFiles.Load(Path.Combine(Repository.Root, Example)).WriteTo(Draft);

        var (status, says) = await TermsCommand.Run($"publish check {Draft} --content {Content}");
        Assert.Equal(1, status);
        Assert.Contains("lamp-hire/2025-07-01 has been published since the draft was made from 2025-01-01. Merge the draft with it.", says, StringComparison.Ordinal);
        Assert.Contains($"with: terms publish merge {Draft} --by NAME", says, StringComparison.Ordinal);
        var (merged, line) = await Publish("merge", "--by Eva --take version");
        Assert.Equal((0, "edited     Eva  revision 5: merged with lamp-hire/2025-07-01"), (merged, line[22..].Trim()));

        Assert.Contains("60 krone", File.ReadAllText(Path.Combine(Draft, "terms.en.md")), StringComparison.Ordinal);
        Assert.DoesNotContain("has been published since", (await TermsCommand.Run($"publish check {Draft} --content {Content}")).Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_goes_its_whole_way_as_files_and_what_is_refused_says_why()
    {
        ContentFiles.Load(Path.Combine(Repository.Root, "tests/catalogues/base")).WriteTo(Content);
        Assert.Equal((0, $"Began a draft in {Draft} from lamp-hire/2025-01-01."), await Publish("start", "--agreement lamp-hire --by Anna"));
        var text = Path.Combine(Draft, "terms.en.md");
        await File.WriteAllTextAsync(text, (await File.ReadAllTextAsync(text)).Replace("are reported within three days", "are reported within three days, unless nobody noticed", StringComparison.Ordinal));
        var (status, said) = await Publish("check", "");
        Assert.Equal(1, status);
        Assert.StartsWith("unsaved  The files were changed since the last step. Say who has written them with `terms publish save`.", said, StringComparison.Ordinal);
        Assert.Contains("key: facts/report", said, StringComparison.Ordinal);
        Assert.Contains("key: en.1 2.2>2.2", said, StringComparison.Ordinal);
        Assert.Contains("accept: its code and clause under `accepted` in version.yaml, with the reason", said, StringComparison.Ordinal);

        await Taken("save", "--by Anna --what \"clause 2.2\"", "edited     Anna  revision 2: clause 2.2");
        await File.AppendAllTextAsync(Path.Combine(Draft, "version.yaml"), "accepted:\n  - { code: TW605, clause: \"1.1\", why: \"The text gives none.\" }\n");
        await Taken("save", "--by Anna --what \"an accepted finding\"", "edited     Anna  revision 3: an accepted finding");
        await Taken("submit", "--by Anna", "submitted  Anna");
        await Refused("approve", "--by Bo --why \"Read it.\"", "Bo  Approved: The words under `facts/report` have changed. Read them, mend the fact if it says otherwise, and confirm it.");
        await Taken("comment", "--by Bo --clause 2.2 --why \"Who notices?\"", "commented  Bo  remark 1 on 2.2: Who notices?");
        await Taken("confirm", "facts/report --by Anna --why \"Three days, as before.\"", "edited     Anna  revision 4: confirmed facts/report");
        await Taken("classify", "\"en.1 2.2>2.2\" --as substantive --by Anna --why \"A duty has an exception.\"", "edited     Anna  revision 5: classified en.1 2.2>2.2 as substantive");
        await Taken("submit", "--by Anna", "submitted  Anna");
        await Refused("approve", "--by Anna --why \"I wrote it.\"", "Approved: Nobody approves a draft that they have written in. Ask somebody else.");
        await Taken("approve", "--by Bo --why \"Read it all.\"", "approved   Bo  Read it all.");
        await Taken("schedule", $"--by Cai --announced {Day(1)} --effective {Day(60)}", "scheduled  Cai");
        await Taken("now", "--by Cai", $"published  Cai  lamp-hire/{Day(60)} sha256:");

        Assert.Contains("unless nobody noticed", Corpus.Load(Content).Catalogue.Find("lamp-hire")!.Versions[^1].Texts[0].Find("2.2")!.Text, StringComparison.Ordinal);
        Assert.Equal(13, (await Publish("log", "", withContent: false)).Printed.Split('\n').Length);

        async Task Taken(string verb, string rest, string says) => Says(0, says, await Publish(verb, rest));

        async Task Refused(string verb, string rest, string says) => Says(1, says, await Publish(verb, rest));

        static void Says(int status, string says, (int Status, string Printed) ran)
        {
            Assert.Contains(says, ran.Printed, StringComparison.Ordinal);
            Assert.Equal(status, ran.Status);
        }
    }

    [Fact]
    public async Task A_remark_is_answered_settled_and_opened_again_by_its_number()
    {
        ContentFiles.Load(Path.Combine(Repository.Root, "tests/catalogues/base")).WriteTo(Content);
        ContentFiles.Load(Path.Combine(Repository.Root, Example)).WriteTo(Draft);

        await Says(0, "commented  Bo  remark 1 on 2.2: Who notices?", "comment", "--by Bo --clause 2.2 --why \"Who notices?\"");
        await Says(0, "commented  Anna  answer to remark 1: The hirer.", "answer", "1 --by Anna --why \"The hirer.\"");
        await Says(0, "commented  Bo  remark 3: Well written.", "comment", "--by Bo --why \"Well written.\"");
        Assert.Contains("remark   1 on 2.2, Bo: Who notices?\n         Anna: The hirer.\nremark   3, Bo: Well written.\nScheduled at revision 4, 0 against it", await Checked(), StringComparison.Ordinal);
        await Says(0, "settled    Bo  remark 1", "settle", "1 --by Bo");
        await Says(1, "refused    Anna  Settled: The remark is settled already.", "settle", "1 --by Anna");
        await Says(1, "refused    Bo  Settled: There is no remark 2 that began a thread. Look at the remarks again.", "settle", "2 --by Bo");
        await Says(1, "refused    Bo  Commented: There is no remark 7 that began a thread. Look at the remarks again.", "answer", "7 --by Bo --why \"So.\"");
        await Says(2, "first is not the number of a remark. Send one that `terms publish check` or `log` shows.", "settle", "first --by Bo");
        await Says(2, "Unrecognized command or argument '--clause'.", "answer", "1 --clause 2.2 --by Bo --why \"So.\"");
        Assert.StartsWith("remark   3, Bo: Well written.\nScheduled", await Checked(), StringComparison.Ordinal);
        await Says(0, "commented  Anna  answer to remark 1: And who is away?", "answer", "1 --by Anna --why \"And who is away?\"");

        Assert.StartsWith("remark   1 on 2.2, Bo: Who notices?\n         Anna: The hirer.\n         Anna: And who is away?\nremark   3", await Checked(), StringComparison.Ordinal);
        var log = (await Publish("log", "", withContent: false)).Printed;
        Assert.Contains("commented  Bo  remark 3: Well written.\n", log, StringComparison.Ordinal);
        Assert.EndsWith("answer to remark 1: And who is away?", log, StringComparison.Ordinal);

        async Task Says(int status, string says, string verb, string rest)
        {
            var ran = await Publish(verb, rest);
            Assert.Contains(says, ran.Printed, StringComparison.Ordinal);
            Assert.Equal(status, ran.Status);
        }

        async Task<string> Checked() => (await Publish("check", "")).Printed;
    }

    [Theory]
    [InlineData("check no-such-folder", "There is no draft in no-such-folder: it has no events.jsonl. Begin one with `terms publish start`.")]
    [InlineData("classify " + Example + " nothing --as editorial --by Anna --why x --content tests/catalogues/base", "There is no change to classify with the key nothing. There are: en.1 2.2>2.2.")]
    [InlineData("check " + Example + " --announced 2027-01-01 --content tests/catalogues/base", "Send --announced and --effective together.")]
    [InlineData("start Not_A_Name --agreement lamp-hire --by Anna --content tests/catalogues/base", "`Not_A_Name` is not a draft's name. Use lower-case letters, digits and hyphens, at most 64.")]
    [InlineData("start new-draft --agreement lamp-hire --from 1999-01-01 --by Anna --content tests/catalogues/base", "lamp-hire has no version 1999-01-01. Send one of: 2025-01-01.")]
    public async Task A_wrong_call_says_what_to_send(string arguments, string says) => Assert.Equal((2, says), await TermsCommand.Run($"publish {arguments}"));

    [Fact]
    public async Task What_a_store_has_published_is_exported_as_files_that_load_to_the_same_digests()
    {
        await using var application = new AcceptanceApplication();
        var current = application.Services.GetRequiredService<CurrentCatalogue>();
        var (draft, events) = ScheduledDraft.Of(current.Now.Resolver, "draft-1", ScheduledDraft.Plan("2025-06-01", "2025-09-01"), application.Now);
        Assert.IsType<Published>(await current.Publish(() => (draft, Publication.Of(events)), ScheduledDraft.Publisher, application.Now, _ => []));

        var (status, printed) = await TermsCommand.Run($"export --content {application.Content} --data {application.Data} --content-to {Content}");

        Assert.True(status == 0, printed);
        Assert.Equal(Digests(current.Now.Corpus), Digests(Corpus.Load(Content)));
        Assert.Contains("lamp-hire/2025-09-01", Digests(Corpus.Load(Content)).Keys);
        Assert.DoesNotContain("2025-09-01", string.Concat(Corpus.Load(application.Content).Files.Paths), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_alone_is_the_new_folder_to_which_the_whole_catalogue_is_written()
    {
        var written = Path.Combine(Path.GetDirectoryName(Content)!, "written");

        var (status, printed) = await TermsCommand.Run($"export --content {written}");

        Assert.True(status == 0, printed);
        Assert.Equal(Digests(Corpus.Load(Path.Combine(Repository.Root, "content"))), Digests(Corpus.Load(written)));
        Assert.Equal((2, $"{written} is there already. Name a folder that does not exist, or is empty."), await TermsCommand.Run($"export --content {written}"));
    }

    private Task<(int Status, string Printed)> Publish(string verb, string rest, bool withContent = true) => TermsCommand.Run($"publish {verb} {Draft} {rest}{(withContent ? $" --content {Content}" : "")}");

    /// <summary>The status, the step, and who took it.</summary>
    private static (int, string) Told((int Status, string Printed) ran) => (ran.Status, ran.Printed.Length > 36 ? ran.Printed[22..36].TrimEnd() : ran.Printed);

    private static string Day(int ahead) => DateOnly.FromDateTime(DateTime.UtcNow).AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static SortedDictionary<string, string> Digests(Corpus corpus) =>
        new(corpus.Catalogue.Agreements.SelectMany(a => a.Versions).ToDictionary(v => v.Path, v => $"{v.TextDigest} {v.States[^1].Digest}"), StringComparer.Ordinal);
}
