using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;

namespace Terms.Web.Editing;

/// <summary>Who sends a request, with the rights that they have at this moment.</summary>
/// <param name="Account">Who.</param>
/// <param name="Session">Their session.</param>
/// <param name="FormToken">What every form of theirs carries: another site cannot know it, and it opens nothing in another session.</param>
public sealed record SignedIn(EditorAccount Account, EditorSession Session, string FormToken)
{
    /// <summary>The person as the workflow sees them.</summary>
    public Editor Editor { get; } = Account.Editor;

    /// <summary>Whether they write drafts, of all agreements or of some.</summary>
    public bool IsDrafter => Editor.Grants.Any(g => g.Role == EditorRole.Drafter);

    /// <summary>Whether they are an auditor, of all agreements or of some.</summary>
    public bool IsAuditor => Editor.Grants.Any(g => g.Role == EditorRole.Auditor);

    /// <summary>Whether they are an auditor of all agreements.</summary>
    public bool IsAuditorOfAll => Editor.Grants.Contains(new Grant(EditorRole.Auditor));

    /// <summary>The agreements whose events they may read as an auditor; null for every event, those about people included.</summary>
    public ImmutableArray<AgreementId>? Audited =>
        IsAuditorOfAll ? null : [.. Editor.Grants.Where(g => g.Role == EditorRole.Auditor).Select(g => g.Agreement).OfType<AgreementId>()];

    /// <summary>Whether a form came from a page of this session.</summary>
    public bool Sent(string? formToken) => IsSame(formToken, FormToken);

    /// <summary>The token of forms that belongs to a secret of the browser (HMAC-SHA256, RFC 2104).</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="purpose">What the forms are for, so that those of one never pass for those of another.</param>
    internal static string TokenOf(string secret, string purpose) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes(purpose)));

    /// <summary>Compares in a time that tells nothing.</summary>
    internal static bool IsSame(string? sent, string expected) => sent is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(expected));
}
