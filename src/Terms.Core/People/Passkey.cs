using System.Buffers.Text;
using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.People;

/// <summary>
/// A passkey (W3C Web Authentication, Level 3): a key pair in somebody's device that signs them in without a password. The device keeps the private half; what is kept here opens nothing. What a device
/// says about its make is not asked for and not kept.
/// </summary>
public sealed record Passkey
{
    /// <summary>The most passkeys of one account.</summary>
    public const int Most = 20;

    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>How a device can be reached, in the words of the standard (section 5.8.4).</summary>
    public static readonly ImmutableArray<string> KnownTransports = ["ble", "hybrid", "internal", "nfc", "smart-card", "usb"];

    private const int LongestId = 1023;

    /// <summary>Checks the parts.</summary>
    /// <param name="id">The credential's id, as the device gave it: 1 to 1023 bytes in base64url (RFC 4648, section 5).</param>
    /// <param name="editor">The name of whose it is.</param>
    /// <param name="handle">What the device knows its owner by: random, so that it tells nothing, and the same for all passkeys of an account (<see cref="NewHandle"/>).</param>
    /// <param name="publicKey">The public half, as the device gave it (COSE_Key, RFC 9052).</param>
    /// <param name="name">What its owner calls it: 1 to 60 printable characters.</param>
    /// <param name="created">When it was added.</param>
    /// <param name="signCount">How often the device says that it has signed; 0 if it does not count.</param>
    /// <param name="transports">How the device can be reached, in words of <see cref="KnownTransports"/>; a hint for browsers.</param>
    /// <param name="isBackupEligible">Whether it may be copied to other devices of its owner.</param>
    /// <param name="isBackedUp">Whether it has been.</param>
    /// <param name="used">When somebody last signed in with it; null if nobody has.</param>
    /// <exception cref="ArgumentException">A part is malformed; the message says what it has to look like.</exception>
    public Passkey(
        string id, string editor, string handle, ImmutableArray<byte> publicKey, string name, DateTimeOffset created, uint signCount, ImmutableArray<string> transports,
        bool isBackupEligible, bool isBackedUp, DateTimeOffset? used = null)
    {
        Id = Base64Url.IsValid(id, out var bytes) && bytes is > 0 and <= LongestId && !id.Contains('=', StringComparison.Ordinal) ? id
            : throw new ArgumentException($"The id of a passkey has 1 to {LongestId} bytes in base64url, without padding.");
        Editor = EditorAccount.IsName(editor) ? editor : throw new ArgumentException("A passkey belongs to the name of an account.");
        Handle = EditorSession.IdOf(handle) is not null ? handle : throw new ArgumentException("What a device knows its owner by has 256 bits in base64url.");
        PublicKey = publicKey is { IsDefaultOrEmpty: false } ? publicKey : throw new ArgumentException("A passkey has a public key.");
        Name = IsName(name) ? name : throw new ArgumentException($"The name of a passkey has 1 to {LongestName} printable characters, none of which turns the direction of writing.");
        Transports = transports.All(KnownTransports.Contains) ? transports : throw new ArgumentException($"A device is reached by {string.Join(", ", KnownTransports)}.");
        (Created, SignCount, IsBackupEligible, IsBackedUp, Used) = (created, signCount, isBackupEligible, isBackedUp, used);
    }

    /// <summary>The credential's id in base64url.</summary>
    public string Id { get; }

    /// <summary>The name of whose it is.</summary>
    public string Editor { get; }

    /// <summary>What the device knows its owner by.</summary>
    public string Handle { get; }

    /// <summary>The public half (COSE_Key, RFC 9052).</summary>
    public ImmutableArray<byte> PublicKey { get; }

    /// <summary>What its owner calls it.</summary>
    public string Name { get; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>How often the device says that it has signed; 0 if it does not count.</summary>
    public uint SignCount { get; }

    /// <summary>How the device can be reached, in words of <see cref="KnownTransports"/>.</summary>
    public ImmutableArray<string> Transports { get; }

    /// <summary>Whether it may be copied to other devices of its owner.</summary>
    public bool IsBackupEligible { get; }

    /// <summary>Whether it has been copied.</summary>
    public bool IsBackedUp { get; }

    /// <summary>When somebody last signed in with it; null if nobody has.</summary>
    public DateTimeOffset? Used { get; }

    /// <summary>
    /// Whether a device can have come from this count to another (Web Authentication, section 6.1.1): it counts on, or never counts. If not, two devices have the same key, and one of them is a copy.
    /// </summary>
    public bool MayCountTo(uint count) => count > SignCount || (count == 0 && SignCount == 0);

    /// <summary>Whether a text can be the name of a passkey.</summary>
    public static bool IsName(string text) => WellFormed.IsPrintable(text, LongestName);

    /// <summary>A new handle: 256 random bits in base64url.</summary>
    public static string NewHandle() => EditorSession.NewToken();
}

/// <summary>Why somebody was not signed in with a passkey, or why one was not added. Events say it; whoever tried to sign in is told the same in every case.</summary>
public enum PasskeyRefusal
{
    /// <summary>The challenge was of another browser or session, was used, or is too old.</summary>
    Challenge,

    /// <summary>The device's answer does not hold: the passkey is not known here, or the signature, the site or the challenge in it are others.</summary>
    Answer,

    /// <summary>The device gave its answer to a page of another address, or in a frame.</summary>
    Origin,

    /// <summary>The passkey was removed meanwhile.</summary>
    Removed,

    /// <summary>The account is disabled.</summary>
    Disabled,

    /// <summary>The device has not counted on (<see cref="Passkey.MayCountTo"/>).</summary>
    Counter,

    /// <summary>It is to be added, and is known here already.</summary>
    Known,

    /// <summary>It is to be added, and its owner has as many as they may (<see cref="Passkey.Most"/>).</summary>
    Full,

    /// <summary>It is to be added, and has no name that can be one (<see cref="Passkey.IsName"/>).</summary>
    Unnamed,

    /// <summary>It is to be added, and too many attempts to sign in came from the address, or at once.</summary>
    Crowded,
}

/// <summary>Refusals as events write them.</summary>
public static class PasskeyRefusals
{
    /// <summary>The reason in words.</summary>
    public static string Words(this PasskeyRefusal refusal) => refusal switch
    {
        PasskeyRefusal.Challenge => "passkey: the challenge is not open",
        PasskeyRefusal.Answer => "passkey: the answer does not hold",
        PasskeyRefusal.Origin => "passkey: the answer was given to a page of another address, or in a frame",
        PasskeyRefusal.Removed => "passkey: it has been removed",
        PasskeyRefusal.Disabled => "passkey: the account is disabled",
        PasskeyRefusal.Known => "passkey: it is known here already",
        PasskeyRefusal.Full => "passkey: its owner has as many as they may",
        PasskeyRefusal.Unnamed => "passkey: it was given no name that can be one",
        PasskeyRefusal.Crowded => "passkey: too many attempts to sign in came from the address, or at once",
        _ => "passkey: its counter has not gone on, so there may be a copy of it",
    };
}
