using Terms.Verifier.Notes;

namespace Terms.Verifier.Audits;

/// <summary>
/// Audits a ledger from its records: rebuilds the tree, and compares every checkpoint and what else is kept. Nothing is written but a temporary file, and memory does not
/// grow with the ledger.
/// </summary>
public static class LedgerAudit
{
    /// <summary>Audits an export (<c>terms-export/1</c>).</summary>
    /// <param name="export">The export, read once from here to its end.</param>
    /// <param name="keys">The keys of which one has to have signed; none: the export's own key is used, and the verdict says so.</param>
    /// <param name="progress">Told of the number of entries read, now and then.</param>
    public static AuditReport OfExport(Stream export, IReadOnlyList<VerifierKey>? keys = null, IProgress<long>? progress = null) => ExportAudit.Run(export, keys ?? [], progress);

    /// <summary>Audits the folder of a store as it is at one moment; a server may be writing to it.</summary>
    /// <param name="folder">The data folder, which holds <c>ledger.db</c>.</param>
    /// <param name="keys">The keys that have to have signed; none: those in the folder <c>keys</c> of the store, and the verdict says so.</param>
    /// <param name="progress">Told of the number of entries read, now and then.</param>
    /// <exception cref="AuditRefusedException">There is no store, no key for its logs, or somebody began to write in the middle.</exception>
    public static AuditReport OfStore(string folder, IReadOnlyList<VerifierKey>? keys = null, IProgress<long>? progress = null) => StoreAudit.Run(folder, keys ?? [], progress);
}
