using Terms.People;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>What the ledger does with passkeys.</summary>
public sealed class StoredPasskeysTests : IDisposable
{
    private static readonly string Handle = Passkey.NewHandle();

    private readonly StoreFolder folder = new();

    public StoredPasskeysTests()
    {
        foreach (var name in new[] { "anna", "boris" })
        {
            new EditorAccounts(folder.Folders).Add(new EditorAccount(name, name, [], Now), "hash", "operator test");
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_passkey_is_read_back_as_it_was_added_and_its_use_is_kept()
    {
        await using var store = folder.Open();
        var passkey = Made("YWJj", transports: ["hybrid", "internal"]);
        Assert.Null(await store.Passkeys.Add(passkey));
        Assert.Equivalent(passkey, Assert.Single(store.Passkeys.Of("anna")), strict: true);
        Assert.Equal("anna", store.Passkeys.Owner(passkey.Handle)!.Name);

        var session = Session("anna", Now.AddDays(1));
        Assert.Null(await store.Passkeys.SignIn("YWJj", 4, isBackedUp: true, session));

        var used = store.Passkeys.Find("YWJj")!;
        Assert.Equal((4u, true, Now.AddDays(1)), (used.SignCount, used.IsBackedUp, used.Used!.Value));
        Assert.Equal("anna", store.Editors.Find(session.Id, Now.AddDays(1))!.Account.Name);
        Assert.Equal(["user-added anna", "user-added boris", "passkey-added Phone", "signed-in passkey Phone"], Told(store));
    }

    [Fact]
    public async Task A_counter_that_has_not_gone_on_is_refused_however_many_come_at_once()
    {
        await using var store = folder.Open();
        await store.Passkeys.Add(Made("YWJj", count: 7));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.Passkeys.SignIn("YWJj", 8, false, Session("anna", Now))));

        Assert.Single(outcomes, o => o is null);
        Assert.Equal(7, outcomes.Count(o => o == PasskeyRefusal.Counter));
        Assert.Equal(PasskeyRefusal.Counter, await store.Passkeys.SignIn("YWJj", 0, false, Session("anna", Now)));
        Assert.Single(store.Editors.Sessions("anna", Now));
        Assert.Equal(8u, store.Passkeys.Find("YWJj")!.SignCount);
    }

    [Fact]
    public async Task A_passkey_of_a_disabled_account_one_that_was_removed_and_one_of_somebody_else_open_nothing()
    {
        await using var store = folder.Open();
        var accounts = new EditorAccounts(folder.Folders);
        await store.Passkeys.Add(Made("YWJj"));

        Assert.Equal(PasskeyRefusal.Removed, await store.Passkeys.SignIn("YWJj", 1, false, Session("boris", Now)));
        accounts.Disable("anna", "operator test", Now);
        Assert.Equal(PasskeyRefusal.Disabled, await store.Passkeys.SignIn("YWJj", 1, false, Session("anna", Now)));
        Assert.Equal(PasskeyRefusal.Disabled, await store.Passkeys.Add(Made("ZGVm")));
        accounts.Enable("anna", "operator test", Now);
        Assert.False(await store.Passkeys.Remove("boris", "YWJj", Now));
        Assert.True(await store.Passkeys.Remove("anna", "YWJj", Now));
        Assert.Equal(PasskeyRefusal.Removed, await store.Passkeys.SignIn("YWJj", 1, false, Session("anna", Now)));

        Assert.False(await store.Passkeys.Remove("anna", "YWJj", Now));
        Assert.Null(store.Passkeys.Owner(Handle));
        Assert.Empty(store.Editors.Sessions("anna", Now));
    }

    [Fact]
    public async Task A_passkey_opens_an_account_that_is_locked_after_wrong_passwords_and_leaves_the_lock()
    {
        await using var store = folder.Open();
        await store.Passkeys.Add(Made("YWJj"));
        for (var i = 0; i < LockOut.Failures; i++)
        {
            await store.Editors.RefuseSignIn(await store.Editors.BeginSignIn("anna", Now), Now);
        }

        Assert.Null(await store.Passkeys.SignIn("YWJj", 1, false, Session("anna", Now)));

        Assert.Null((await store.Editors.BeginSignIn("anna", Now)).PasswordHash);
    }

    [Fact]
    public async Task An_id_is_kept_once_and_an_account_has_twenty_at_most()
    {
        await using var store = folder.Open();
        for (var i = 0; i < Passkey.Most; i++)
        {
            Assert.Null(await store.Passkeys.Add(Made($"AAA{(char)('A' + i)}")));
        }
        Assert.Equal(PasskeyRefusal.Full, await store.Passkeys.Add(Made("BBBB")));
        Assert.Equal(PasskeyRefusal.Known, await store.Passkeys.Add(Made("AAAA", editor: "boris")));
        Assert.Null(await store.Passkeys.Add(Made("BBBB", editor: "boris")));
    }

    [Fact]
    public async Task A_password_that_was_shown_again_lets_the_failures_be_forgotten_unless_it_is_another_by_then()
    {
        await using var store = folder.Open();
        await store.Editors.RefuseSignIn(await store.Editors.BeginSignIn("anna", Now), Now);
        var attempt = await store.Editors.BeginSignIn("anna", Now);
        Assert.Equal(2, store.Editors.All()[0].Failures);

        Assert.True(await store.Editors.Confirm(attempt));
        Assert.Equal(0, store.Editors.All()[0].Failures);

        new EditorAccounts(folder.Folders).SetPassword("anna", "another hash", "operator test", Now);
        Assert.False(await store.Editors.Confirm(attempt));
        Assert.False(await store.Editors.Confirm(new SignInAttempt(null, null)));
    }

    private static Passkey Made(string id, string editor = "anna", uint count = 0, string[]? transports = null) =>
        new(id, editor, editor == "anna" ? Handle : Passkey.NewHandle(), [1, 2, 3], "Phone", Now, count, [.. transports ?? []], isBackupEligible: true, isBackedUp: false);

    private static EditorSession Session(string editor, DateTimeOffset at) => new(EditorSession.IdOf(EditorSession.NewToken())!, editor, at, at);

    private static IEnumerable<string> Told(Store store) => store.Events.After(new(), 0, 100).Select(e => $"{e.Kind} {PersonEvent.Parse(e.Json).What}");
}
