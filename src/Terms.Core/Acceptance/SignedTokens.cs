using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Terms.Acceptance;

/// <summary>What a token says.</summary>
public enum TokenState
{
    /// <summary>It is ours and in time.</summary>
    Valid,

    /// <summary>It is ours, and its time is over.</summary>
    Expired,

    /// <summary>It is not ours, or was altered.</summary>
    Foreign,
}

/// <summary>What the form of a presentation was signed over.</summary>
/// <param name="Presentation">The id of the presentation.</param>
/// <param name="Subject">Whom it binds.</param>
/// <param name="Customer">The digest of the facts about the customer.</param>
/// <param name="Shown">The digest of what was shown.</param>
/// <param name="Language">The language in which it was shown.</param>
/// <param name="Issued">When it was shown.</param>
/// <param name="Expires">Until when it can be answered.</param>
public sealed record PresentationClaims(string Presentation, string Subject, string Customer, string Shown, string Language, DateTimeOffset Issued, DateTimeOffset Expires);

/// <summary>What a link to somebody's acceptances was signed over.</summary>
/// <param name="Subject">Whose acceptances.</param>
/// <param name="Expires">Until when it opens them.</param>
public sealed record LinkClaims(string Subject, DateTimeOffset Expires);

/// <summary>What the page that asks whether an acceptance shall be withdrawn was signed over.</summary>
/// <param name="Subject">Whose acceptance.</param>
/// <param name="Acceptance">The id of the acceptance.</param>
/// <param name="Expires">Until when it can be answered.</param>
public sealed record WithdrawalClaims(string Subject, string Acceptance, DateTimeOffset Expires);

/// <summary>
/// Signs forms and links: claims as canonical JSON in base64url, a full stop, and their HMAC-SHA256 (RFC 2104). Each purpose has a key of its own, derived from the
/// server's secret, so that a token of one never passes for one of the other.
/// </summary>
public sealed class SignedTokens
{
    /// <summary>No token of ours is longer.</summary>
    public const int Longest = 4096;

    private const int Mac = 32;

    [ThreadStatic]
    private static ConditionalWeakTable<byte[], IncrementalHash>? own; // Of this thread, for each key: to take a key up anew takes as long as hashing the claims.

    private readonly byte[] formKey;
    private readonly byte[] linkKey;
    private readonly byte[] withdrawalKey;

    /// <summary>Takes the secret of the server.</summary>
    /// <param name="secret">32 random bytes or more.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public SignedTokens(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < 32)
        {
            throw new ArgumentException($"The secret that tokens are signed with has {secret.Length} bytes. It needs 32 at least.");
        }
        formKey = HMACSHA256.HashData(secret, "terms-presentation-token/1"u8);
        linkKey = HMACSHA256.HashData(secret, "terms-acceptances-link/1"u8);
        withdrawalKey = HMACSHA256.HashData(secret, "terms-withdrawal-token/1"u8);
    }

    /// <summary>The token of a form.</summary>
    public string Sign(PresentationClaims c) => Sign(formKey, new CanonicalWriter().Object().Member("customer", c.Customer).Member("expires", c.Expires).Member("issued", c.Issued)
        .Member("language", c.Language).Member("presentation", c.Presentation).Member("purpose", "presentation").Member("shown", c.Shown).Member("subject", c.Subject).EndObject().ToArray());

    /// <summary>The last part of a link to somebody's acceptances.</summary>
    public string Sign(LinkClaims c) =>
        Sign(linkKey, new CanonicalWriter().Object().Member("expires", c.Expires).Member("purpose", "acceptances").Member("subject", c.Subject).EndObject().ToArray());

    /// <summary>The token of the page that asks whether to withdraw.</summary>
    public string Sign(WithdrawalClaims c) => Sign(
        withdrawalKey,
        new CanonicalWriter().Object().Member("acceptance", c.Acceptance).Member("expires", c.Expires).Member("purpose", "withdrawal").Member("subject", c.Subject).EndObject().ToArray());

    /// <summary>Reads the token of a form. The claims are there unless it is foreign.</summary>
    public TokenState Read(string? token, DateTimeOffset now, out PresentationClaims? claims)
    {
        claims = Open(formKey, token, static j =>
        {
            var (customer, expires, issued, language, presentation, _, shown) = (j.Text("customer"), j.Instant("expires"), j.Instant("issued"), j.Text("language"), j.Text("presentation"), j.Text("purpose"), j.Text("shown"));
            return new PresentationClaims(presentation, j.Text("subject"), customer, shown, language, issued, expires);
        });
        return State(claims?.Expires, now);
    }

    /// <summary>Reads the last part of a link. The claims are there unless it is foreign.</summary>
    public TokenState Read(string? link, DateTimeOffset now, out LinkClaims? claims)
    {
        claims = Open(linkKey, link, static j =>
        {
            var (expires, _) = (j.Instant("expires"), j.Text("purpose"));
            return new LinkClaims(j.Text("subject"), expires);
        });
        return State(claims?.Expires, now);
    }

    /// <summary>Reads the token of the page that asks whether to withdraw. The claims are there unless it is foreign.</summary>
    public TokenState Read(string? token, DateTimeOffset now, out WithdrawalClaims? claims)
    {
        claims = Open(withdrawalKey, token, static j =>
        {
            var (acceptance, expires, _) = (j.Text("acceptance"), j.Instant("expires"), j.Text("purpose"));
            return new WithdrawalClaims(j.Text("subject"), acceptance, expires);
        });
        return State(claims?.Expires, now);
    }

    private static TokenState State(DateTimeOffset? expires, DateTimeOffset now) => expires is null ? TokenState.Foreign : now < expires ? TokenState.Valid : TokenState.Expired;

    private static string Sign(byte[] key, byte[] payload)
    {
        Span<byte> mac = stackalloc byte[Mac];
        Authenticate(key, payload, mac);
        return $"{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(mac)}";
    }

    private static void Authenticate(byte[] key, ReadOnlySpan<byte> payload, Span<byte> mac)
    {
        var hash = (own ??= []).GetValue(key, static k => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, k));
        hash.AppendData(payload);
        hash.GetHashAndReset(mac);
    }

    private static T? Open<T>(byte[] key, string? token, Func<CanonicalReader, T> read) where T : class
    {
        if (token is not { Length: > 0 and <= Longest } || token.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot)
            || Decoded(token.AsSpan(0, dot)) is not { } payload || Decoded(token.AsSpan(dot + 1)) is not { Length: Mac } mac)
        {
            return null;
        }
        Span<byte> expected = stackalloc byte[Mac];
        Authenticate(key, payload, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, mac))
        {
            return null;
        }
        return CanonicalReader.Read(payload, "token", read);
    }

    /// <summary>The bytes that some characters stand for; null if they are not the one way of writing them.</summary>
    private static byte[]? Decoded(ReadOnlySpan<char> text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(text);
        var end = bytes.Length - (bytes.Length % 3); // Only the last characters can stand for the same bytes as others.
        return text.Length == Base64Url.GetEncodedLength(bytes.Length) && text[(end / 3 * 4)..].SequenceEqual(Base64Url.EncodeToString(bytes.AsSpan(end))) ? bytes : null;
    }
}
