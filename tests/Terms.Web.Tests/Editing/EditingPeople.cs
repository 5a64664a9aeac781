using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Terms.People;
using Terms.Storage;
using Terms.Web.Hosting;
using Terms.Web.Tests.Pages;

namespace Terms.Web.Tests.Editing;

/// <summary>People who work on texts, and their browsers.</summary>
internal static partial class EditingPeople
{
    public const string Password = "four words that fit well";

    private static readonly Lazy<string> Hash = new(() => Passwords.Hash(Password));

    /// <summary>An account in the store of the application, with <see cref="Password"/>.</summary>
    public static void AddPerson(this AcceptanceApplication application, string name, params string[] roles) =>
        Accounts(application).Add(new EditorAccount(name, name.ToUpperInvariant(), [.. roles.Select(Roles.Parse)], application.Now), Hash.Value, "operator test");

    public static EditorAccounts Accounts(this AcceptanceApplication application) => new(new StoreFolders(application.Data));

    /// <summary>A browser in which nobody is signed in.</summary>
    /// <param name="application">The application.</param>
    /// <param name="site">The address under which the server is visited; null for http://localhost.</param>
    public static Visitor Visitor(this AcceptanceApplication application, Uri? site = null) =>
        new(application.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = site ?? new Uri("http://localhost") }));

    /// <summary>A browser in which a new person is signed in.</summary>
    public static async Task<Visitor> Person(this AcceptanceApplication application, string name, params string[] roles)
    {
        application.AddPerson(name, roles);
        var browser = application.Visitor();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignIn(name)).StatusCode);
        return browser;
    }

    /// <summary>Signs somebody in, in a real browser.</summary>
    public static async Task SignIn(this IPage page, string name)
    {
        await page.GotoAsync("/workbench/sign-in");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", Password);
        await page.Enter();
        await page.WaitForSelectorAsync(".desk-bar");
    }

    public static IEnumerable<LoggedEvent> Logged(this AcceptanceApplication application, EventFilter? filter = null) => application.Store().Events.After(filter ?? new(), 0, 10_000);

    public static Store Store(this AcceptanceApplication application) => application.Services.GetRequiredService<ServedStore>().Store;

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    internal static partial Regex FormToken();

    [GeneratedRegex("<form method=\"post\"[^>]* action=\"([^\"]+)\".*?</form>", RegexOptions.Singleline)]
    internal static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    internal static partial Regex HiddenFields();
}

/// <summary>A browser: it keeps cookies, and sends forms as the pages have them.</summary>
internal sealed class Visitor(HttpClient client)
{
    /// <summary>The cookies, by name.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public string? Session => Cookies.GetValueOrDefault("terms-session");

    public Task<HttpResponseMessage> Get(string address) => Send(new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative)));

    /// <summary>A page. That of a draft is asked for until it is known what stands against the draft: until then the page says so, and has not everything.</summary>
    public async Task<string> Page(string address, int status = 200)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            using var response = await Get(address);
            var html = await response.Content.ReadAsStringAsync();
            Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} instead of {status}: {html}");
            if (!address.StartsWith("/workbench/drafts/", StringComparison.Ordinal) || !html.Contains("<p role=\"status\">", StringComparison.Ordinal))
            {
                return html;
            }
            Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds < PageTurns.Patience, $"{address} is never checked.");
        }
    }

    /// <summary>The token of the forms on a page.</summary>
    public async Task<string> Token(string page) => EditingPeople.FormToken().Match(await Page(page)).Groups[1].Value;

    /// <summary>Sends a form with a token.</summary>
    public Task<HttpResponseMessage> Post(string address, string? token, params (string Name, string Value)[] fields) => Post(address, token, "same-origin", fields);

    public Task<HttpResponseMessage> Post(string address, string? token, string? site, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields.Concat(token is null ? [] : [("form", token)]).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }
        return Send(request);
    }

    /// <summary>Fills in the first form of a page that is sent to an address. What the page has hidden in it is sent too, unless the fields name it.</summary>
    public async Task<HttpResponseMessage> Fill(string page, string address, params (string Name, string Value)[] fields)
    {
        var form = EditingPeople.Forms().Matches(await Page(page)).First(f => WebUtility.HtmlDecode(f.Groups[1].Value) == address).Value;
        var hidden = EditingPeople.HiddenFields().Matches(form).Select(m => (Name: m.Groups[1].Value, Value: WebUtility.HtmlDecode(m.Groups[2].Value))).Where(h => !fields.Any(f => f.Name == h.Name));
        return await Post(address, null, [.. hidden, .. fields]);
    }

    /// <summary>Sends a file from the page of new drafts, its name as a browser sends it.</summary>
    public async Task<HttpResponseMessage> Upload(string name, byte[] bytes, string text = "")
    {
        const string boundary = "----boundary-of-a-browser";
        var fields = string.Concat(new[] { ("form", await Token("/workbench/new")), ("text", text) }.Select(f => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{f.Item1}\"\r\n\r\n{f.Item2}\r\n"));
        var file = $"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(fields + file), .. bytes, .. Encoding.UTF8.GetBytes($"\r\n--{boundary}--\r\n")]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
        return await Send(new HttpRequestMessage(HttpMethod.Post, new Uri("/workbench/new/document", UriKind.Relative)) { Content = content });
    }

    /// <summary>Fills in the form to sign in.</summary>
    public async Task<HttpResponseMessage> SignIn(string name, string password = EditingPeople.Password, string? to = null) =>
        await Post("/workbench/sign-in", await Token("/workbench/sign-in"), ("name", name), ("password", password), ("to", to ?? ""));

    /// <summary>Signs out, and in again under the same name.</summary>
    public async Task SignInAgain(string name = "anna")
    {
        await Post("/workbench/sign-out", await Token("/workbench"));
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(name)).StatusCode);
    }

    public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        }
        var response = await client.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie.Split('=')[0], cookie.Split('=', 2)[1].Split(';')[0]);
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }
        return response;
    }
}
