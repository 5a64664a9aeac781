using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Terms.Verifier.Audits;
using Terms.Verifier.Notes;
using Terms.Verifier.Receipts;

namespace Terms.Cli;

/// <summary><c>terms verify RECEIPT</c>: what a receipt proves, checked from the file alone and, if given, a key.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var receipt = new Argument<string>("receipt") { Description = "The receipt, a file terms-receipt/1." };
        var key = KeyFile.Option();
        var json = new Option<bool>("--json") { Description = "Prints what was found as data." };
        var command = new Command("verify", "Checks a receipt offline and says what it proves and what it does not.") { receipt, key, json };
        command.SetAction(parsed =>
        {
            var verification = ReceiptVerification.Of(Read(parsed.GetValue(receipt)!), KeyFile.Read(parsed.GetValue(key)));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(verification, VerifierJson.Default.ReceiptVerification));
            }
            else
            {
                foreach (var check in verification.Checks)
                {
                    Console.WriteLine($"{Mark(check.Outcome)} {check.Name,-10} {check.Words}");
                }
                Console.WriteLine(verification.Verdict);
            }
            return verification.IsValid ? 0 : 1;
        });
        return command;
    }

    private static string Mark(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Failed => "FAILED",
        _ => "      ",
    };

    /// <summary>The bytes of the file, and one more than a receipt may have if it is larger.</summary>
    private static byte[] Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[ReceiptVerification.LargestReceipt + 1];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongCallException($"The receipt {file} cannot be read: {e.Message}");
        }
    }
}

/// <summary>The file of verifier keys that a call names.</summary>
internal static class KeyFile
{
    private const int LargestFile = 64 << 10;

    public static Option<string?> Option() => new("--key") { Description = "A file with the published verifier keys, one a line. Without it, the key that comes along is used, and the verdict says so." };

    public static IReadOnlyList<VerifierKey>? Read(string? file)
    {
        if (file is null)
        {
            return null;
        }
        try
        {
            return new FileInfo(file).Length <= LargestFile
                ? VerifierKey.ParseLines(File.ReadAllText(file))
                : throw new WrongCallException($"{file} is larger than {LargestFile} bytes, which no file of keys is.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongCallException($"The key {file} cannot be read: {e.Message}");
        }
        catch (FormatException e)
        {
            throw new WrongCallException($"{file}: {e.Message}");
        }
    }
}

/// <summary>What verify and audit print as data.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ReceiptVerification))]
[JsonSerializable(typeof(AuditReport))]
internal sealed partial class VerifierJson : JsonSerializerContext;
