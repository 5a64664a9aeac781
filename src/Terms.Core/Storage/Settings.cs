using System.Globalization;
using Terms.Catalogue;

namespace Terms.Storage;

/// <summary>What the ledger remembers about itself, by name.</summary>
internal static class Settings
{
    /// <summary>The name of the operator in the checkpoints.</summary>
    public const string Origin = "origin";

    /// <summary>The verifier key of the log of acceptances.</summary>
    public const string Key = "verifier-key";

    /// <summary>The key of the hashes in the table of lookups, in hexadecimal.</summary>
    public const string LookupKey = "lookup-key";

    /// <summary>All entries below this one are in the table of lookups.</summary>
    public const string LookupEnd = "lookup-end";

    /// <summary>How many bytes of erasures.log have been carried out.</summary>
    public const string ErasedTo = "erased-to";

    /// <summary>Presentations up to this number have been forgotten, unless they were answered; not there before the first were.</summary>
    public const string PrunedTo = "pruned-to";

    /// <summary>Since when it is noted which versions have taken effect; not there before the first time.</summary>
    public const string EffectiveTold = "effective-told";

    /// <summary>A setting that is always there.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public static string Read(Database database, string name) => database.Statement("SELECT value FROM settings WHERE name = ?").Bind(1, name).First(r => r.Text(0))
        ?? throw new StoreException($"{database.File} is not a whole ledger: it lacks the setting {name}. Keep the file as it is, and restore the last backup with `terms restore`.");

    public static void Write(Database database, string name, string value) =>
        database.Statement("INSERT INTO settings(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value").Bind(1, name).Bind(2, value).Run();

    public static void Write(Database database, string name, long value) => Write(database, name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number that is always there.</summary>
    public static long Number(Database database, string name) => long.TryParse(Read(database, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new StoreException($"The ledger has \"{Read(database, name)}\" where the number {name} has to be.");

    /// <summary>Reads an instant that the ledger wrote.</summary>
    public static DateTimeOffset Instant(string text) => Instants.TryParse(text, out var instant) ? instant : throw new StoreException($"The ledger has \"{text}\" where an instant has to be.");
}
