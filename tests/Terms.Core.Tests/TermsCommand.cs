using System.Diagnostics;

namespace Terms.Tests;

/// <summary>Runs the <c>terms</c> command as a process of its own.</summary>
internal static class TermsCommand
{
    /// <summary>What it prints, output before errors.</summary>
    /// <param name="status">The exit status that it has to end with.</param>
    /// <param name="input">A line to read; null for none.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<string> Run(int status, string? input, params string[] arguments)
    {
        string[] all = [Path.Combine(Path.GetDirectoryName(typeof(TermsCommand).Assembly.Location)!, "terms.dll"), .. arguments];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, all) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await process.StandardInput.WriteAsync(input is null ? "" : input + "\n");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var said = await output + await error;
        Assert.True(status == process.ExitCode, $"{string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        return said;
    }
}
