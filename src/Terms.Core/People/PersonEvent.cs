using System.Collections.Immutable;
using System.Text.Json;
using Terms.Catalogue;

namespace Terms.People;

/// <summary>What happened about an account.</summary>
public enum PersonStep
{
    /// <summary>Somebody signed in.</summary>
    SignedIn,

    /// <summary>Somebody tried to sign in and was refused.</summary>
    SignInRefused,

    /// <summary>The account was locked after failures.</summary>
    Locked,

    /// <summary>Somebody signed out, of one session or of all.</summary>
    SignedOut,

    /// <summary>The account was made.</summary>
    Added,

    /// <summary>The account got another password.</summary>
    PasswordSet,

    /// <summary>The account got a role.</summary>
    Granted,

    /// <summary>The account lost a role.</summary>
    Revoked,

    /// <summary>The account was disabled.</summary>
    Disabled,

    /// <summary>The account was opened again.</summary>
    Enabled,

    /// <summary>Somebody asked for something that their roles do not open.</summary>
    Denied,

    /// <summary>The events were read out as a file.</summary>
    Exported,

    /// <summary>The account got a passkey.</summary>
    PasskeyAdded,

    /// <summary>The account lost a passkey.</summary>
    PasskeyRemoved,

    /// <summary>Somebody had messages sent to a webhook again.</summary>
    Replayed,

    /// <summary>Somebody tried to add a passkey and was refused.</summary>
    PasskeyRefused,

    /// <summary>A webhook was made.</summary>
    WebhookAdded,

    /// <summary>A webhook was disabled.</summary>
    WebhookDisabled,

    /// <summary>Somebody asked for something, by a form or at the command line, and was refused.</summary>
    RequestRefused,
}

/// <summary>
/// Something that happened about an account, or that somebody did beside the drafts. Events are only ever added. They hold no password, and no name that nobody has: what was typed there may be a password. Texts are brought to
/// Unicode NFC.
/// </summary>
public sealed record PersonEvent
{
    /// <summary>Who tried to sign in under a name that nobody has.</summary>
    public const string Nobody = "(nobody)";

    private const string Schema = "terms-person-event/1";
    private const int Longest = 300;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>The steps as they are written, in their order.</summary>
    public static readonly ImmutableArray<string> Words =
        ["signed-in", "sign-in-refused", "locked", "signed-out", "user-added", "password-set", "granted", "revoked", "user-disabled", "user-enabled", "denied", "exported", "passkey-added", "passkey-removed", "messages-replayed",
            "passkey-refused", "webhook-added", "webhook-disabled", "request-refused"];

    /// <summary>Checks the parts.</summary>
    /// <param name="step">What.</param>
    /// <param name="who">Who did it: a name to sign in with, <see cref="Nobody"/>, or what <see cref="Operator"/> gives.</param>
    /// <param name="at">When, by the clock of the machine.</param>
    /// <param name="about">Whose account; null if it is nobody's.</param>
    /// <param name="what">Particulars in words, such as the role; null if there are none.</param>
    /// <exception cref="ArgumentException">A text is empty, too long, or holds control characters or half a character.</exception>
    public PersonEvent(PersonStep step, string who, DateTimeOffset at, string? about, string? what) =>
        (Step, Who, At, About, What) = (step, Checked(who), at, about is null ? null : Checked(about), what is null ? null : Checked(what));

    /// <summary>What.</summary>
    public PersonStep Step { get; }

    /// <summary>Who did it.</summary>
    public string Who { get; }

    /// <summary>When, by the clock of the machine.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Whose account; null if it is nobody's.</summary>
    public string? About { get; }

    /// <summary>Particulars in words; null if there are none.</summary>
    public string? What { get; }

    /// <summary>The step as it is written.</summary>
    public string Word => Words[(int)Step];

    /// <summary>The event of a request that was refused. What was asked for and why it was refused may quote what somebody typed: that is brought into the form of an event, and cut where it is too long.</summary>
    /// <param name="who">Who asked: as the constructor takes it.</param>
    /// <param name="at">When, by the clock of the machine.</param>
    /// <param name="about">Whose account; null if it is nobody's.</param>
    /// <param name="asked">What for: an address, or a verb of the command line.</param>
    /// <param name="because">Why not.</param>
    public static PersonEvent Refusal(string who, DateTimeOffset at, string? about, string asked, string because) => new(PersonStep.RequestRefused, who, at, about, Particulars($"{asked}: {because}"));

    /// <summary>Words as an event takes them: on one line, whole, and not too long.</summary>
    public static string Particulars(string words) => WellFormed.Shortened(WellFormed.OneLine(words).Normalize(), Longest);

    /// <summary>Who does something at the command line, under a name that no account can have.</summary>
    /// <param name="user">Their name on the machine; only its plain characters are taken.</param>
    public static string Operator(string user) => string.Concat(user.Where(c => c is > ' ' and <= '~').Take(60)) is { Length: > 0 } plain ? $"operator {plain}" : "operator (unnamed)";

    /// <summary>The event in canonical JSON (RFC 8785).</summary>
    public byte[] Bytes() => CanonicalJson.Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["schema"] = Schema,
        ["event"] = Word,
        ["who"] = Who,
        ["at"] = At.ToRfc3339(),
        ["about"] = About!,
        ["what"] = What!,
    });

    /// <summary>Reads an event strictly.</summary>
    /// <exception cref="FormatException">It is no event, or not in canonical form.</exception>
    public static PersonEvent Parse(ReadOnlyMemory<byte> bytes)
    {
        PersonEvent read;
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            var json = document.RootElement;
            read = Words.IndexOf(Text("event")!) is var step and >= 0 && Instants.TryParse(Text("at"), out var at)
                ? new PersonEvent((PersonStep)step, Text("who")!, at, Text("about"), Text("what"))
                : throw new FormatException($"`{Text("event")}` at `{Text("at")}` is nothing that happens about an account.");

            string? Text(string name) => json.GetProperty(name).GetString();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"The event cannot be read: {wrong.Message}", wrong);
        }
        return read.Bytes().AsSpan().SequenceEqual(bytes.Span) ? read : throw new FormatException("The event is not in the canonical form of RFC 8785.");
    }

    private static string Checked(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= Longest && !text.Any(char.IsControl) && WellFormed.IsWhole(text) ? text.Normalize()
            : throw new ArgumentException($"A text of an event has 1 to {Longest} characters and no control characters.", nameof(text));
}
