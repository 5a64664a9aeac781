using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Terms.Benchmarks;

/// <summary>
/// The limit that the store is held against: the same callers append the same bytes to a bare file, with one write and one fdatasync for all of them. No tree, no signature, no lookups. Those who
/// were just released or kept waiting are waited for as long as a write and a flush take, much as in the store: the bare file is faster so too, by a third at 64 callers.
/// </summary>
internal sealed partial class RawLimit : IDisposable
{
    private const int MostAtOnce = 1024;
    private readonly object gate = new();
    private readonly Queue<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource<long> Done)> waiting = new();
    private readonly List<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource<long> Done)> taken = [];
    private readonly SafeFileHandle file;
    private readonly Thread thread;
    private int waitingCount;
    private int expected;
    private TimeSpan patience;
    private bool isClosing;
    private long length;

    public RawLimit(string path)
    {
        file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Completes once the bytes are on the disk, with their place in the file.</summary>
    public Task<long> Append(ReadOnlyMemory<byte> bytes)
    {
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue((bytes, done));
            waitingCount = waiting.Count;
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
        return done.Task;
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        file.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[1 << 20];
        while (Take())
        {
            var (used, start) = (0, Stopwatch.GetTimestamp());
            foreach (var (bytes, _) in taken)
            {
                bytes.Span.CopyTo(buffer.AsSpan(used));
                used += bytes.Length;
            }
            RandomAccess.Write(file, buffer.AsSpan(0, used), length);
            if (Flush(file) != 0)
            {
                throw new IOException("fdatasync failed.");
            }
            patience = Stopwatch.GetElapsedTime(start);
            lock (gate)
            {
                expected = Math.Min(MostAtOnce, taken.Count + waiting.Count);
            }
            foreach (var (bytes, done) in taken)
            {
                done.SetResult(length);
                length += bytes.Length;
            }
        }
    }

    private bool Take()
    {
        lock (gate)
        {
            taken.Clear();
            while (waiting.Count == 0)
            {
                if (isClosing)
                {
                    return false;
                }
                Monitor.Wait(gate);
            }
        }
        for (var since = Stopwatch.GetTimestamp(); Volatile.Read(ref waitingCount) < expected && Stopwatch.GetElapsedTime(since) < patience;)
        {
            Thread.Yield();
        }
        lock (gate)
        {
            while (taken.Count < MostAtOnce && waiting.TryDequeue(out var one))
            {
                taken.Add(one);
            }
            waitingCount = waiting.Count;
            return true;
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync")]
    private static partial int Flush(SafeFileHandle file);
}
