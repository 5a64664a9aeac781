namespace Terms.Storage;

/// <summary>A change of a few rows about people. A row that somebody has altered past the program fails its own change alone, and not those of others in the batch.</summary>
internal sealed class EditorOperation<T> : Operation<T>
{
    private readonly Func<Database, T> action;

    private EditorOperation(Func<Database, T> action) => this.action = action;

    public override int Bytes => 512;

    /// <summary>Makes a change with the others of the next batch.</summary>
    public static Task<T> Write(LedgerWriter writer, Func<Database, T> action)
    {
        var operation = new EditorOperation<T>(action);
        writer.Enqueue(operation);
        return operation.Done;
    }

    protected override T Do(Batch batch)
    {
        batch.Database.Execute("SAVEPOINT editor");
        try
        {
            var done = action(batch.Database);
            batch.Database.Execute("RELEASE editor");
            return done;
        }
        catch (ArgumentException malformed)
        {
            batch.Database.Execute("ROLLBACK TO editor; RELEASE editor");
            return Refuse($"A row about an account is not what the program writes: {malformed.Message} Look at it with `terms user list`.");
        }
    }
}
