using System.Diagnostics;
using Terms.Catalogue;
using Terms.Storage;

namespace Terms.Tests.Storage;

/// <summary>The process that records in a storm (tests/Terms.Store.Storm), and what it said.</summary>
internal sealed class Storm : IDisposable
{
    private readonly Process process;

    private Storm(Process process) => this.process = process;

    /// <summary>What was acknowledged: subject and id.</summary>
    public List<(string Subject, string Id)> Acknowledged { get; } = [];

    /// <summary>The versions whose publication was acknowledged.</summary>
    public List<string> Published { get; } = [];

    /// <summary>The failure that ended it; null if none did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts it, by a shell that may first restrain it.</summary>
    /// <param name="folders">The store.</param>
    /// <param name="writers">How many write at once.</param>
    /// <param name="name">The beginning of its subjects.</param>
    /// <param name="publications">The number from which it also publishes versions; 0 for none.</param>
    /// <param name="restrained">What the shell is to run; <c>"$@"</c> stands for the process.</param>
    public static Storm Start(StoreFolders folders, int writers, string name, string restrained = "exec \"$@\"", int publications = 0)
    {
        var program = Path.Combine(Path.GetDirectoryName(typeof(Storm).Assembly.Location)!, "Terms.Store.Storm.dll");
        string[] arguments = ["-c", restrained, "storm", Environment.ProcessPath!, program, folders.Data, $"{writers}", name, StoreFolder.Now.ToRfc3339(), $"{publications}"];
        return new Storm(Process.Start(new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!);
    }

    /// <summary>Reads until so many have been acknowledged, or it ends.</summary>
    public void ReadUntil(int acknowledged)
    {
        while (Acknowledged.Count < acknowledged && ReadLine())
        {
        }
    }

    /// <summary>Kills it (SIGKILL), and reads what it had still said.</summary>
    public void Kill()
    {
        process.Kill();
        ReadToEnd();
    }

    public void ReadToEnd()
    {
        while (ReadLine())
        {
        }
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        process.Dispose();
    }

    private bool ReadLine()
    {
        if (process.StandardOutput.ReadLine() is not { } line)
        {
            return false;
        }
        if (line.StartsWith("failed ", StringComparison.Ordinal))
        {
            Failure = line["failed ".Length..];
        }
        else if (line.Split(' ') is ["published", var version])
        {
            Published.Add(version);
        }
        else if (line.Split(' ') is [var subject, ['a', .. { Length: > 20 }] id])
        {
            Acknowledged.Add((subject, id));
        }
        return true;
    }
}
