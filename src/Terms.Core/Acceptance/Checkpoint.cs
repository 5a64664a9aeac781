using System.Globalization;

namespace Terms.Acceptance;

/// <summary>What a log says of itself: whose it is, how many leaves it has, and its root hash (C2SP tlog-checkpoint, without extension lines).</summary>
public sealed record Checkpoint
{
    private const int LongestOrigin = 200;

    /// <summary>A checkpoint.</summary>
    /// <exception cref="ArgumentException">The origin or the root is not one.</exception>
    public Checkpoint(string origin, long size, byte[] root)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (root.Length != MerkleHash.Length)
        {
            throw new ArgumentException($"A root has {MerkleHash.Length} bytes, not {root.Length}.", nameof(root));
        }
        Origin = RequireOrigin(origin);
        Size = size;
        Root = root;
    }

    /// <summary>The name of the log, such as <c>terms.example/acceptances</c>. It is also the name of its key.</summary>
    public string Origin { get; }

    /// <summary>The number of leaves.</summary>
    public long Size { get; }

    /// <summary>The root hash, 32 bytes.</summary>
    public byte[] Root { get; }

    /// <summary>The three lines that are signed, each with its line feed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    /// <summary>An origin as it was given, if it can be one: 1 to 200 visible ASCII characters, no <c>+</c>, because it also names a key.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static string RequireOrigin(string origin) => origin.Length is > 0 and <= LongestOrigin && !origin.Contains('+', StringComparison.Ordinal) && origin.All(c => c is > ' ' and < '\x7f')
        ? origin
        : throw new ArgumentException($"An origin has 1 to {LongestOrigin} visible ASCII characters and no \"+\"; write a name such as terms.example.", nameof(origin));

    /// <summary>Reads the three lines.</summary>
    /// <exception cref="FormatException">They are not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        if (text.Split('\n') is not [var origin, var number, var hash, ""] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            throw new FormatException("A checkpoint has three lines: origin, size, root.");
        }
        try
        {
            var read = new Checkpoint(origin, size, Convert.FromBase64String(hash));
            return read.Text == text ? read : throw new FormatException("The checkpoint's size or root is not written in its one form.");
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}

/// <summary>A checkpoint and the signed note that carries it.</summary>
/// <param name="Checkpoint">What the log says of itself.</param>
/// <param name="Note">The note: the checkpoint's lines, an empty line, the line of the signature.</param>
public sealed record SignedTree(Checkpoint Checkpoint, string Note)
{
    /// <summary>The number of leaves.</summary>
    public long Size => Checkpoint.Size;

    /// <summary>The root hash, 32 bytes.</summary>
    public byte[] Root => Checkpoint.Root;
}
