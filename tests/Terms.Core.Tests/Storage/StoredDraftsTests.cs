using Terms.Catalogue;
using Terms.Publishing;
using Terms.Storage;
using Terms.Tests.Publishing;

namespace Terms.Tests.Storage;

/// <summary>Drafts keep every revision and every step.</summary>
public sealed class StoredDraftsTests : IDisposable
{
    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_revision_is_given_back_as_it_was_saved()
    {
        var first = Hire.Draft();
        var second = first.With(first.Files.With(Hire.Terms, first.Files.Text(Hire.Terms) + "\r\n").With("terms.nb.md", new byte[] { 0xFF, 0xFE }));
        var third = second.With(new FactConfirmation("facts/cap", second.Digest, "Anna", Hire.Now, "It says the same."))
            .With(new ClauseClassification("en.1 2>2", second.Digest, ChangeClass.Substantive, "Anna", Hire.Now, "More."))
            .With(new AcceptedGap("party/NoRule/", "Anna", Hire.Now.AddTicks(1), "So the text says."));
        await using (var store = folder.Open())
        {
            Assert.Equal(1, await store.Drafts.Append(Drafted(first), Hire.Agreement, 0, first));
            Assert.Equal(2, await store.Drafts.Append(Edit(second), Hire.Agreement, 1, second));
            Assert.Equal(3, await store.Drafts.Append(Edit(third), Hire.Agreement, 2, third));
        }
        await using var reopened = folder.Open();

        Assert.All(new[] { first, second, third }, draft => Same(draft, reopened.Drafts.Revision(draft.Id, draft.Revision)!));
        Same(third, reopened.Drafts.Newest("draft-1")!);
        Assert.Equal(["Drafted", "Edited", "Edited"], reopened.Drafts.Events("draft-1").Select(e => e.Step.GetType().Name));
        Assert.Null(reopened.Drafts.Newest("draft-2"));
    }

    [Fact]
    public async Task A_step_that_was_decided_on_older_events_is_not_written()
    {
        var first = Hire.Draft();
        var (mine, theirs) = (first.Mend("lamps", "lights"), first.Mend("lamps", "lanterns"));
        await using var store = folder.Open();
        var start = await store.Drafts.Append(Drafted(first), Hire.Agreement, 0, first);

        Assert.NotNull(await store.Drafts.Append(Edit(theirs), Hire.Agreement, start!.Value, theirs));
        Assert.Null(await store.Drafts.Append(Edit(mine), Hire.Agreement, start.Value, mine));

        Same(theirs, store.Drafts.Newest(first.Id)!);
        Assert.Equal(2, store.Drafts.Events(first.Id).Length);
    }

    [Fact]
    public async Task Of_many_who_save_at_once_one_is_first_and_the_others_are_told()
    {
        var first = Hire.Draft();
        await using var store = folder.Open();
        var start = await store.Drafts.Append(Drafted(first), Hire.Agreement, 0, first);
        var edits = Enumerable.Range(0, 40).Select(i => first.Mend("lamps", $"lamps of kind {i}")).ToList();

        var written = await Task.WhenAll(edits.Select(e => Task.Run(() => store.Drafts.Append(Edit(e), Hire.Agreement, start!.Value, e))));

        Assert.Single(written, w => w is not null);
        Same(edits[Array.FindIndex(written, w => w is not null)], store.Drafts.Newest(first.Id)!);
    }

