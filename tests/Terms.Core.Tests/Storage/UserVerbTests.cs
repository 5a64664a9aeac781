using Terms.People;
using Terms.Publishing;
using Terms.Storage;

namespace Terms.Tests.Storage;

/// <summary><c>terms user</c>, beside a server.</summary>
public sealed class UserVerbTests : IDisposable
{
    private const string Words = "four words that fit well";
    private static readonly string[][] OfSomebody = [["password"], ["grant", "--role", "drafter"], ["disable"], ["enable"], ["passkeys", "--remove", "none"]];

    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Accounts_are_made_changed_and_disabled_while_a_server_runs()
    {
        await using var store = folder.Open();

        Assert.Contains("Made anna: drafter, reviewer:lamp-hire.", await Run(0, Words, "add", "anna", "--display-name", "Anna Li", "--role", "drafter", "--role", "reviewer:lamp-hire"), StringComparison.Ordinal);
        var attempt = await store.Editors.BeginSignIn("anna", StoreFolder.Now);
        Assert.True(Passwords.Match(attempt.PasswordHash, Words, out _));
        var session = new EditorSession(EditorSession.IdOf(EditorSession.NewToken())!, "anna", StoreFolder.Now, StoreFolder.Now);
        Assert.True(await store.Editors.CompleteSignIn(attempt, session, null));
        Assert.Equal("Anna Li", store.Editors.Find(session.Id, StoreFolder.Now)!.Account.DisplayName);

        Assert.Contains("anna is auditor now.", await Run(0, null, "grant", "anna", "--role", "auditor"), StringComparison.Ordinal);
        Assert.Contains("anna is drafter no longer.", await Run(0, null, "revoke", "anna", "--role", "drafter"), StringComparison.Ordinal);
        Assert.Equal(["auditor", "reviewer:lamp-hire"], store.Editors.Find(session.Id, StoreFolder.Now)!.Account.Grants.Select(g => g.Text()));

        Assert.Contains("signed out everywhere", await Run(0, "other words of the operator", "password", "anna"), StringComparison.Ordinal);
        Assert.Null(store.Editors.Find(session.Id, StoreFolder.Now));
        Assert.False(await store.Editors.CompleteSignIn(attempt, session, null)); // The password was another when the attempt began.

        Assert.Contains("Disabled anna.", await Run(0, null, "disable", "anna"), StringComparison.Ordinal);
        Assert.Null((await store.Editors.BeginSignIn("anna", StoreFolder.Now)).PasswordHash);
        Assert.Contains("anna  Anna Li  auditor, reviewer:lamp-hire  no passkey  made ", await Run(0, null, "list"), StringComparison.Ordinal);
        Assert.Contains(", disabled ", await Run(0, null, "list"), StringComparison.Ordinal);
        Assert.Contains("Enabled anna.", await Run(0, null, "enable", "anna"), StringComparison.Ordinal);
        Assert.NotNull((await store.Editors.BeginSignIn("anna", StoreFolder.Now)).PasswordHash);

        Assert.Equal(["user-added", "granted", "granted", "signed-in", "granted", "revoked", "password-set", "user-disabled", "user-enabled"], store.Events.After(new(), 0, 100).Select(e => e.Kind));
        Assert.All(store.Events.After(new(), 0, 100).Where(e => e.Kind != "signed-in"), e => Assert.StartsWith("operator ", e.Who, StringComparison.Ordinal));
        Assert.DoesNotContain(store.Events.After(new(), 0, 100), e => System.Text.Encoding.UTF8.GetString(e.Json.Span).Contains("words", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_passkey_of_a_lost_device_is_listed_and_removed_by_whoever_runs_the_server()
    {
        await using var store = folder.Open();
        await Run(0, Words, "add", "anna");
        Assert.Contains("anna has no passkey.", await Run(0, null, "passkeys", "anna"), StringComparison.Ordinal);
        await store.Passkeys.Add(new Passkey("-_id", "anna", Passkey.NewHandle(), [1], "My phone", StoreFolder.Now, 0, [], false, false));

        Assert.Contains("-_id  My phone  made ", await Run(0, null, "passkeys", "anna"), StringComparison.Ordinal);
        Assert.Contains("  1 passkey  made ", await Run(0, null, "list"), StringComparison.Ordinal);
        Assert.Contains("The account has 1 passkey, and opens without its password too", await Run(0, "other words of the operator", "password", "anna"), StringComparison.Ordinal);
        Assert.Contains("anna has no passkey of that id. `terms user passkeys anna` lists them.", await Run(1, null, "passkeys", "anna", "--remove", "none"), StringComparison.Ordinal);
        Assert.Contains("There is no user boris.", await Run(1, null, "passkeys", "boris"), StringComparison.Ordinal);
        Assert.Contains("Removed the passkey -_id of anna.", await Run(0, null, "passkeys", "anna", "--remove", "-_id"), StringComparison.Ordinal);

        Assert.Empty(store.Passkeys.Of("anna"));
        var removed = PersonEvent.Parse(Assert.Single(store.Events.After(new(Kind: "passkey-removed"), 0, 10)).Json);
        Assert.Equal(("anna", "My phone"), (removed.About, removed.What));
        Assert.StartsWith("operator ", removed.Who, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_and_nothing_is_changed()
    {
        Assert.Contains("fewer than 12 characters", await Run(2, "short", "add", "anna"), StringComparison.Ordinal);
        Assert.Contains("The password is the name, or little more.", await Run(2, "anna-anna-anna", "add", "anna"), StringComparison.Ordinal);
        Assert.Contains("fewer than 12 characters", await Run(2, null, "add", "anna"), StringComparison.Ordinal);
        Assert.Contains("A name to sign in with has 1 to 64", await Run(2, Words, "add", "Anna Li"), StringComparison.Ordinal);
        Assert.Contains("`king` is not a role. Use drafter, reviewer, publisher, auditor, with `:`", await Run(2, Words, "add", "anna", "--role", "king"), StringComparison.Ordinal);
        Assert.Empty(new EditorAccounts(folder.Folders).All());

        await Run(0, Words, "add", "anna", "--role", "drafter");
        Assert.Contains("There is a user anna already.", await Run(1, Words, "add", "anna"), StringComparison.Ordinal);
        Assert.Contains("anna is drafter already.", await Run(1, null, "grant", "anna", "--role", "drafter"), StringComparison.Ordinal);
        Assert.Contains("anna is not drafter:lamp-hire. The roles are: drafter.", await Run(1, null, "revoke", "anna", "--role", "drafter:lamp-hire"), StringComparison.Ordinal);
        Assert.Contains("anna is not disabled.", await Run(1, null, "enable", "anna"), StringComparison.Ordinal);
        foreach (var verb in new[] { "password", "disable", "enable" })
        {
            Assert.Contains("There is no user boris. `terms user list` lists them.", await Run(1, Words, verb, "boris"), StringComparison.Ordinal);
        }
        await Run(0, null, "disable", "anna");
        Assert.Contains("anna has been disabled since", await Run(1, null, "disable", "anna"), StringComparison.Ordinal);
        Assert.Contains("There is a user anna already.", await Run(1, Words, "add", "anna"), StringComparison.Ordinal);
        Assert.Equal(new Grant(EditorRole.Drafter), Assert.Single(new EditorAccounts(folder.Folders).Find("anna")!.Grants));
    }

    [Fact]
    public async Task What_stands_against_a_verb_is_kept_without_a_name_that_nobody_has()
    {
        await Run(0, Words, "add", "anna", "--role", "drafter");
        await Run(1, Words, "add", "anna");
        await Run(1, null, "grant", "anna", "--role", "drafter");
        await Run(1, null, "revoke", "anna", "--role", "auditor");
        await Run(1, null, "enable", "anna");
        await Run(1, null, "passkeys", "anna", "--remove", "none");
        foreach (var verb in OfSomebody)
        {
            await Run(1, Words, [verb[0], "typed-in-haste", .. verb[1..]]);
        }

        await using var store = folder.Open();
        var refused = store.Events.After(new(Kind: "request-refused"), 0, 100);
        Assert.Equal(
            [
                "anna terms user add: There is a user anna already. Events carry the name, so it never goes to somebody else; choose another.", "anna terms user grant: anna is drafter already.",
                "anna terms user revoke: anna is not auditor. The roles are: drafter.", "anna terms user enable: anna is not disabled.",
                "anna terms user passkeys --remove: anna has no passkey of that id. `terms user passkeys anna` lists them.",
                .. OfSomebody.Select(v => $" terms user {(v[0] == "passkeys" ? "passkeys --remove" : v[0])}: There is no user of that name."),
            ],
            refused.Select(e => PersonEvent.Parse(e.Json)).Select(e => $"{e.About} {e.What}"));
        Assert.All(refused, e => Assert.Equal(PersonEvent.Operator(Environment.UserName), e.Who));
        Assert.DoesNotContain(store.Events.After(new(), 0, 100), e => System.Text.Encoding.UTF8.GetString(e.Json.Span).Contains("haste", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ledger_of_an_older_shape_is_brought_up_to_date_by_a_server_first()
    {
        folder.Alter("DELETE FROM migrations WHERE number = (SELECT max(number) FROM migrations)");

        Assert.Contains("Start the server of this program once with the store", await Run(1, Words, "add", "anna"), StringComparison.Ordinal);
    }

    private Task<string> Run(int status, string? input, params string[] arguments) => TermsCommand.Run(status, input, ["user", .. arguments, "--data", folder.Folders.Data]);
}
