using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Terms.Storage;
using Terms.Webhooks;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>
/// Sends a body to a webhook, signed as Standard Webhooks 1.0.0 says. It follows no redirect, uses no proxy, keeps no cookie, waits for some seconds, and reads nothing of the answer but its status.
/// </summary>
internal sealed class SignedPost(Destinations destinations, ServedStore stored, DeliveryTimes times, TimeProvider clock) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = destinations.Connect,
        ConnectTimeout = times.Patience,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 16 * 1024,
    })
    { Timeout = times.Patience };

    /// <summary>Sends, and says what came of it. What could not be sent is a result like any other; the next attempt is for the caller to make.</summary>
    /// <param name="webhook">Where to.</param>
    /// <param name="id">The id of the message, the same for each attempt.</param>
    /// <param name="body">JSON.</param>
    public async Task<DeliveryResult> Send(Webhook webhook, string id, ReadOnlyMemory<byte> body)
    {
        try
        {
            var secret = WebhookSecret.Parse((await File.ReadAllTextAsync(stored.Store.Folders.WebhookSecret(webhook.Id))).Trim());
            var now = clock.GetUtcNow();
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.UserAgent.ParseAdd("terms-workbench");
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", secret.Sign(id, now, body.Span));
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return Result((int)response.StatusCode);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or UnauthorizedAccessException or FormatException)
        {
            return new DeliveryResult(false, false, null, Said(failed is HttpRequestException { InnerException: DestinationRefusedException refused } ? refused.Message : failed.Message));
        }
        catch (TaskCanceledException)
        {
            return new DeliveryResult(false, false, null, $"There was no answer within {times.Patience.TotalSeconds:0.#} seconds.");
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>What somebody else said, on one line and short.</summary>
    public static string Said(string words)
    {
        var line = new StringBuilder(Math.Min(words.Length, 300));
        foreach (var c in words.AsSpan(0, Math.Min(words.Length, 300)))
        {
            line.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }
        return line.ToString();
    }

    private static DeliveryResult Result(int status) => status switch
    {
        >= 200 and < 300 => new(true, false, status, "The receiver has taken it."),
        >= 300 and < 400 => new(false, false, status, "The receiver led elsewhere, which is not followed. Register the new address."),
        410 or 422 => new(false, true, status, "The receiver refuses it for good."),
        _ => new(false, false, status, "The receiver did not take it."),
    };
}
