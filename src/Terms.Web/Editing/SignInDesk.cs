using System.Net;
using Terms.People;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>What came of an attempt to sign in, or to show that one knows one's password.</summary>
/// <param name="Given">What success gives: the token of the new session, or what was asked for; null if they did not succeed.</param>
/// <param name="Wait">How long to wait, if there were too many attempts; null if that is not why.</param>
internal readonly record struct SignInOutcome(string? Given, TimeSpan? Wait);

/// <summary>Signs people in. Passwords are looked at by as many threads as the machine has, so that a flood of attempts takes a part of it and not all.</summary>
internal sealed partial class SignInDesk(ServedStore stored, EditorSessions sessions, SignInLimits limits, TimeProvider clock, ILogger<SignInDesk> log) : IDisposable
{
    private const int MostWaiting = 64;
    private static readonly TimeSpan Crowded = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim looking = new(Environment.ProcessorCount);
    private int waiting;

    /// <summary>Signs somebody in with name and password. A name that nobody has takes as long as one that somebody has, and is answered alike.</summary>
    public Task<SignInOutcome> SignIn(string name, string password, IPAddress? address) => Attempt(name, password, address, async (attempt, isOld) =>
    {
        var (session, token) = sessions.New(attempt.Name!);
        return await stored.Store.Editors.CompleteSignIn(attempt, session, isOld ? Passwords.Hash(password) : null) ? token : null;
    });

    /// <summary>Changes somebody's password, if they know the one that they have. It ends all their sessions and begins a new one.</summary>
    public Task<SignInOutcome> ChangePassword(SignedIn who, string old, string @new, IPAddress? address) => Attempt(who.Account.Name, old, address, async (attempt, _) =>
    {
        var (session, token) = sessions.New(who.Account.Name);
        return await stored.Store.Editors.ChangePassword(attempt, Passwords.Hash(@new), session) ? token : null;
    });

    /// <summary>Gives somebody who is signed in something that only those get who show their password again.</summary>
    public Task<SignInOutcome> Confirm(SignedIn who, string password, IPAddress? address, Func<Task<string>> give) =>
        Attempt(who.Account.Name, password, address, async (attempt, _) => await stored.Store.Editors.Confirm(attempt) ? await give() : null);

    /// <inheritdoc/>
    public void Dispose() => looking.Dispose();

    private async Task<SignInOutcome> Attempt(string name, string password, IPAddress? address, Func<SignInAttempt, bool, Task<string?>> succeed)
    {
        if (limits.Begin(address) is { } wait)
        {
            return new(null, wait);
        }
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return new(null, Crowded);
        }
        await looking.WaitAsync();
        try
        {
            var attempt = await stored.Store.Editors.BeginSignIn(name, clock.GetUtcNow());
            var isOld = false;
            if (await Task.Run(() => Passwords.Match(attempt.PasswordHash, password, out isOld)) && await succeed(attempt, isOld) is { } given)
            {
                limits.Succeeded(address);
                return new(given, null);
            }
            await stored.Store.Editors.RefuseSignIn(attempt, clock.GetUtcNow());
            Refused(log, attempt.Name ?? PersonEvent.Nobody, address);
            return default;
        }
        finally
        {
            looking.Release();
            Interlocked.Decrement(ref waiting);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Sign-in refused for {Name} from {Address}")]
    internal static partial void Refused(ILogger log, string name, IPAddress? address);
}
