using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>The names of the two logs.</summary>
public static class Logs
{
    /// <summary>Records of acceptance. Never public.</summary>
    public const string Acceptances = "acceptances";

    /// <summary>Published versions of texts. Public.</summary>
    public const string Catalogue = "catalogue";
}

/// <summary>One log as it stands on the disk.</summary>
internal sealed class Log(VerifierKey key, string name, MerkleTree tree, SignedTree signed)
{
    private volatile Standing current = new(tree, signed);

    public string Name { get; } = name;

    public VerifierKey Key { get; } = key;

    /// <summary>Its tree and last checkpoint. Set by the writer alone, after the batch is on the disk.</summary>
    public Standing Current
    {
        get => current;
        set => current = value;
    }

    public sealed record Standing(MerkleTree Tree, SignedTree Signed);

    /// <summary>A full tile of a log.</summary>
    public static byte[]? Tile(Database database, string log, int level, long index) =>
        database.Statement("SELECT hashes FROM tiles WHERE log = ? AND level = ? AND tile = ?").Bind(1, log).Bind(2, level).Bind(3, index).First(r => r.Blob(0));

    /// <summary>A full tile that has to be there.</summary>
    /// <exception cref="StoreException">It is not, or not whole.</exception>
    public static byte[] RequireTile(Database database, string log, int level, long index) => Tile(database, log, level, index) is { Length: MerkleTree.TileWidth * MerkleHash.Length } tile
        ? tile
        : throw new StoreException($"{database.File} lacks tile {level}/{index} of the log {log}. Stop the server, keep the file as it is, and restore the last backup with `terms restore`.");
}
