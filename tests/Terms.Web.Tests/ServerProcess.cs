using System.Collections.Concurrent;
using System.Diagnostics;

namespace Terms.Web.Tests;

/// <summary>The server as a process of its own, over the content and the store of an application that does not run. Its time is that of the machine.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process process;
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> lines = new();

    private ServerProcess(Process process) => this.process = process;

    /// <summary>What it has logged.</summary>
    public string Log => string.Join('\n', lines);

    /// <summary>Starts it, with the settings of the application, and waits until it listens.</summary>
    /// <param name="application">The application, whose own server does not run.</param>
    /// <param name="environment">Variables of its environment.</param>
    public static async Task<(ServerProcess Server, Uri Address)> Start(AcceptanceApplication application, params (string Name, string Value)[] environment)
    {
        var settings = application.Settings.Append(new("Terms:Content", application.Content)).Append(new("Terms:Data", application.Data)).Append(new("Urls", "http://127.0.0.1:0"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Terms.Web.dll"), .. settings.Select(s => $"--{s.Key}={s.Value}")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        environment.ToList().ForEach(e => start.Environment[e.Name] = e.Value);
        var server = new ServerProcess(Process.Start(start)!);
        server.process.EnableRaisingEvents = true;
        server.process.Exited += (_, _) => server.address.TrySetException(new InvalidOperationException($"The server has ended:\n{server.Log}"));
        server.process.OutputDataReceived += server.Read;
        server.process.ErrorDataReceived += server.Read;
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return (server, await server.address.Task);
    }

    /// <summary>Waits until something holds; a slow machine has four minutes for it.</summary>
    public async Task Until(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(50))
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(4), $"What was waited for has not come. The server has said:\n{Log}");
        }
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }
        process.Dispose();
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        lines.Enqueue(line.Data ?? "");
        if (line.Data is { } said && said.Contains(Listening, StringComparison.Ordinal))
        {
            address.TrySetResult(new Uri(said[(said.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim()));
        }
    }
}
