using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Terms.People;

/// <summary>The time for which somebody stays signed in on one browser. Its token is in the browser alone; what is kept is the digest.</summary>
/// <param name="Id">The digest of the token.</param>
/// <param name="Editor">The name of whose it is.</param>
/// <param name="Created">When they signed in.</param>
/// <param name="Seen">When they last did something, to the minute.</param>
public sealed record EditorSession(string Id, string Editor, DateTimeOffset Created, DateTimeOffset Seen)
{
    /// <summary>A session ends when nothing was done for so long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    /// <summary>A session ends after so long in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>What was done last is kept to this exactness, so that not every page is a write.</summary>
    public static readonly TimeSpan Exactness = TimeSpan.FromMinutes(1);

    /// <summary>When it ends if nothing more is done.</summary>
    public DateTimeOffset Ends => Seen + Idle < Created + Longest ? Seen + Idle : Created + Longest;

    /// <summary>Whether it has not ended.</summary>
    public bool IsOpen(DateTimeOffset now) => now < Ends;

    /// <summary>Whether what is kept of the last action has grown too old.</summary>
    public bool IsStale(DateTimeOffset now) => now - Seen >= Exactness;

    /// <summary>A new token: 256 random bits in base64url (RFC 4648, section 5).</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The digest under which a session is kept; null if the text cannot be a token.</summary>
    public static string? IdOf(string? token) => token is { Length: 43 } && Base64Url.IsValid(token) ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token))) : null;
}
