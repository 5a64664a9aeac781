using System.Net;

namespace Terms.Client;

/// <summary>
/// Tries again what the service could not take at the moment. It is safe for every call: reading changes nothing, an act carries its idempotency key, and a presentation that was made
/// twice is answered once.
/// </summary>
internal sealed class Retrying(int tries, TimeProvider clock) : DelegatingHandler
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                var response = await base.SendAsync(request, cancellation).ConfigureAwait(false);
                if (attempt >= tries || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                {
                    return response;
                }
                wait = TermsClient.RetryAfter(response) ?? Wait(attempt);
                if (wait > LongestWait)
                {
                    return response;
                }
                response.Dispose();
            }
            catch (HttpRequestException) when (attempt < tries)
            {
                wait = Wait(attempt);
            }
            await Task.Delay(wait, clock, cancellation).ConfigureAwait(false);
        }
    }

    private static TimeSpan Wait(int attempt) => FirstWait * Math.Pow(2, attempt - 1);
}