    [Fact]
    public async Task A_step_does_not_take_the_revision_of_another()
    {
        var draft = Hire.Draft();
        await using var store = folder.Open();

        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => store.Drafts.Append(Drafted(draft), Hire.Agreement, 0, draft.Mend("lamps", "lights")));
        Assert.StartsWith("The step drafted of draft-1 and its revision do not belong together.", wrong.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => store.Drafts.Append(Drafted(draft), Hire.Agreement, 0));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Drafts.Append(new Submitted(draft.Id, "Anna", Hire.Now, draft.Digest), Hire.Agreement, 0, draft));
        Assert.Empty(store.Drafts.Events(draft.Id));
    }

    [Theory]
    [InlineData("UPDATE draft_revisions SET revision = 7", "Revisions are kept as they are.")]
    [InlineData("DELETE FROM draft_revisions", "Revisions are kept as they are.")]
    [InlineData("INSERT OR REPLACE INTO draft_revisions SELECT draft, revision, digest, x'00' FROM draft_revisions", "Revisions are kept as they are.")]
    [InlineData("UPDATE draft_files SET content = x'00'", "Files of drafts are kept as they are.")]
    [InlineData("DELETE FROM draft_files", "Files of drafts are kept as they are.")]
    [InlineData("INSERT OR REPLACE INTO draft_files SELECT digest, x'00' FROM draft_files", "Files of drafts are kept as they are.")]
    [InlineData("UPDATE workbench_events SET who = 'nobody'", "Events are kept as they are.")]
    [InlineData("DELETE FROM workbench_events", "Events are kept as they are.")]
    [InlineData("REPLACE INTO workbench_events SELECT number, at, 'nobody', kind, draft, agreement, event FROM workbench_events", "Events are kept as they are.")]
    public async Task The_ledger_refuses_to_change_what_was_kept(string sql, string says)
    {
        var draft = Hire.Draft();
        await using (var store = folder.Open())
        {
            await store.Drafts.Append(Drafted(draft), Hire.Agreement, 0, draft);
        }
        Assert.Contains(says, Assert.Throws<StoreException>(() => folder.Alter(sql)).Message, StringComparison.Ordinal);

        await using var again = folder.Open();
        Same(draft, again.Drafts.Newest(draft.Id)!);
    }

    [Theory]
    [InlineData("UPDATE workbench_events SET event = replace(event, '\"who\"', '\"whom\"')")]
    [InlineData("UPDATE draft_revisions SET content = cast(replace(content, 'terms.en.md', 'terms.ru.md') as blob)")]
    [InlineData("UPDATE draft_files SET content = (SELECT content FROM draft_files ORDER BY digest LIMIT 1)")]
    [InlineData("UPDATE draft_files SET content = x'00'")]
    public async Task What_somebody_changed_past_the_triggers_is_noticed_when_it_is_read(string sql)
    {
        var draft = Hire.Draft();
        await using (var store = folder.Open())
        {
            await store.Drafts.Append(Drafted(draft), Hire.Agreement, 0, draft);
        }
        folder.Alter($"DROP TRIGGER workbench_events_stay; DROP TRIGGER draft_revisions_stay; DROP TRIGGER draft_files_stay; {sql}");
        await using var again = folder.Open();

        var wrong = Assert.Throws<StoreException>(() => (again.Drafts.Newest(draft.Id), again.Drafts.Events(draft.Id)));
        Assert.Contains("is not what was kept", wrong.Message, StringComparison.Ordinal);
    }

    private static Drafted Drafted(Draft draft) => new(draft.Id, "Anna", Hire.Now, draft.Agreement, draft.Base, draft.Digest);

    private static Edited Edit(Draft draft) => new(draft.Id, "Anna", Hire.Now, draft.Revision, draft.Digest, "words");

    private static void Same(Draft expected, Draft kept)
    {
        Assert.Equal((expected.Id, expected.Agreement, expected.Base, expected.Author, expected.Revision, expected.Digest), (kept.Id, kept.Agreement, kept.Base, kept.Author, kept.Revision, kept.Digest));
        Assert.Equal(expected.Files.Paths, kept.Files.Paths);
        Assert.All(expected.Files.Paths, p => Assert.Equal(expected.Files.Bytes(p).ToArray(), kept.Files.Bytes(p).ToArray()));
        Assert.Equal(expected.Confirmations, kept.Confirmations);
        Assert.Equal(expected.Classifications, kept.Classifications);
        Assert.Equal(expected.AcceptedGaps, kept.AcceptedGaps);
    }
}
