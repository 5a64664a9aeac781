using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terms.Acceptance;
using Terms.Notices;
using Terms.Storage;

namespace Terms.Web.Tests;

/// <summary>The real host with a store of its own, a clock that tests set, and the invented agreement on the hire of lamps: a new version of it comes into force on 1 July 2025.</summary>
public sealed class AcceptanceApplication : WebApplicationFactory<Program>
{
    public static readonly string[] AllScopes = [.. ServiceKey.KnownScopes];

    private readonly string folder;
    private readonly SettableClock clock = new();
    private int keys;
    private bool isContinued;

    public AcceptanceApplication() : this(Directory.CreateTempSubdirectory("terms-accept-").FullName)
    {
        var catalogues = Path.Combine(Repository.Root, "tests", "catalogues");
        Lay(Path.Combine(catalogues, "base"));
        Lay(Path.Combine(catalogues, "good", "two-versions"));
        var version = Path.Combine(folder, "content", "agreements", "lamp-hire", "2025-07-01", "version.yaml");
        File.WriteAllText(version, File.ReadAllText(version).Replace("classification: editorial", "classification: substantive", StringComparison.Ordinal));
        Store.Create(new StoreFolders(Data), "terms.example", Now);
    }

    private AcceptanceApplication(string folder)
    {
        this.folder = folder;
        Data = Path.Combine(folder, "data");
        ClientOptions.AllowAutoRedirect = false;
    }

    /// <summary>Ends this server, and makes another one over its content and its store, at the same time.</summary>
    public async Task<AcceptanceApplication> StartedAgain()
    {
        isContinued = true;
        var (host, store) = (Services.GetRequiredService<IHost>(), Services.GetRequiredService<Terms.Web.Hosting.ServedStore>());
        await host.StopAsync(); // What was begun is brought to its end.
        await store.DisposeAsync(); // The host and its factory end at once, and neither waits for what the other is disposing.
        await DisposeAsync();
        var again = new AcceptanceApplication(folder) { Now = Now };
        Settings.ToList().ForEach(s => again.Settings[s.Key] = s.Value);
        return again;
    }

    /// <summary>The folder of the content.</summary>
    public string Content => Path.Combine(folder, "content");

    /// <summary>The folder of the store.</summary>
    public string Data { get; }

    /// <summary>Further settings of the server.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal) { ["Terms:SendEverySeconds"] = "0" };

    /// <summary>Whether the shipped content is served, in the place of the invented agreement.</summary>
    public bool HasShippedContent { get; init; }

    /// <summary>Requests allowed per minute and key; 0 is no limit.</summary>
    public int RequestsPerMinuteAndKey { get; init; }

    /// <summary>What the server takes for now; it starts on 1 June 2025.</summary>
    public DateTimeOffset Now
    {
        get => clock.Now;
        set => clock.Now = value;
    }

    public SettableClock Clock => clock;

    /// <summary>Where new keys may send readers.</summary>
    public List<string> ReturnAddresses { get; } = ["https://shop.example/welcome"];

    /// <summary>What is signed with the secret of the store.</summary>
    internal SignedTokens Tokens => Services.GetRequiredService<Terms.Web.Hosting.ServedStore>().Tokens;

    /// <summary>Adds a line to a file of the content, before the server starts.</summary>
    public void AddToContent(string file, string line)
    {
        var path = Path.Combine(folder, "content", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, line + "\n");
    }

    /// <summary>Replaces words in a file of the content, before the server starts.</summary>
    public void ReplaceInContent(string file, string words, string by)
    {
        var path = Path.Combine(folder, "content", file);
        var text = File.ReadAllText(path);
        Assert.Contains(words, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(words, by, StringComparison.Ordinal));
    }

    /// <summary>A client with a new key.</summary>
    public HttpClient Service(params string[] scopes) => Service(out _, scopes);

