using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Terms.Resolution;

namespace Terms.Acceptance;

/// <summary>What a service asked to have shown, to whom. Subject and facts come from the service alone, never from an address that a reader can edit.</summary>
public sealed class Presentation
{
    /// <summary>The format.</summary>
    public const string Schema = "terms-presentation/1";

    /// <summary>The longest time for which a presentation can be open: a week.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private ReadOnlyMemory<byte>? bytes;
    private string? customerDigest;

    /// <summary>Checks every member.</summary>
    /// <param name="subject">Whom it binds: 1 to 200 printable characters.</param>
    /// <param name="actor">Who acts for the subject; null for the subject itself.</param>
    /// <param name="authority">By what authority; required with an actor, and only then.</param>
    /// <param name="act">What is asked for: agree or acknowledge.</param>
    /// <param name="customer">The facts about the customer.</param>
    /// <param name="agreements">The agreements to show, in order.</param>
    /// <param name="since">The version of an agreement that the subject has accepted before, if it has.</param>
    /// <param name="surface">Where it is shown, as the service names it: 1 to 100 printable characters.</param>
    /// <param name="language">The language of the interface; null to follow the reader's browser.</param>
    /// <param name="returnTo">The address to which the reader returns; null for none.</param>
    /// <param name="key">The key of the service.</param>
    /// <param name="secret">80 random bits in base 32, <see cref="PresentationId.NewSecret"/>.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="expires">When it ends: later, by a week at most.</param>
    /// <exception cref="ArgumentException">A member is malformed; the message says what to send.</exception>
    public Presentation(
        string subject, string? actor, string? authority, AcceptanceKind act, Customer customer, ImmutableArray<string> agreements, ImmutableSortedDictionary<string, string> since,
        string surface, string? language, string? returnTo, string key, string secret, DateTimeOffset created, DateTimeOffset expires)
    {
        Subject = PlainText.Checked(subject, 200, "subject");
        Actor = PlainText.OptionalChecked(actor, 200, "actor") is { } other && other != subject ? other : null;
        Authority = PlainText.OptionalChecked(authority, 500, "authority");
        if (Actor is null != Authority is null)
        {
            throw new ArgumentException("`authority` says by what authority an actor acts for the subject: send it if the actor is not the subject, and only then.");
        }
        Act = act is AcceptanceKind.Agree or AcceptanceKind.Acknowledge ? act : throw new ArgumentException("`act` is neither agree nor acknowledge.");
        Customer = customer;
        Agreements = !agreements.IsDefaultOrEmpty && agreements.Length <= AcceptanceRecord.MostAgreements && agreements.Distinct().Count() == agreements.Length
            ? agreements
            : throw new ArgumentException($"`agreements` names 1 to {AcceptanceRecord.MostAgreements} agreements, each once.");
        Since = since;
        Surface = PlainText.Checked(surface, 100, "surface");
        Language = PlainText.OptionalChecked(language, 35, "language");
        ReturnTo = PlainText.OptionalChecked(returnTo, ReturnAddress.Longest, "returnTo");
        Key = PlainText.Checked(key, 64, "key");
        Secret = PresentationId.IsSecret(secret) ? secret : throw new ArgumentException("The secret of a presentation is 80 random bits in base 32.");
        Created = created.ToUniversalTime();
        Expires = expires > created && expires - created <= Longest ? expires.ToUniversalTime() : throw new ArgumentException("A presentation is open for up to a week.");
    }

    /// <summary>Whom it binds.</summary>
    public string Subject { get; }

    /// <summary>Who acts for the subject; null for the subject itself.</summary>
    public string? Actor { get; }

    /// <summary>By what authority.</summary>
    public string? Authority { get; }

    /// <summary>What is asked for.</summary>
    public AcceptanceKind Act { get; }

    /// <summary>The facts about the customer.</summary>
    public Customer Customer { get; }

    /// <summary>The digest of those facts; the token has it.</summary>
    public string CustomerDigest => customerDigest ??= Digests.Of(CustomerFacts.Bytes(Customer));

    /// <summary>The agreements to show, in order.</summary>
    public ImmutableArray<string> Agreements { get; }

    /// <summary>By agreement, the version that the subject has accepted before.</summary>
    public ImmutableSortedDictionary<string, string> Since { get; }

    /// <summary>Where it is shown.</summary>
    public string Surface { get; }

    /// <summary>The language of the interface; null to follow the reader's browser.</summary>
    public string? Language { get; }

    /// <summary>The address to which the reader returns.</summary>
    public string? ReturnTo { get; }

    /// <summary>The key of the service.</summary>
    public string Key { get; }

