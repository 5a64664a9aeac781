using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Terms.People;
using Terms.Web.Delivery;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>
/// Adds passkeys, and signs in with them. The framework's handler makes challenges and checks answers (W3C Web Authentication); who is asked, what an answer is held against, and what comes of it is decided
/// here. The device has to have verified its owner, so that a passkey stands for something they have and something they know or are.
/// </summary>
internal sealed class PasskeyDesk : IDisposable
{
    private static readonly object IsElsewhere = new();

    private readonly ServedStore stored;
    private readonly EditorSessions sessions;
    private readonly SignInDesk desk;
    private readonly SignInLimits limits;
    private readonly Uri? address;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly PasskeyChallenges toAdd;
    private readonly PasskeyChallenges toSignIn;
    private readonly UserManager<EditorAccount> owners;
    private readonly PasskeyHandler<EditorAccount> handler;

    public PasskeyDesk(ServedStore stored, EditorSessions sessions, SignInDesk desk, SignInLimits limits, PublicAddress address, TimeProvider clock, IServiceProvider services, ILoggerFactory logs)
    {
        (this.stored, this.sessions, this.desk, this.limits, this.address, this.clock) = (stored, sessions, desk, limits, address.Root, clock);
        log = logs.CreateLogger<PasskeyDesk>();
        (toAdd, toSignIn) = (new(clock), new(clock));
        owners = new(new PasskeyOwners(stored), Options.Create(new IdentityOptions()), new PasswordHasher<EditorAccount>(), [], [], new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), services,
            logs.CreateLogger<UserManager<EditorAccount>>());
        handler = new(owners, Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = address.Root?.IdnHost, // Else the host of the request.
            AuthenticatorTimeout = PasskeyChallenges.Longest,
            UserVerificationRequirement = "required",
            ResidentKeyRequirement = "required",
            ValidateOrigin = sent => ValueTask.FromResult(IsHere(sent)),
        }));
    }

    /// <summary>
    /// Whether passkeys work on the page that is asked for. A browser gives one only to the site that it was made for, which is the server's own address if that is set; and a number is no site.
    /// </summary>
    public bool AreHere(HttpContext context) =>
        Uri.TryCreate($"{context.Request.Scheme}://{context.Request.Host}", UriKind.Absolute, out var asked) && asked.HostNameType == UriHostNameType.Dns && Origin(asked) == OriginOf(context);

    /// <summary>Asks the device of somebody who is signed in for a new passkey, if they know their password.</summary>
    public Task<SignInOutcome> AskToAdd(HttpContext context, SignedIn who, string password) => desk.Confirm(who, password, context.Connection.RemoteIpAddress, async () =>
    {
        var handle = stored.Store.Passkeys.Of(who.Account.Name) is [{ } first, ..] ? first.Handle : Passkey.NewHandle();
        var asked = await handler.MakeCreationOptionsAsync(new() { Id = handle, Name = who.Account.Name, DisplayName = who.Account.DisplayName }, context);
        toAdd.Keep(who.Session.Id, asked.AttestationState!);
        return asked.CreationOptionsJson;
    });

    /// <summary>Adds the passkey that a device has made.</summary>
    /// <param name="context">The request.</param>
    /// <param name="who">Whose.</param>
    /// <param name="name">What they call it; <see cref="Passkey.IsName"/> holds.</param>
    /// <param name="credential">What the browser gave, as JSON.</param>
    /// <returns>Why it was not added; null if it was.</returns>
    public async Task<PasskeyRefusal?> Add(HttpContext context, SignedIn who, string name, string credential)
    {
        if (toAdd.Take(who.Session.Id) is not { } state)
        {
            return PasskeyRefusal.Challenge;
        }
        var made = await handler.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = credential, AttestationState = state });
        if (!made.Succeeded)
        {
            return FalseAnswer(context) is PasskeyRefusal.Answer && IsKnown(credential) ? PasskeyRefusal.Known : FalseAnswer(context);
        }
        return await stored.Store.Passkeys.Add(new Passkey(
            Base64Url.EncodeToString(made.Passkey.CredentialId), who.Account.Name, made.UserEntity.Id, [.. made.Passkey.PublicKey], name, clock.GetUtcNow(), made.Passkey.SignCount,
            [.. Passkey.KnownTransports.Intersect(made.Passkey.Transports ?? [])], made.Passkey.IsBackupEligible, made.Passkey.IsBackedUp));
    }

    /// <summary>Asks a device for a passkey to sign in with. It counts as a failed attempt until it has succeeded.</summary>
    /// <param name="context">The request.</param>
    /// <param name="form">The form that was sent (<see cref="EditorSessions.SentFormToSignIn"/>).</param>
    public async Task<SignInOutcome> AskToSignIn(HttpContext context, string form)
    {
        if (limits.Begin(context.Connection.RemoteIpAddress) is { } wait)
        {
            return new(null, wait);
        }
        var asked = await handler.MakeRequestOptionsAsync(null, context);
        toSignIn.Keep(form, asked.AssertionState!);
        return new(asked.RequestOptionsJson, null);
    }

    /// <summary>Signs somebody in with the answer of their device.</summary>
    /// <param name="context">The request.</param>
    /// <param name="form">The form that was sent.</param>
    /// <param name="credential">What the browser gave, as JSON.</param>
    public async Task<SignInOutcome> SignIn(HttpContext context, string form, string credential)
    {
        var from = context.Connection.RemoteIpAddress;
        if (toSignIn.Take(form) is not { } state)
        {
            return limits.Begin(from) is { } wait ? new(null, wait) : await Refuse(null, PasskeyRefusal.Challenge);
        }
        var answer = await handler.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = credential, AssertionState = state });
        if (!answer.Succeeded)
        {
            return await Refuse(null, FalseAnswer(context));
        }
        var (session, token) = sessions.New(answer.User.Name);
        if (await stored.Store.Passkeys.SignIn(Base64Url.EncodeToString(answer.Passkey.CredentialId), answer.Passkey.SignCount, answer.Passkey.IsBackedUp, session) is { } refusal)
        {
            return await Refuse(answer.User.Name, refusal);
        }
        limits.Succeeded(from);
        return new(token, null);

        async Task<SignInOutcome> Refuse(string? name, PasskeyRefusal because)
        {
            await stored.Store.Events.Add(new PersonEvent(PersonStep.SignInRefused, name ?? PersonEvent.Nobody, clock.GetUtcNow(), name, because.Words()));
            SignInDesk.Refused(log, name ?? PersonEvent.Nobody, from);
            return default;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => owners.Dispose();

    /// <summary>Whether a device gave its answer to a page of this address, and in no frame. If not, that is noted for the refusal that follows.</summary>
    private bool IsHere(PasskeyOriginValidationContext sent)
    {
        var isHere = sent is { CrossOrigin: false, TopOrigin: null } && sent.Origin == OriginOf(sent.HttpContext);
        sent.HttpContext.Items[IsElsewhere] = !isHere;
        return isHere;
    }

    /// <summary>Whether an answer that does not hold names a passkey that is here already: the framework takes none twice, and does not say that this is why.</summary>
    private bool IsKnown(string credential)
    {
        try
        {
            using var json = JsonDocument.Parse(credential);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.GetString() is { } named && stored.Store.Passkeys.Find(named) is not null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static PasskeyRefusal FalseAnswer(HttpContext context) => context.Items[IsElsewhere] is true ? PasskeyRefusal.Origin : PasskeyRefusal.Answer;

    /// <summary>The origin that a device has to have seen.</summary>
    private string OriginOf(HttpContext context) => Origin(address ?? new Uri($"{context.Request.Scheme}://{context.Request.Host}"));

    /// <summary>An origin as browsers write it (RFC 6454, section 6.2).</summary>
    private static string Origin(Uri address) => $"{address.Scheme}://{address.IdnHost}{(address.IsDefaultPort ? "" : $":{address.Port}")}";
}
