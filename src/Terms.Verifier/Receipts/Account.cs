using System.Globalization;
using System.Text.Json;
using Terms.Verifier.Json;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Receipts;

/// <summary>Says in sentences what a receipt proves, and what it does not.</summary>
internal static class Account
{
    private const string Limits = "It does not prove who the subject is in life, that what was shown was read or understood, that the clock of the server was right, "
        + "that nothing was withdrawn later, or that the log shows the same tree to everybody; what the agreement is worth is for the law to say.";

    public static string Valid(Receipt receipt, Checkpoint checkpoint, bool isKeyGiven)
    {
        var proved = string.Create(
            CultureInfo.InvariantCulture,
            $"Valid: the log {Quoted.Text(checkpoint.Origin)} had this record as entry {receipt.Index} when it signed its tree of {receipt.Size} entries. By the record, {Act(receipt.Record)}.");
        return $"{proved} {(isKeyGiven ? "The signature is that of the key that was given." : OwnKey(checkpoint.Origin))} {Limits}";
    }

    public static string NotValid(IEnumerable<VerificationCheck> failed) => $"Not valid: nothing is proved, because of what failed: {string.Join(", ", failed.Select(f => f.Name))}.";

    private static string OwnKey(string origin) =>
        $"The key is the receipt's own: that it belongs to {Quoted.Text(origin)} is not proved. Get the key from where its operator publishes it, and give it with --key FILE.";

    private static string Act(JsonElement record)
    {
        string Of(string member) => Quoted.Text(record.GetProperty(member).Text(member));
        var who = Of("actor") == Of("subject") ? Of("subject") : $"{Of("actor")}, acting for {Of("subject")}{(record.GetProperty("authority").ValueKind == JsonValueKind.Null ? "" : $" ({Of("authority")})")},";
        string[] agreements = [.. record.GetProperty("agreements").EnumerateArray().Take(20).Select(Version)];
        var count = record.GetProperty("agreements").GetArrayLength();
        var what = agreements.Length == 0 ? "no agreement" : string.Join(", ", agreements) + (count > agreements.Length ? string.Create(CultureInfo.InvariantCulture, $" and {count - agreements.Length} more") : "");
        var act = Of("kind") switch
        {
            "agree" => $"{who} agreed to {what}",
            "acknowledge" => $"{who} acknowledged {what}",
            "decline" => $"{who} declined {what}",
            "withdraw" => $"{who} withdrew the acceptance {Of("withdraws")} of {what}",
            _ => $"{who} had agreed to {what} in another system, from which it was imported",
        };
        return $"{act}, recorded at {Of("recorded")}";
    }

    private static string Version(JsonElement agreement) => $"{Quoted.Text(agreement.GetProperty("agreement").Text("agreement"))} {Quoted.Text(agreement.GetProperty("version").Text("version"))}";
}
