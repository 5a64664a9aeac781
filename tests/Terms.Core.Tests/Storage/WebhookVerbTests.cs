using Terms.Acceptance;
using Terms.People;
using Terms.Storage;
using Terms.Webhooks;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary><c>terms webhook</c>, beside a server.</summary>
public sealed class WebhookVerbTests : IDisposable
{
    private const string Address = "https://shop.example/terms-events";

    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Webhooks_are_made_listed_replayed_and_disabled_while_a_server_runs()
    {
        await using var store = folder.Open();

        var said = await Run(0, "add", "--id", "shop", "--url", Address, "--event", "version.published", "--event", "acceptance.recorded");
        Assert.Contains("The webhook shop. Its secret is shown this once; give it to the receiver.", said, StringComparison.Ordinal);
        var secret = WebhookSecret.Parse(said.Split('\n')[0]);
        var file = folder.Folders.WebhookSecret("shop");
        Assert.Equal(secret.ToString(), (await File.ReadAllTextAsync(file)).Trim());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
        var listed = await Run(0, "list");
        Assert.StartsWith($"shop  {Address}  version.published,acceptance.recorded  made ", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.ToString(), listed, StringComparison.Ordinal);

        await Publish(store, "2027-01-01"); // The server learns of the webhook with its next write.
        Assert.Contains("No such message was sent or given up.", await Run(1, "replay", "shop"), StringComparison.Ordinal);
        var due = Assert.Single(store.Webhooks.Due(Now.AddYears(10)));
        var attempt = await store.Webhooks.Begin(due, Terms.Notices.RetryPolicy.Usual, 0, Now);
        await store.Webhooks.End(due, attempt!.Value, new DeliveryResult(false, true, 410, "Gone."), Terms.Notices.RetryPolicy.Usual, 0, Now);
        Assert.Empty(store.Webhooks.Due(Now.AddYears(10)));
        Assert.Contains("1 to be sent again.", await Run(0, "replay", "shop"), StringComparison.Ordinal);
        Assert.Equal(due.Id, Assert.Single(store.Webhooks.Due(DateTimeOffset.UtcNow.AddMinutes(1))).Id);
        Assert.Contains("No such message was sent or given up.", await Run(1, "replay", "shop", "--message", "msg_none"), StringComparison.Ordinal);

        Assert.Contains("Disabled shop.", await Run(0, "disable", "shop"), StringComparison.Ordinal);
        Assert.Contains(", disabled ", await Run(0, "list"), StringComparison.Ordinal);
        Assert.Empty(store.Webhooks.Due(DateTimeOffset.UtcNow.AddMinutes(1)));
        Assert.Equal(
            [
                "webhook-added shop: version.published, acceptance.recorded to shop.example", "request-refused terms webhook replay shop: No such message was sent or given up.",
                "messages-replayed shop: 1 that had been given up", "request-refused terms webhook replay shop: No such message was sent or given up.", "webhook-disabled shop",
            ],
            Told(store));
        Assert.DoesNotContain(store.Events.After(new(), 0, 10), e => System.Text.Encoding.UTF8.GetString(e.Json.Span).Contains(secret.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_made()
    {
        Assert.Contains("https", await Run(2, "add", "--id", "shop", "--url", "ftp://shop.example", "--event", "version.published"), StringComparison.Ordinal);
        Assert.Contains("lower-case letters, digits and hyphens", await Run(2, "add", "--id", "The Shop", "--url", Address, "--event", "version.published"), StringComparison.Ordinal);
        Assert.Contains("version.publish", await Run(2, "add", "--id", "shop", "--url", Address, "--event", "version.publish"), StringComparison.Ordinal);
        Assert.Contains("--event", await Run(2, "add", "--id", "shop", "--url", Address), StringComparison.Ordinal);
        Assert.Equal("", await Run(0, "list"));

        await Run(0, "add", "--id", "shop", "--url", Address, "--event", "version.published");
        Assert.Contains("shop", await Run(1, "add", "--id", "shop", "--url", Address, "--event", "version.published"), StringComparison.Ordinal);
        Assert.Contains("other", await Run(1, "disable", "other"), StringComparison.Ordinal);
        Assert.Contains("\"yesterday\" is not an instant. Write RFC 3339, such as 2026-05-01T00:00:00Z.", await Run(2, "replay", "shop", "--since", "yesterday"), StringComparison.Ordinal);
        Assert.Contains("Name either --message or --since.", await Run(2, "replay", "shop", "--since", "2026-05-01T00:00:00Z", "--message", "msg_0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_against_a_verb_is_kept_with_who_asked_for_it()
    {
        await Run(0, "add", "--id", "mail", "--url", "https://mail.example/hooks/a-secret?key=another", "--event", "notice.send");
        await Run(1, "add", "--id", "mail", "--url", Address, "--event", "version.published");
        await Run(1, "add", "--id", "post", "--url", Address, "--event", "notice.send");
        await Run(1, "disable", "other");
        await Run(0, "disable", "mail");
        await Run(1, "disable", "mail");
        await Run(1, "replay", "other");

        await using var store = folder.Open();
        Assert.Equal(
            [
                "webhook-added mail: notice.send to mail.example",
                "request-refused terms webhook add: There is a webhook mail already. `terms webhook list` lists them.",
                "request-refused terms webhook add: Notices are sent on by the webhook mail, and by one alone, so that nobody is told twice. Disable it first.",
                "request-refused terms webhook disable: There is no webhook of that name.",
                "webhook-disabled mail",
                "request-refused terms webhook disable: The webhook mail is disabled already.",
                "request-refused terms webhook replay: There is no webhook of that name.",
            ],
            Told(store));
        Assert.Single(store.Webhooks.All());
    }

    private static IEnumerable<string> Told(Store store) => store.Events.After(new(Who: PersonEvent.Operator(Environment.UserName)), 0, 100).Select(e => $"{e.Kind} {PersonEvent.Parse(e.Json).What}");

    private static Task<int> Publish(Store store, string day) => store.Publish([new Publication("lamp-hire", day, "sha256:" + new string('0', 64), null, day, "restatement", Now)]);

    private Task<string> Run(int status, params string[] arguments) => TermsCommand.Run(status, null, ["webhook", .. arguments, "--data", folder.Folders.Data]);
}
