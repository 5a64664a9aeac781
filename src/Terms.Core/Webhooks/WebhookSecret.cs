using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Terms.Webhooks;

/// <summary>
/// The secret that a webhook's messages are signed with: HMAC-SHA256 (RFC 2104) as Standard Webhooks 1.0.0 writes it. Unlike the key of a service it is kept as it is, because it is needed
/// for every signature.
/// </summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private readonly byte[] key;

    private WebhookSecret(byte[] key) => this.key = key;

    /// <summary>32 random bytes.</summary>
    public static WebhookSecret New() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads a secret: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static WebhookSecret Parse(string text)
    {
        var bytes = new byte[64];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) && length >= 24
            ? new WebhookSecret(bytes[..length])
            : throw new FormatException("The secret of a webhook is `whsec_` and 24 to 64 bytes in base64.");
    }

    /// <summary>The value of <c>webhook-signature</c>: <c>v1,</c> and the code over id, timestamp and body, each behind a full stop, in base64.</summary>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="at">When the message is sent; <c>webhook-timestamp</c> has it in whole seconds since 1970.</param>
    /// <param name="body">The body as it is sent.</param>
    public string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var code = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        code.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")));
        code.AppendData(body);
        return "v1," + Convert.ToBase64String(code.GetHashAndReset());
    }

    /// <summary>The secret as receivers are given it.</summary>
    public override string ToString() => Prefix + Convert.ToBase64String(key);
}
