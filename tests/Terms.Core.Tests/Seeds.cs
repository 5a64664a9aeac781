using System.Text.Json;

namespace Terms.Tests;

/// <summary>
/// The documents and facts that the shipped content restates. They stand beside the repository (<c>TERMS_SEEDS</c>, by default <c>../shared</c>) and
/// not everywhere: where they are absent, a test is announced as skipped, except in continuous integration, where it fails.
/// </summary>
internal static class Seeds
{
    private static readonly Dictionary<string, string> Agreements = new(StringComparer.Ordinal)
    {
        ["FMA"] = "free-membership", ["TOU"] = "terms-of-use", ["CTOU"] = "alibaba-terms-of-use", ["VIP"] = "vip-membership", ["MSA"] = "merchant-service",
        ["EASYBUY-CODE"] = "seller-code/undated", ["RULES/IPR-POLICY"] = "ipr-protection-policy/undated", ["RULES/PRODUCT-LISTING"] = "product-listing-policy/undated",
        ["RULES/IPR-ENFORCEMENT"] = "ipr-enforcement-actions/undated", ["RULES/RU-CUSTOMS"] = "customs-declaration-terms/undated",
        ["RULES/RU-PRIVACY"] = "privacy-policy-ru/2019-01-17", ["RULES/UNPAID-ITEMS"] = "unpaid-items-policy/undated", ["RULES/SHILL"] = "shill-purchases/undated",
        ["RULES/COMMUNICATION"] = "communication-rules/undated", ["RULES/BUYER-PROTECTION-ABUSE"] = "buyer-protection-abuse/undated",
        ["RULES/FEEDBACK-EXTORTION"] = "feedback-extortion/undated",
    };

    private static readonly string Folder = Environment.GetEnvironmentVariable("TERMS_SEEDS") ?? Path.Combine(Repository.Root, "..", "shared");

    /// <summary>Why a test that needs the seeds cannot run; null if it can, or if it has to.</summary>
    public static string? Absence =>
        Directory.Exists(Path.Combine(Folder, "facts")) || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : $"The seeds are absent ({Folder}). Name their folder in TERMS_SEEDS.";

    /// <summary>One file of facts.</summary>
    public static JsonElement Facts(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "facts", name)));
        return document.RootElement.Clone();
    }

    /// <summary>The lines of one document.</summary>
    public static string[] Document(string name) => File.ReadAllLines(Path.Combine(Folder, "seeds", name));

    /// <summary>One document as it was collected.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, "seeds", name));

    /// <summary><c>FMA-2025-04-01</c> as <c>free-membership/2025-04-01</c>.</summary>
    public static string PathOf(string version) =>
        Agreements.TryGetValue(version, out var whole) ? whole : $"{Agreements[version.Split('-')[0]]}/{version[(version.IndexOf('-', StringComparison.Ordinal) + 1)..].Split('/')[0]}";

    /// <summary>The texts in a list of a fact; empty if it is not there.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement item, string key) =>
        item.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(e => e.GetString() ?? "")] : [];

    /// <summary>The text of a fact; null if it is not there.</summary>
    public static string? Text(this JsonElement item, string key) =>
        item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The number of a fact; null if it is not there.</summary>
    public static decimal? Number(this JsonElement item, string key) =>
        item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}

/// <summary>A test that needs the seeds.</summary>
internal sealed class SeedFactAttribute : FactAttribute
{
    public SeedFactAttribute() => Skip = Seeds.Absence;
}

/// <summary>A test on several examples that needs the seeds.</summary>
internal sealed class SeedTheoryAttribute : TheoryAttribute
{
    public SeedTheoryAttribute() => Skip = Seeds.Absence;
}
