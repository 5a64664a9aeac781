using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Terms.Web.Tests.Delivery;

/// <summary>The receiver of docs/webhooks.md.</summary>
internal static class ExampleReceiver
{
    // The example begins here.
    /// <summary>Whether a request was signed with the secret within the last five minutes.</summary>
    public static bool IsGenuine(IHeaderDictionary headers, byte[] body, string secret, DateTimeOffset now)
    {
        string id = headers["webhook-id"].ToString(), timestamp = headers["webhook-timestamp"].ToString();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > TimeSpan.FromMinutes(5))
        {
            return false;
        }
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var code = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{id}.{timestamp}.").Concat(body).ToArray());
        return headers["webhook-signature"].ToString().Split(' ').Any(signature => signature.StartsWith("v1,", StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature[3..]), Encoding.ASCII.GetBytes(Convert.ToBase64String(code))));
    }
    // The example ends here.
}
