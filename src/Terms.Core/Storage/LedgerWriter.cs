using System.Diagnostics;
using System.Globalization;

namespace Terms.Storage;

/// <summary>How much waits, and when things are moved. The defaults serve; tests make them small.</summary>
internal sealed record StoreLimits
{
    /// <summary>Callers that may wait; one more is told to come back.</summary>
    public int Waiting { get; init; } = 16_384;

    /// <summary>Bytes that may wait.</summary>
    public int WaitingBytes { get; init; } = 128 << 20;

    /// <summary>Operations in one transaction.</summary>
    public int Batch { get; init; } = 1024;

    /// <summary>Pages of the write-ahead log after which it is brought into the file.</summary>
    public int LogPages { get; init; } = 2048;

    /// <summary>The fewest hashes that are moved into the table of lookups at a time.</summary>
    public int LeastToFreeze { get; init; } = 400_000;

    /// <summary>The most hashes that are moved into the table of lookups at a time. They stand in memory, and are read again when the store is opened.</summary>
    public int MostToFreeze { get; init; } = 800_000;

    /// <summary>The most pages that the ledger may have.</summary>
    public int? Pages { get; init; }
}

/// <summary>
/// The one thread that writes the ledger. It takes everything that waits as one transaction with one flush and one signed checkpoint, and then tells the
/// callers. If a transaction fails, nothing of it was recorded, and each of its callers is told why. After a full disk, or another program that kept the
/// file, the writer goes on with the next batch. After any other failure what is on the disk is in doubt: the writer stops, refuses everything with that
/// reason, and the server has to be started again, which checks the store.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    /// <summary>From so many callers on it pays to wait until they are back.</summary>
    private const int Many = 8;

    /// <summary>However long a commit takes, nobody is waited for longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    private readonly Database database;
    private readonly Log acceptances;
    private readonly Log catalogue;
    private readonly Lookups lookups;
    private readonly LedgerHead head;
    private readonly Batch batch;
    private readonly StoreLimits limits;
    private readonly LogMover mover;
    private readonly Thread thread;

    private readonly object gate = new();
    private readonly Queue<Operation> waiting = new();
    private List<Operation> taken = [];
    private int waitingCount;
    private int waitingBytes;
    private int expected;
    private TimeSpan patience;
    private bool isClosing;
    private volatile StoreException? doubt;
    private DateTimeOffset latest;

    public LedgerWriter(Database database, Log acceptances, Log catalogue, Lookups lookups, LedgerHead head, Batch batch, DateTimeOffset latest, StoreLimits limits)
    {
        (this.database, this.acceptances, this.catalogue, this.lookups, this.head, this.batch, this.latest, this.limits) = (database, acceptances, catalogue, lookups, head, batch, latest, limits);
        mover = new LogMover(database, limits.LogPages);
        thread = new Thread(Work) { IsBackground = true, Name = "ledger" };
        thread.Start();
    }

    /// <summary>Why the writer has stopped; null while it works.</summary>
    public StoreException? Doubt => doubt;

    /// <summary>Lets an operation wait for the next batch.</summary>
    /// <exception cref="StoreBusyException">Too much waits already.</exception>
    /// <exception cref="StoreException">The writer has stopped.</exception>
    public void Enqueue(Operation operation)
    {
        lock (gate)
        {
            if (doubt is { } why)
            {
                throw Stopped(why);
            }
            ObjectDisposedException.ThrowIf(isClosing, this);
            if (waiting.Count >= limits.Waiting || (waiting.Count > 0 && waitingBytes + operation.Bytes > limits.WaitingBytes))
            {
                throw new StoreBusyException(string.Create(CultureInfo.InvariantCulture, $"{waiting.Count} callers wait to have something recorded, and no more are taken. Try again in a second."));
            }
            waiting.Enqueue(operation);
            waitingBytes += operation.Bytes;
            waitingCount = waiting.Count;
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>The same with a result.</summary>
    public Task<T> Run<T>(Operation<T> operation)
    {
        Enqueue(operation);
        return operation.Done;
    }

    /// <summary>Writes what waits, and ends.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        mover.Dispose();
    }

    private void Work()
    {
        while (Wait())
        {
            Write();
            if (doubt is not null)
            {
                return;
            }
        }
    }

    private bool Wait()
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (isClosing)
                {
                    return false;
                }
                Monitor.Wait(gate);
            }
            return true;
        }
    }

    private void Write()
    {
        taken = [];
        var some = Take();
        try
        {
            batch.Begin(latest);
            for (var began = Stopwatch.GetTimestamp(); some.Count > 0; some = AreComing(began) ? Take() : [])
            {
                Apply(some); // Those who are back early are taken up while others are on their way.
            }
            var complete = Stopwatch.GetTimestamp();
            var end = batch.NextEntry;
            (acceptances.Current, catalogue.Current) = batch.Commit();
            latest = batch.Latest;
            lookups.EndSlice(isCommitted: true);
            lookups.Add(batch.Pairs, end);
            patience = Stopwatch.GetElapsedTime(complete) is var took && took < Patience ? took : Patience;
        }
        catch (Exception e)
        {
            GiveUp(e as StoreException ?? new StoreException($"Recording failed in a way that the program does not know; what is on the disk is in doubt. Start the server again, which checks the store ({e.Message}).", e), e is not StoreException);
            return;
        }
        lock (gate)
        {
            expected = Math.Min(limits.Batch, taken.Count + waiting.Count);
        }
        Tend(static w => w.head.Write(w.acceptances.Current.Signed, w.catalogue.Current.Signed)); // Before anybody is told: what was acknowledged is never behind the head.
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.ForEach(o => o.Complete()), taken, preferLocal: false);
        Tend(static w => w.mover.AfterBatch());
    }

    private void Tend(Action<LedgerWriter> act)
    {
        try
        {
            act(this);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            Stop(new StoreException($"The last batch is on the disk, and the ledger could not be tended to after it: {e.Message}", e));
        }
    }

    /// <summary>Takes what waits, as far as the batch has room.</summary>
    private List<Operation> Take()
    {
        var some = new List<Operation>();
        lock (gate)
        {
            while (taken.Count + some.Count < limits.Batch && waiting.TryDequeue(out var operation))
            {
                some.Add(operation);
                waitingBytes -= operation.Bytes;
            }
            waitingCount = waiting.Count;
        }
        taken.AddRange(some);
        return some;
    }

    /// <summary>
    /// Whether more come for this batch. Each batch costs a flush and a signature: where the last one released or kept waiting many callers, their return is waited for, no longer than a commit takes.
    /// </summary>
    /// <param name="began">When this batch began.</param>
    private bool AreComing(long began)
    {
        while (expected >= Many && taken.Count < expected)
        {
            if (Volatile.Read(ref waitingCount) > 0)
            {
                return true;
            }
            if (Stopwatch.GetElapsedTime(began) >= patience)
            {
                return false;
            }
            Thread.Yield();
        }
        return false;
    }

    private void Apply(List<Operation> some)
    {
        foreach (var operation in some)
        {
            operation.Announce(batch); // In one go, so that the processor fetches what lies far apart at the same time.
        }
        foreach (var operation in some)
        {
            operation.Apply(batch);
        }
    }

    private void GiveUp(StoreException why, bool leavesDoubt)
    {
        expected = 0;
        database.RollBack();
        lookups.EndSlice(isCommitted: false);
        if (why.LeavesDoubt || leavesDoubt)
        {
            Stop(why);
        }
        foreach (var operation in taken)
        {
            operation.Fail(why);
        }
    }

    private void Stop(StoreException why)
    {
        Operation[] left;
        lock (gate)
        {
            doubt = why;
            left = [.. waiting];
            waiting.Clear();
        }
        foreach (var operation in left)
        {
            operation.Fail(Stopped(why));
        }
    }

    private static StoreException Stopped(StoreException why) => new($"The store takes nothing more since a failure that left it in doubt. Start the server again, which checks the store. The failure: {why.Message}", why);
}

