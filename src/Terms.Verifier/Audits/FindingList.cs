using System.Globalization;

namespace Terms.Verifier.Audits;

/// <summary>Gathers findings, as many as a reader can use, and counts the rest.</summary>
internal sealed class FindingList
{
    private const int MostListed = 1000;

    private readonly List<AuditFinding> _findings = [];
    private long _unlisted;

    public void Add(string log, string what, string meaning) => Add(new AuditFinding(log, null, null, what, meaning));

    public void Add(string log, long entry, string what, string meaning) => Add(new AuditFinding(log, entry, entry, what, meaning));

    public void Add(string log, long from, long to, string what, string meaning) => Add(new AuditFinding(log, from, to, what, meaning));

    public AuditReport Report(IReadOnlyList<AuditedLog> logs, bool isKeyGiven)
    {
        var read = logs.Count == 0 ? "what could be read" : string.Join(", and in ", logs);
        var key = isKeyGiven
            ? "The signatures are those of the key that was given."
            : "The key came with what was audited: whoever can write there can change it too. Give the published key with --key FILE.";
        var verdict = _findings.Count == 0
            ? $"Nothing wrong was found in {read}: the tree rebuilt of the records is the one that every checkpoint signed. {key} "
                + "It does not show that the log gave the same tree to everybody, nor that nothing was cut off after the last checkpoint here: compare it with a checkpoint kept elsewhere."
            : string.Create(CultureInfo.InvariantCulture, $"{_findings.Count + _unlisted:#,0} {(_findings.Count + _unlisted == 1 ? "finding" : "findings")} in {read}.");
        return new AuditReport(logs, _findings, _unlisted, verdict);
    }

    private void Add(AuditFinding finding)
    {
        if (_findings.Count < MostListed)
        {
            _findings.Add(finding);
        }
        else
        {
            _unlisted++;
        }
    }
}
