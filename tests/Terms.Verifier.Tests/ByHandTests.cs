using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Terms.Verifier.Tests;

/// <summary>The commands of docs/verify-by-hand.md, run word for word.</summary>
public sealed partial class ByHandTests : IDisposable
{
    private readonly Ledger _ledger = Ledger.OfAcceptances(21);
    private readonly string _folder = Directory.CreateTempSubdirectory("terms-by-hand-").FullName;

    public void Dispose()
    {
        _ledger.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [ToolsFact]
    public async Task A_receipt_is_checked_with_common_tools()
    {
        Write("receipt.json", _ledger.Receipt(4).ToJsonString());
        Write("published.key", _ledger.PublicKey + "\n");
        string[] says =
        [
            "\"subject\": \"customer-4\"", $"The id fits: {_ledger.Id(4)}", $"The proof leads to the root: {Convert.ToBase64String(ReferenceTree.Root(_ledger.Leaves))}", "Verified OK",
            "The key is the published one.", $"What was shown is what the record cites: {Records.ShownDigest}", "name is what was recorded: Zoë \"Z\" O’Hara 張\nNot given: none",
        ];
        var steps = Steps();
        Assert.Equal(says.Length, steps.Count);

        foreach (var (step, said) in steps.Zip(says))
        {
            var (status, output) = await Run(step);
            Assert.True(status == 0, output);
            Assert.Contains(said, output, StringComparison.Ordinal);
        }
    }

    [ToolsFact]
    public async Task Each_place_of_a_log_is_found_by_hand()
    {
        foreach (var (index, size) in new[] { (0, 1), (0, 21), (3, 4), (16, 17), (20, 21) })
        {
            Write("receipt.json", _ledger.Receipt(index, size).ToJsonString());
            foreach (var step in Steps().Take(4))
            {
                var (status, output) = await Run(step);
                Assert.True(status == 0, $"{index} of {size}: {output}");
            }
        }
    }

    [ToolsTheory]
    [InlineData("\"customer-4\"", "\"customer-5\"", 2, "the id is another record's")]
    [InlineData("\"index\":4", "\"index\":6", 2, "the id is another record's")]
    [InlineData("\"size\":21", "\"size\":22", 3, "place and size do not fit the checkpoint")]
    [InlineData("\"inclusion\":[\"", "\"inclusion\":[\"AAAA\",\"", 3, "the proof is too long")]
    [InlineData("\"inclusion\":[", "\"inclusion\":[],\"was\":[", 3, "the proof leads elsewhere")]
    [InlineData("\"I agree\"", "\"OK\"", 6, "something else was shown")]
    [InlineData("reader4@", "reader5@", 7, "email is not what was recorded")]
    [InlineData("\"index\":4", "\"index\":4,\"index\":4", 1, "a member is there twice")]
    public async Task An_altered_receipt_fails_by_hand(string there, string instead, int fails, string why)
    {
        var receipt = _ledger.Receipt(4).ToJsonString();
        Assert.Contains(there, receipt, StringComparison.Ordinal);
        Write("receipt.json", receipt.Replace(there, instead, StringComparison.Ordinal));
        var steps = Steps();
        foreach (var step in steps.Take(fails - 1).Where((_, i) => i != 4))
        {
            Assert.Equal(0, (await Run(step)).Status);
        }

        var (status, output) = await Run(steps[fails - 1]);

        Assert.NotEqual(0, status);
        Assert.Contains(why, output, StringComparison.Ordinal);
    }

    [ToolsFact]
    public async Task A_forged_signature_and_another_key_fail_by_hand()
    {
        using var forger = Ledger.OfAcceptances(21);
        var receipt = _ledger.Receipt(4);
        receipt["checkpoint"] = _ledger.Checkpoint(20).Split("\n\n")[0].Replace("\n20\n", "\n21\n", StringComparison.Ordinal) + "\n\n" + _ledger.Checkpoint(21).Split("\n\n")[1];
        Write("receipt.json", receipt.ToJsonString());
        var steps = Steps();
        Assert.Equal(0, (await Run(steps[0])).Status);
        var (status, output) = await Run(steps[3]);
        Assert.NotEqual(0, status);
        Assert.Contains("Verification failure", output, StringComparison.Ordinal);

        Write("receipt.json", forger.Receipt(4).ToJsonString());
        Write("published.key", _ledger.PublicKey + "\n");
        Assert.Equal(0, (await Run(steps[0])).Status);
        Assert.Equal(0, (await Run(steps[3])).Status);
        Assert.NotEqual(0, (await Run(steps[4])).Status);
    }

    [ToolsFact]
    public async Task Records_are_read_out_of_the_rows_of_a_store_by_hand()
    {
        using var catalogue = new Ledger("catalogue");
        using var store = new StoreFolder(_ledger, catalogue);
        File.Copy(store.In("ledger.db"), Path.Combine(_folder, "ledger.db"));
        var script = Script().Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "evidence.md"))).Groups[1].Value;
        Write("records.py", script);

        var (status, output) = await Run("python3 records.py");

        Assert.True(status == 0, output);
        Assert.Equal(_ledger.Leaves.Select((leaf, n) => $"{n} {Encoding.UTF8.GetString(leaf)}"), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static List<string> Steps() =>
        [.. Step().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "verify-by-hand.md")).ReplaceLineEndings("\n")).Select(m => m.Groups[1].Value)];

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private async Task<(int Status, string Output)> Run(string step)
    {
        var start = new ProcessStartInfo("sh", ["-e", "-c", step]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONUTF8"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex(@"^```sh\n((?:(?!```).*\n)*)```", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^```python\n((?:(?!```).*\n)*)```", RegexOptions.Multiline)]
    private static partial Regex Script();
}

/// <summary>The tools that the page names. In CI they have to be there; elsewhere a test that needs them is announced as skipped without them.</summary>
internal static class Tools
{
    private static readonly string[] Needed = ["python3", "openssl", "sha256sum", "grep"];

    public static string? Absence { get; } = Environment.GetEnvironmentVariable("CI") == "true" || Missing() is not { } tool ? null : $"{tool} is not installed, and docs/verify-by-hand.md needs it.";

    private static string? Missing() => Needed.FirstOrDefault(tool =>
        !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool))));
}

/// <summary>A test that needs the tools.</summary>
internal sealed class ToolsFactAttribute : FactAttribute
{
    public ToolsFactAttribute() => Skip = Tools.Absence;
}

/// <summary>A test on several examples that needs the tools.</summary>
internal sealed class ToolsTheoryAttribute : TheoryAttribute
{
    public ToolsTheoryAttribute() => Skip = Tools.Absence;
}