    /// <summary>A client with a new key, and the key's id.</summary>
    public HttpClient Service(out string id, params string[] scopes)
    {
        id = $"shop-{Interlocked.Increment(ref keys)}";
        var secret = ServiceKey.NewSecret();
        var client = CreateClient();
        new ServiceKeys(new StoreFolders(Data)).Add(new ServiceKeyRow(
            id, "The shop", ServiceKey.Hash(secret), scopes.Length == 0 ? AllScopes : scopes, [.. ReturnAddresses], Now, null));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ServiceKey.Token(id, secret));
        return client;
    }

    public void Revoke(string id) => new ServiceKeys(new StoreFolders(Data)).Revoke(id, Now);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Terms:RequestsPerMinute", "0");
        builder.UseSetting("Terms:RequestsPerMinuteAndKey", RequestsPerMinuteAndKey.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("Terms:Content", HasShippedContent ? Path.Combine(Repository.Root, "content") : Path.Combine(folder, "content"));
        builder.UseSetting("Terms:Data", Data);
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && !isContinued && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Lay(string source)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "expected.txt"))
        {
            var target = Path.Combine(folder, "content", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    public sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>What a service does, in short.</summary>
internal static class ServiceCalls
{
    public static readonly object Buyer = new { residence = "NO", role = "buyer", site = "easy-buy" };

    public const string BuyerQuery = "residence=NO&role=buyer&site=easy-buy";

    public static async Task<JsonElement> Present(this HttpClient service, string subject, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["subject"] = subject, ["customer"] = Buyer, ["surface"] = "signup-web" };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }
        return await Answer(await service.PostAsJsonAsync(new Uri("/api/v1/presentations", UriKind.Relative), body), 201);
    }

    public static Task<HttpResponseMessage> Post(this HttpClient service, object body, string? idempotency = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/acceptances", UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", idempotency ?? Guid.NewGuid().ToString());
        return service.SendAsync(request);
    }

    public static async Task<JsonElement> Accept(this HttpClient service, string subject, string kind = "agree") =>
        await Answer(await service.Post(new { kind, token = (await service.Present(subject)).Text("token") }), 201);

    public static async Task<JsonElement> Get(this HttpClient service, string address, int status = 200) => await Answer(await service.GetAsync(new Uri(address, UriKind.Relative)), status);

    public static Task<JsonElement> Status(this HttpClient service, string subject) => service.Get($"/api/v1/subjects/{Uri.EscapeDataString(subject)}/status?{BuyerQuery}");

    /// <summary>A notice that somebody had by e-mail, or is to have.</summary>
    public static async Task<Notice> Told(this AcceptanceApplication application, string subject, string words, string version = "2025-01-01", Terms.Catalogue.Digest? textDigest = null, NoticeStage upTo = NoticeStage.Sent)
    {
        var known = application.Services.GetRequiredService<Terms.Web.Hosting.CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Version(version)!;
        var (store, now) = (application.Services.GetRequiredService<Terms.Web.Hosting.ServedStore>().Store.Notices, application.Now);
        var notice = new Notice($"n-{Guid.NewGuid():n}", subject, known.Path, textDigest ?? known.TextDigest, "email", "en", "Lamps", [.. System.Text.Encoding.UTF8.GetBytes(words)]);
        await store.Add([new NewNotice(notice, NoticeCarrier.Webhook, $"{subject}@lamps.example", "r")], now);
        foreach (var happened in new NoticeEvent[] { new NoticeAttempted(notice.Id, now), new NoticeSent(notice.Id, now, null) }.Take(upTo - NoticeStage.Queued))
        {
            await store.Note(happened, RetryPolicy.Usual, 0);
        }
        return notice;
    }

    /// <summary>The body of an answer with a status.</summary>
    public static async Task<JsonElement> Answer(HttpResponseMessage response, int status)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} instead of {status}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }

    /// <summary>Asserts a problem of a type, and gives its detail.</summary>
    public static async Task<JsonElement> Refused(this Task<HttpResponseMessage> sent, int status, string type, string says)
    {
        var problem = await Answer(await sent, status);
        Assert.EndsWith("/" + type, problem.Text("type"), StringComparison.Ordinal);
        Assert.Contains(says, problem.Text("detail"), StringComparison.Ordinal);
        return problem;
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
