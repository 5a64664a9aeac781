using System.Diagnostics;
using System.Globalization;

namespace Terms.Benchmarks;

/// <summary>A process that the benchmarks start, and end.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process process;

    private Child(Process process) => this.process = process;

    public static Child Start(string program, IEnumerable<string> arguments, string? folder = null, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = folder ?? Repository.Root };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }
        return new Child(Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>This program again, with another verb.</summary>
    public static Child Self(params string[] arguments) => Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], .. arguments]);

    /// <summary>Reads lines until one begins with a word; gives what follows the word.</summary>
    public string ReadUntil(string word)
    {
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(word, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return line[word.Length..].Trim();
            }
        }
        throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended with {ExitCode()} before it said \"{word}\".");
    }

    /// <summary>Everything that it prints; an exit status other than 0 is an error.</summary>
    public string ReadToEnd()
    {
        var all = process.StandardOutput.ReadToEnd();
        return ExitCode() == "0" ? all : throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended with {ExitCode()}.");
    }

    /// <summary>Asks it to end (SIGTERM), and reads what it still prints.</summary>
    public string Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }
        return process.StandardOutput.ReadToEnd();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        process.WaitForExit();
        process.Dispose();
    }

    private string ExitCode()
    {
        process.WaitForExit();
        return process.ExitCode.ToString(CultureInfo.InvariantCulture);
    }
}
