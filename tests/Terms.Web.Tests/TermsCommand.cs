using System.Diagnostics;

namespace Terms.Web.Tests;

/// <summary>Runs the <c>terms</c> command as a process of its own, in the repository.</summary>
internal static class TermsCommand
{
    /// <summary>Its exit status, and what it printed: output, then errors.</summary>
    public static async Task<(int Status, string Printed)> Run(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "terms.dll")}\" {arguments}")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, ((await output) + (await error)).ReplaceLineEndings("\n").Trim());
    }
}
