using System.Globalization;

namespace Terms.Verifier.Audits;

/// <summary>One thing that is wrong with a ledger.</summary>
/// <param name="Log"><c>acceptances</c>, <c>catalogue</c>, or <c>store</c> for what belongs to neither.</param>
/// <param name="From">The first entry that it is about, from 0; null if it is about none.</param>
/// <param name="To">The last entry that it is about; null if it is about none.</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Meaning">What that means, in a sentence.</param>
public sealed record AuditFinding(string Log, long? From, long? To, string What, string Meaning);

/// <summary>What was read of one log.</summary>
/// <param name="Name"><c>acceptances</c> or <c>catalogue</c>.</param>
/// <param name="Entries">How many entries were read.</param>
/// <param name="Checkpoints">How many checkpoints were read.</param>
/// <param name="Root">The root of the tree that was rebuilt of the entries, in base64.</param>
/// <param name="Key">The verifier key that the signatures were checked with.</param>
public sealed record AuditedLog(string Name, long Entries, long Checkpoints, string Root, string Key)
{
    /// <summary>What was read, in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Entries:#,0} {(Entries == 1 ? "entry" : "entries")} and {Checkpoints:#,0} {(Checkpoints == 1 ? "checkpoint" : "checkpoints")} of {Name}");
}

/// <summary>What an audit found.</summary>
/// <param name="Logs">What was read.</param>
/// <param name="Findings">What is wrong, at most a thousand of them in the order in which they were found; empty if nothing is.</param>
/// <param name="Unlisted">How many more there are.</param>
/// <param name="Verdict">What the audit shows and what it does not, in sentences.</param>
public sealed record AuditReport(IReadOnlyList<AuditedLog> Logs, IReadOnlyList<AuditFinding> Findings, long Unlisted, string Verdict)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => Findings.Count == 0;
}