    /// <summary>80 random bits; the id has them, so that it cannot be guessed.</summary>
    public string Secret { get; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>When it ends, in UTC.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>The canonical bytes, for the store.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes ??= Write();

    /// <summary>Reads canonical bytes back.</summary>
    /// <exception cref="FormatException">They are not such a presentation in canonical form.</exception>
    public static Presentation Parse(ReadOnlyMemory<byte> bytes) => CanonicalReader.Read(bytes, "presentation", json => Read(json, bytes));

    private static Presentation Read(CanonicalReader json, ReadOnlyMemory<byte> bytes)
    {
        var (act, actor, agreements, authority, created) = (json.Text("act"), json.OptionalText("actor"), json.Texts("agreements"), json.OptionalText("authority"), json.Instant("created"));
        var customer = default(Customer);
        var customerBytes = json.Object("customer", facts => customer = CustomerFacts.Read(facts));
        var (expires, key, language, returnTo) = (json.Instant("expires"), json.Text("key"), json.OptionalText("language"), json.OptionalText("returnTo"));
        var (schema, secret) = (json.Text("schema"), json.Text("secret"));
        if (schema != Schema)
        {
            throw new FormatException($"The schema is not {Schema}.");
        }
        var since = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        json.Map("since", agreement => since.Add(agreement, json.Text(agreement)));
        return new Presentation(
            json.Text("subject"), actor, authority, (AcceptanceKind)AcceptanceWords.Kinds.IndexOf(act), customer, agreements, since.ToImmutable(), json.Text("surface"), language, returnTo, key, secret,
            created, expires) { bytes = bytes, customerDigest = Digests.Of(customerBytes.Span) };
    }

    private byte[] Write()
    {
        var json = new CanonicalWriter().Object().Member("act", Act.Word()).Member("actor", Actor).Member("agreements", Agreements).Member("authority", Authority)
            .Member("created", Created).Raw("customer", CustomerFacts.Bytes(Customer)).Member("expires", Expires).Member("key", Key).Member("language", Language)
            .Member("returnTo", ReturnTo).Member("schema", Schema).Member("secret", Secret).Object("since");
        foreach (var (agreement, version) in Since)
        {
            json.Member(agreement, version);
        }
        return json.EndObject().Member("subject", Subject).Member("surface", Surface).EndObject().ToArray();
    }
}

/// <summary>The id of a presentation: its number in the store in base 32, <c>-</c>, and 80 random bits in base 32 (RFC 4648, in lower case).</summary>
public readonly record struct PresentationId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);
    private const int SecretLength = 16;

    /// <summary>The id of a presentation with a number and a secret.</summary>
    public PresentationId(long number, string secret)
    {
        Number = number >= 0 ? number : throw new ArgumentException("Presentations are numbered from 0.");
        Secret = IsSecret(secret) ? secret : throw new ArgumentException("The secret of a presentation is 80 random bits in base 32.");
    }

    /// <summary>The number in the store.</summary>
    public long Number { get; }

    /// <summary>The random bits.</summary>
    public string Secret { get; }

    /// <summary>80 new random bits.</summary>
    public static string NewSecret() => RandomNumberGenerator.GetString(Alphabet, SecretLength);

    /// <summary>Reads an id; anything but the one way of writing it is refused.</summary>
    public static bool TryParse(string? text, out PresentationId id)
    {
        id = default;
        if (text is not { Length: > SecretLength + 1 and <= SecretLength + 13 } || text[^(SecretLength + 1)] != '-')
        {
            return false;
        }
        var digits = text.AsSpan(0, text.Length - SecretLength - 1);
        var number = 0L;
        foreach (var digit in digits)
        {
            var value = Alphabet.IndexOf(digit, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }
            number = (number << 5) | (long)value;
        }
        var secret = text[^SecretLength..];
        if (!IsSecret(secret) || (digits.Length > 1 && digits[0] == Alphabet[0]))
        {
            return false;
        }
        id = new PresentationId(number, secret);
        return true;
    }

    /// <summary>Whether the secret is that of a presentation, compared in a time that tells nothing.</summary>
    public bool Opens(Presentation presentation) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Secret.AsSpan()), MemoryMarshal.AsBytes(presentation.Secret.AsSpan()));

    /// <inheritdoc/>
    public override string ToString()
    {
        var digits = new StringBuilder();
        var rest = Number;
        do
        {
            digits.Insert(0, Alphabet[(int)(rest & 31)]);
            rest >>= 5;
        }
        while (rest > 0);
        return $"{digits}-{Secret}";
    }

    internal static bool IsSecret(string text) => text.Length == SecretLength && !text.AsSpan().ContainsAnyExcept(Letters);
}
