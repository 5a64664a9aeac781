using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Terms.Export;

namespace Terms.Web.Tests.Endpoints;

public sealed class RedlineTests(TermsApplication application) : IClassFixture<TermsApplication>
{
    private readonly HttpClient client = application.CreateClient();

    [Theory]
    [InlineData("free-membership/redline?from=2024-07-12&to=2025-04-01", "free-membership-2024-07-12-en-to-2025-04-01-en.docx")]
    [InlineData("merchant-service/redline?from=2022-01-01&to=2022-01-01&toRendering=2", "merchant-service-2022-01-01-en-to-2022-01-01-en-2.docx")]
    [InlineData("free-membership/versions/2025-04-01/text?format=docx", "free-membership-2025-04-01-en.docx")]
    [InlineData("privacy-policy-ru/versions/2019-01-17/text?format=docx", "privacy-policy-ru-2019-01-17-ru.docx")]
    public async Task A_Word_file_is_sent_as_an_attachment_under_a_plain_name(string path, string name)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/agreements/" + path, UriKind.Relative));
        var bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(WordExport.MediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(name, response.Content.Headers.ContentDisposition.FileName!.Trim('"'));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.NotNull(zip.GetEntry("word/document.xml"));
    }

    [Fact]
    public async Task The_same_redline_has_the_same_bytes_and_is_not_sent_twice()
    {
        var address = new Uri("/api/v1/agreements/free-membership/redline?from=2024-07-12&to=2025-04-01", UriKind.Relative);
        using var first = await client.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("no-such-agreement/redline?from=2024-07-12&to=2025-04-01", 404, "unknown-agreement", "free-membership")]
    [InlineData("free-membership/redline?from=2020-01-01&to=2025-04-01", 404, "unknown-version", "2024-07-12, 2025-04-01")]
    [InlineData("free-membership/redline?from=2024-07-12", 400, "invalid-parameter", "`to` is missing. Send one of: 2024-07-12, 2025-04-01.")]
    [InlineData("free-membership/redline?from=2024-07-12&to=2025-04-01&lang=ru", 400, "invalid-parameter", "lang=en&fromRendering=1")]
    [InlineData("free-membership/redline?from=2024-07-12&to=2025-04-01&toRendering=2", 400, "invalid-parameter", "lang=en&toRendering=1")]
    [InlineData("free-membership/redline?from=2024-07-12&to=2025-04-01&format=pdf", 400, "invalid-parameter", "from, to")]
    public async Task What_cannot_be_compared_is_named(string path, int status, string type, string says)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/agreements/" + path, UriKind.Relative));
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal(status, (int)response.StatusCode);
        Assert.EndsWith("/" + type, body.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains(says, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
