using System.Collections.Concurrent;

namespace Terms.Storage;

/// <summary>Connections for reading, as many as are useful at once; each is used by one thread at a time, for a short while.</summary>
internal sealed class Readers(string file) : IDisposable
{
    private static readonly int Most = Math.Max(4, 2 * Environment.ProcessorCount);
    private readonly SemaphoreSlim free = new(Most);
    private readonly ConcurrentBag<Database> idle = [];

    public T Read<T>(Func<Database, T> read)
    {
        free.Wait();
        Database? database = null;
        try
        {
            database = idle.TryTake(out var kept) ? kept : Database.OpenToRead(file);
            return read(database);
        }
        finally
        {
            if (database is not null)
            {
                idle.Add(database);
            }
            free.Release();
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var database))
        {
            database.Dispose();
        }
        free.Dispose();
    }
}
