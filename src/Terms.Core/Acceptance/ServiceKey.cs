using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Terms.Acceptance;

/// <summary>A key that a service acts with. The secret is shown once, when the key is made; only its hash is kept.</summary>
public sealed partial class ServiceKey
{
    /// <summary>What a key can allow: to create presentations, record acceptances, read them, import, export, erase details, hold them; to tell people of new versions.</summary>
    public static readonly ImmutableArray<string> KnownScopes = ["present", "record", "read", "import", "export", "erase", "hold", "notices"];

    private readonly byte[] hash;

    /// <summary>Checks the members.</summary>
    /// <param name="id">Lower-case letters, digits and hyphens, 1 to 40.</param>
    /// <param name="name">Whose key it is, in words: 1 to 100 printable characters.</param>
    /// <param name="scopes">What it allows.</param>
    /// <param name="secretHash">The digest of the secret.</param>
    /// <param name="returnAddresses">Where readers may be sent back to.</param>
    /// <param name="revoked">When it was revoked; null if it was not.</param>
    /// <exception cref="ArgumentException">A member is malformed.</exception>
    public ServiceKey(string id, string name, ImmutableArray<string> scopes, string secretHash, ImmutableArray<ReturnAddress> returnAddresses, DateTimeOffset? revoked = null)
    {
        Id = IsId(id) ? id : throw new ArgumentException("The id of a key has 1 to 40 lower-case letters, digits and hyphens, such as shop-web.");
        Name = PlainText.Checked(name, 100, "name");
        Scopes = scopes.FirstOrDefault(s => !KnownScopes.Contains(s)) is { } unknown
            ? throw new ArgumentException($"The scope `{unknown}` is not known. Use: {string.Join(", ", KnownScopes)}.")
            : scopes;
        SecretHash = PlainText.Digest(secretHash, "secretHash");
        hash = Digests.Bytes(SecretHash);
        ReturnAddresses = returnAddresses;
        Revoked = revoked;
    }

    /// <summary>Its name in tokens and records.</summary>
    public string Id { get; }

    /// <summary>Whose key it is, in words.</summary>
    public string Name { get; }

    /// <summary>What it allows.</summary>
    public ImmutableArray<string> Scopes { get; }

    /// <summary>The digest of the secret. The secret has 256 random bits, so that a plain hash suffices.</summary>
    public string SecretHash { get; }

    /// <summary>Where readers may be sent back to.</summary>
    public ImmutableArray<ReturnAddress> ReturnAddresses { get; }

    /// <summary>When it was revoked; null if it was not.</summary>
    public DateTimeOffset? Revoked { get; }

    /// <summary>A new secret: 32 random bytes in base64url.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The hash under which a secret is kept.</summary>
    public static string Hash(string secret) => Digests.Of(Encoding.UTF8.GetBytes(secret));

    /// <summary>What a service sends: <c>tk_</c>, the id, <c>_</c> and the secret.</summary>
    public static string Token(string id, string secret) => $"tk_{id}_{secret}";

    /// <summary>Takes apart what a service sent.</summary>
    public static bool TrySplit(string? token, out string id, out string secret)
    {
        (id, secret) = ("", "");
        if (token is not { Length: <= 128 } || !token.StartsWith("tk_", StringComparison.Ordinal) || token.IndexOf('_', 3) is not (> 3 and var end))
        {
            return false;
        }
        (id, secret) = (token[3..end], token[(end + 1)..]);
        return IsId(id) && secret.Length == 43 && Base64Url.IsValid(secret);
    }

    /// <summary>Whether a secret is the one of this key, compared in a time that tells nothing; never for a key that was revoked.</summary>
    public bool Opens(string secret) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), hash) && Revoked is null;

    /// <summary>Whether the key allows something.</summary>
    public bool Allows(string scope) => Scopes.Contains(scope);

    /// <summary>Whether a reader may be sent to an address.</summary>
    public bool MayReturnTo(string address) => ReturnAddresses.Any(r => r.Covers(address));

    private static bool IsId(string text) => text.Length <= 40 && IdShape().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex IdShape();
}

/// <summary>An address below which readers may be sent back: exact scheme, host and port, and a path that ends at a segment.</summary>
public sealed record ReturnAddress
{
    /// <summary>No address is longer.</summary>
    public const int Longest = 2000;

    private readonly Uri address;

    /// <summary>Checks the address.</summary>
    /// <exception cref="ArgumentException">It is not https (or http on the loopback), or has user information, a query or a fragment.</exception>
    public ReturnAddress(string text)
    {
        address = Parse(text) is { Query: "" } found
            ? found
            : throw new ArgumentException($"A return address is an https address without user information, query and fragment, such as https://shop.example/welcome; http is allowed for 127.0.0.1, ::1 and localhost.");
        Text = text;
    }

    /// <summary>The address as it was registered.</summary>
    public string Text { get; }

    /// <summary>Whether another address has the same scheme, host and port, and a path that is this one's or goes on from it at a segment. It may have a query.</summary>
    public bool Covers(string other)
    {
        if (Parse(other) is not { } wanted || wanted.Scheme != address.Scheme || wanted.IdnHost != address.IdnHost || wanted.Port != address.Port)
        {
            return false;
        }
        var path = address.AbsolutePath.TrimEnd('/');
        return wanted.AbsolutePath.StartsWith(path, StringComparison.Ordinal) && (wanted.AbsolutePath.Length == path.Length || wanted.AbsolutePath[path.Length] == '/');
    }

    /// <summary>An address that can be trusted to mean what it looks like; null for any other.</summary>
    private static Uri? Parse(string text)
    {
        if (text.Length > Longest || text.Any(c => c is <= ' ' or > '~' or '\\') || text.Contains('#', StringComparison.Ordinal)
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || text.Contains('@', StringComparison.Ordinal) || HidesPath(text))
        {
            return null;
        }
        return uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) ? uri : null;
    }

    /// <summary>Whether the path has steps or separators that one program resolves and another does not.</summary>
    private static bool HidesPath(string text)
    {
        var path = text.Split('?')[0];
        return path.Contains("/.", StringComparison.Ordinal) || path.Contains("%2e", StringComparison.OrdinalIgnoreCase) || path.Contains("%2f", StringComparison.OrdinalIgnoreCase)
            || path.Contains("%5c", StringComparison.OrdinalIgnoreCase) || path.Contains("%25", StringComparison.OrdinalIgnoreCase);
    }
}
