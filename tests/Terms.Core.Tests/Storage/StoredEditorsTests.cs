using Terms.People;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>What the ledger does with those who work on texts.</summary>
public sealed class StoredEditorsTests : IDisposable
{
    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_row_that_was_altered_fails_its_own_sign_in_and_nothing_else()
    {
        foreach (var name in new[] { "anna", "boris" })
        {
            new EditorAccounts(folder.Folders).Add(new EditorAccount(name, name, [Roles.Parse("drafter")], Now), "hash", "operator test");
        }
        folder.Alter("UPDATE editor_grants SET role = 'king' WHERE editor = 'anna'");
        await using var store = folder.Open();

        var many = Enumerable.Range(0, 20).Select(i => Add(store, Recording($"s{i}", i))).ToList();
        var wrong = await Assert.ThrowsAsync<StoreException>(() => store.Editors.BeginSignIn("anna", Now));

        Assert.Contains("A row about an account is not what the program writes: `king` is not a role.", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(20, (await Task.WhenAll(many)).Length);
        Assert.Equal("hash", (await store.Editors.BeginSignIn("boris", Now)).PasswordHash);
        Assert.Null(store.Doubt);
    }

    [Fact]
    public async Task A_session_is_found_until_it_ends_and_ended_ones_go_with_the_next_sign_in()
    {
        new EditorAccounts(folder.Folders).Add(new EditorAccount("anna", "Anna", [], Now), "hash", "operator test");
        await using var store = folder.Open();
        var first = await SignIn(Now);

        Assert.NotNull(store.Editors.Find(first.Id, Now.AddMinutes(59)));
        Assert.Null(store.Editors.Find(first.Id, Now.AddMinutes(60)));
        Assert.True(await store.Editors.Touch(first.Id, Now.AddMinutes(59)));
        Assert.NotNull(store.Editors.Find(first.Id, Now.AddMinutes(118)));
        Assert.Null(store.Editors.Find(first.Id, Now.AddHours(12)));
        var second = await SignIn(Now.AddHours(3));

        Assert.False(await store.Editors.Touch(first.Id, Now.AddHours(3)));
        Assert.Equal(second, Assert.Single(store.Editors.Sessions("anna", Now.AddHours(3))));
        Assert.False(await store.Editors.SignOut("boris", second.Id, Now.AddHours(3)));
        Assert.True(await store.Editors.SignOut("anna", second.Id, Now.AddHours(3)));
        Assert.Null(store.Editors.Find(second.Id, Now.AddHours(3)));

        async Task<EditorSession> SignIn(DateTimeOffset at)
        {
            var session = new EditorSession(EditorSession.IdOf(EditorSession.NewToken())!, "anna", at, at);
            Assert.True(await store.Editors.CompleteSignIn(await store.Editors.BeginSignIn("anna", at), session, null));
            return session;
        }
    }

    [Fact]
    public async Task The_ledger_does_not_hold_the_token_of_a_session()
    {
        new EditorAccounts(folder.Folders).Add(new EditorAccount("anna", "Anna", [], Now), "hash", "operator test");
        var token = EditorSession.NewToken();
        await using (var store = folder.Open())
        {
            Assert.True(await store.Editors.CompleteSignIn(await store.Editors.BeginSignIn("anna", Now), new EditorSession(EditorSession.IdOf(token)!, "anna", Now, Now), null));
        }

        Assert.All(Directory.GetFiles(folder.Folders.Data), file => Assert.DoesNotContain(token, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_holds_accounts_drafts_and_events_and_the_check_finds_nothing()
    {
        var draft = Publishing.Hire.Draft();
        new EditorAccounts(folder.Folders).Add(new EditorAccount("anna", "Anna", [Roles.Parse("drafter")], Now), "hash", "operator test");
        await using (var store = folder.Open())
        {
            await store.Drafts.Append(new Terms.Publishing.Drafted(draft.Id, "anna", Now, draft.Agreement, draft.Base, draft.Digest), draft.Agreement, 0, draft);
        }
        var target = Path.Combine(folder.Folders.Data, "backup");
        Backup.Make(folder.Folders, target, withKeys: true);

        Assert.Empty(StoreCheck.Run(new StoreFolders(target)).Findings);
        await using var copy = Store.Open(new StoreFolders(target), Now);
        Assert.Equal(draft.Digest, copy.Drafts.Newest(draft.Id)!.Digest);
        Assert.Equal(["user-added", "granted", "drafted"], copy.Events.After(new(), 0, 10).Select(e => e.Kind));
        Assert.Equal(["anna"], copy.Editors.All().Select(a => a.Name));
    }
}
