using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Terms.Web.Tests.Editing;

/// <summary>Files that are not what they say, under names that are none, sent to the page of new drafts.</summary>
public sealed partial class HostileUploadTests : IAsyncLifetime, IDisposable
{
    private const string Text = "# Lamp Hire Agreement\n\n## 1. Who lends\n\n1.1 The lender lends lamps.\n\n1.2 The borrower brings them back.\n";

    private readonly AcceptanceApplication application = new();
    private Visitor anna = null!;

    public async Task InitializeAsync() => anna = await application.Person("anna", "drafter");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => application.Dispose();

    [Theory]
    [InlineData("../../../etc/passwd.md", "passwd.md")]
    [InlineData("C:\\windows\\..\\terms.md", "terms.md")]
    [InlineData("/", "document")]
    [InlineData("..", "..")]
    [InlineData("a\0b\u0001\u001b[31m\u007f.md", "ab[31m.md")]
    [InlineData("lamps\u202Edm.exe", "lampsdm.exe")]
    [InlineData("lamps\u2028\u200B\u2066.md", "lamps.md")]
    [InlineData("<script>alert(1)</script>.md", "script>.md")]
    [InlineData("x\"'><img src=x onerror=alert(1)>.md", "x%22'><img src=x onerror=alert(1)>.md")]
    public async Task The_name_of_a_file_is_words_to_be_shown_and_nothing_else(string name, string shown)
    {
        var report = await Reported(name);

        Assert.Equal(shown, Heading().Match(report).Groups[1].Value);
        var source = await Source(report);
        Assert.Contains($"imported from {shown.Replace("\"", "\\\"", StringComparison.Ordinal)}", source, StringComparison.Ordinal);
        Assert.DoesNotContain(source, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public async Task A_name_of_ten_thousand_letters_is_cut()
    {
        var report = await Reported(new string('a', 10_000) + ".md");

        Assert.Equal($"{new string('a', 100)}…{new string('a', 16)}.md", Heading().Match(report).Groups[1].Value);
    }

    [Fact]
    public async Task A_Word_file_is_read_as_one_whatever_its_name()
    {
        using var word = await anna.Get("/api/v1/agreements/lamp-hire/versions/2025-01-01/text?format=docx");
        Assert.Equal(HttpStatusCode.OK, word.StatusCode);
        var bytes = await word.Content.ReadAsByteArrayAsync();
        foreach (var name in new[] { "lamps.docx", "lamps.png", "lamps" })
        {
            using var answer = await anna.Upload(name, bytes);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, html);
            Assert.Contains("Lamp Hire Agreement", html, StringComparison.Ordinal);
            Assert.Contains("id=\"make\"", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("bomb", 422, "")]
    [InlineData("picture", 422, "lamps.docx")]
    [InlineData("truncated", 422, "lamps.docx")]
    [InlineData("too large", 413, "It is larger than 16 MB.")]
    [InlineData("empty", 400, "Choose a file, or paste text.")]
    public async Task What_cannot_be_read_is_refused_with_the_reason_and_nothing_is_made(string kind, int status, string says)
    {
        using var answer = await anna.Upload("lamps.docx", kind switch
        {
            "bomb" => HostileFile.Bomb(),
            "picture" => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, (byte)'I', (byte)'H', (byte)'D', (byte)'R'],
            "truncated" => (await (await anna.Get("/api/v1/agreements/lamp-hire/versions/2025-01-01/text?format=docx")).Content.ReadAsByteArrayAsync())[..2000],
            "too large" => new byte[(16 * 1024 * 1024) + 1],
            _ => [],
        });

        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(says, html, StringComparison.Ordinal);
        Assert.Contains("class=\"errors\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/workbench/new?agreement=lamp-hire\"", html, StringComparison.Ordinal); // The other ways are still there.
        Assert.DoesNotContain("Exception", html, StringComparison.Ordinal);
        Assert.Empty(application.Logged(new(Kind: "drafted")));
    }

    [Fact]
    public async Task A_file_and_pasted_text_together_are_neither_taken()
    {
        using var answer = await anna.Upload("lamps.md", Encoding.UTF8.GetBytes(Text), "Other words.");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("A file and pasted text came together. Send one of them.", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_writes_no_drafts_finds_no_page_of_new_ones_and_has_nothing_read()
    {
        var olga = await application.Person("olga", "auditor", "reviewer", "publisher");
        await olga.Page("/workbench/new", 404);
        var token = await olga.Token("/workbench");
        foreach (var step in new[] { "version", "document", "draft" })
        {
            using var answer = await olga.Post($"/workbench/new/{step}", token, ("text", Text), ("agreement", "lamp-hire"), ("version", "2025-01-01"), ("name", "mine"));
            Assert.Equal((step, HttpStatusCode.NotFound), (step, answer.StatusCode));
        }
    }

    /// <summary>The page with the report on a text under a name.</summary>
    private async Task<string> Reported(string name)
    {
        using var answer = await anna.Upload(name, Encoding.UTF8.GetBytes(Text));
        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, html);
        Assert.DoesNotMatch("<script>alert|<img src=x", html);
        return WebUtility.HtmlDecode(html);
    }

    /// <summary>The file with what is known of the version, in the draft that is made of what was reported on.</summary>
    private async Task<string> Source(string report)
    {
        using var made = await anna.Post("/workbench/new/draft", EditingPeople.FormToken().Match(report).Groups[1].Value, ("key", Key().Match(report).Groups[1].Value), ("agreement", "lamp-hire"), ("name", "lamps"), ("text", "0"));
        Assert.True(made.StatusCode == HttpStatusCode.SeeOther, await made.Content.ReadAsStringAsync());
        var draft = made.Headers.Location!.OriginalString.Split('?')[0];
        Assert.DoesNotMatch("<script>alert|<img src=x", await anna.Page(draft));
        return application.Store().Drafts.Newest(draft.Split('/')[^1])!.Files.Text("version.yaml")!;
    }

    [GeneratedRegex("<h1>Import of (.+?)</h1>", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex("name=\"key\" value=\"([^\"]+)\"")]
    private static partial Regex Key();
}