/// <summary>
/// Brings the write-ahead log into the file without keeping callers waiting: a thread beside the writer moves the bulk, on a connection of its own, then what
/// came meanwhile, which is less each time; the writer moves the small rest, and the log begins anew.
/// </summary>
internal sealed class LogMover(Database writer, int pages) : IDisposable
{
    private const int MostPasses = 4;
    private readonly int small = pages / 32;
    private Task? moving;
    private int passes;
    private int written;

    /// <summary>Called by the writer between two batches.</summary>
    public void AfterBatch()
    {
        written += writer.PagesWritten();
        if (moving is null && written >= pages)
        {
            Move();
        }
        else if (moving is { IsCompleted: true } ended)
        {
            moving = null;
            try
            {
                ended.GetAwaiter().GetResult();
                if (written > small && passes < MostPasses)
                {
                    Move();
                    return;
                }
                written = writer.MoveLog() ? 0 : pages / 2; // Somebody reads; it is tried again soon.
            }
            catch (StoreException e) when (!e.LeavesDoubt)
            {
                written = pages / 2; // A full disk: the log keeps what it has, and the next batch tells its callers.
            }
            passes = 0;
        }
    }

    public void Dispose()
    {
        if (moving is { } last)
        {
            ((IAsyncResult)last).AsyncWaitHandle.WaitOne(); // What it could not move stays in the log.
        }
    }

    private void Move()
    {
        (written, passes) = (0, passes + 1);
        moving = Task.Run(() =>
        {
            using var database = Database.Open(writer.File);
            database.MoveLog();
        });
    }
}
