using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terms.Verifier.Tests;

/// <summary>The verbs <c>terms verify</c> and <c>terms audit</c>, run as a program.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly Ledger _ledger = Ledger.OfAcceptances(12);
    private readonly string _folder = Directory.CreateTempSubdirectory("terms-command-").FullName;

    public CommandTests()
    {
        Write("receipt.json", _ledger.Receipt(4).ToJsonString());
        Write("published.key", _ledger.PublicKey + "\n");
        Write("export.jsonl", string.Join('\n', _ledger.ExportLines(5)) + "\n");
    }

    public void Dispose()
    {
        _ledger.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Verify_says_each_check_and_the_verdict()
    {
        var (status, output, _) = await Run("verify", "receipt.json", "--key", "published.key");

        Assert.Equal(0, status);
        Assert.Contains("passed inclusion  From the leaf, as entry 4, the proof of 4 hashes leads to the root of the checkpoint.\n", output, StringComparison.Ordinal);
        Assert.Contains("passed key        The key is the one that was given.\n", output, StringComparison.Ordinal);
        Assert.Contains("\nValid: the log terms.example/acceptances had this record as entry 4", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ends_with_1_if_a_check_fails_and_gives_the_checks_as_data()
    {
        var receipt = _ledger.Receipt(4);
        receipt["record"]!["subject"] = "customer-5";
        receipt["record"]!["actor"] = "customer-5";
        Write("altered.json", receipt.ToJsonString());

        var (status, output, _) = await Run("verify", "altered.json", "--json");

        Assert.Equal(1, status);
        var data = JsonDocument.Parse(output).RootElement;
        Assert.False(data.GetProperty("isValid").GetBoolean());
        Assert.Equal(["id", "inclusion"], data.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("outcome").GetString() == "Failed").Select(c => c.GetProperty("name").GetString()));
        Assert.Equal("Not valid: nothing is proved, because of what failed: id, inclusion.", data.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Audit_ends_with_0_if_nothing_is_wrong_and_with_1_if_something_is()
    {
        var (status, output, _) = await Run("audit", "export.jsonl", "--key", "published.key");
        Assert.Equal(0, status);
        Assert.StartsWith("12 entries and 3 checkpoints of acceptances, root ", output, StringComparison.Ordinal);
        Assert.Contains("Nothing wrong was found in 12 entries and 3 checkpoints of acceptances", output, StringComparison.Ordinal);

        Write("altered.jsonl", File.ReadAllText(In("export.jsonl")).Replace("customer-7", "customer-8", StringComparison.Ordinal));
        (status, output, _) = await Run("audit", "altered.jsonl");
        Assert.Equal(1, status);
        Assert.Contains("acceptances entries 5 to 9: These entries do not make the tree of the checkpoint of 10 entries, which is signed.", output, StringComparison.Ordinal);

        (status, output, _) = await Run("audit", "altered.jsonl", "--json");
        Assert.Equal(1, status);
        Assert.Equal(5, JsonNode.Parse(output)!["findings"]![0]!["from"]!.GetValue<int>());
    }

    [Fact]
    public async Task Audit_reads_the_folder_of_a_store()
    {
        using var catalogue = new Ledger("catalogue");
        using var store = new StoreFolder(_ledger, catalogue);

        var (status, output, _) = await Run("audit", store.Path);

        Assert.Equal(0, status);
        Assert.Contains("0 entries and 1 checkpoint of catalogue", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The receipt absent.json cannot be read:", "verify", "absent.json")]
    [InlineData("The key absent.key cannot be read:", "verify", "receipt.json", "--key", "absent.key")]
    [InlineData("receipt.json: This is not a verifier key: it does not have the three parts name, id and key.", "verify", "receipt.json", "--key", "receipt.json")]
    [InlineData("absent cannot be read:", "audit", "absent")]
    [InlineData(". is not the folder of a store: it has no ledger.db. Name the data folder, or an export.", "audit", ".")]
    [InlineData("Required argument 'ledger' missing", "audit")]
    public async Task A_wrong_call_ends_with_2_and_says_why(string why, params string[] arguments)
    {
        var (status, _, error) = await Run(arguments);

        Assert.Equal(2, status);
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(In(name), text);

    private async Task<(int Status, string Output, string Error)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "terms.dll"), .. arguments]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await error);
    }
}
