using System.Globalization;

namespace Terms.Verifier.Notes;

/// <summary>A C2SP tlog-checkpoint: what a log says its tree was at one size.</summary>
/// <param name="Origin">The name of the log.</param>
/// <param name="Size">How many leaves the tree has.</param>
/// <param name="Root">The root hash of the tree, 32 bytes.</param>
/// <param name="Note">The note that carries it.</param>
internal sealed record Checkpoint(string Origin, long Size, byte[] Root, SignedNote Note)
{
    public static Checkpoint Read(string text)
    {
        var note = SignedNote.Read(text);
        if (note.Text[..^1].Split('\n') is not [{ Length: > 0 } origin, var size, var root, .. var extensions] || extensions.Contains(""))
        {
            throw new MalformedException("it does not have the lines origin, size and root");
        }
        if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves) || leaves.ToString(CultureInfo.InvariantCulture) != size)
        {
            throw new MalformedException($"its size, `{Quoted.Text(size)}`, is not a number");
        }
        return StrictBase64.Read(root) is { Length: 32 } hash
            ? new Checkpoint(origin, leaves, hash, note)
            : throw new MalformedException("its root is not 32 bytes in base64");
    }

    /// <summary>What keeps it from being a checkpoint of the log of this key, signed by it, in words; null if nothing does.</summary>
    public string? WrongWith(VerifierKey key)
    {
        if (Origin != key.Name)
        {
            return $"it is of the log `{Quoted.Text(Origin)}`, the key is for `{Quoted.Text(key.Name)}`";
        }
        return Note.IsSignedBy(key) ? null : "it does not bear the signature of the key";
    }
}
