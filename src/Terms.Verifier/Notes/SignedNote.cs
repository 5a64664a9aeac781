using System.Buffers;
using System.Text;

namespace Terms.Verifier.Notes;

/// <summary>A C2SP signed note: a text that ends in a line feed, an empty line, and lines of signatures.</summary>
internal sealed class SignedNote
{
    private const int Longest = 2048;
    private const int MostSignatures = 16;

    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(c => c != '\n' && char.IsControl(c))]);

    private SignedNote(string text, IReadOnlyList<(string Name, byte[] Signature)> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>What is signed, with its last line feed.</summary>
    public string Text { get; }

    /// <summary>For each signature the name of the key, and four bytes of its id with the signature itself.</summary>
    public IReadOnlyList<(string Name, byte[] Signature)> Signatures { get; }

    public static SignedNote Read(string note)
    {
        if (note.Length > Longest)
        {
            throw new MalformedException($"it is longer than {Longest} characters");
        }
        if (note.AsSpan().ContainsAny(Controls))
        {
            throw new MalformedException("it has control characters");
        }
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || split + 2 >= note.Length)
        {
            throw new MalformedException("it is not a text, an empty line, and lines of signatures");
        }
        var signatures = new List<(string, byte[])>();
        foreach (var line in note[(split + 2)..^1].Split('\n'))
        {
            if (line.Split(' ') is not ["—", { Length: > 0 } name, var encoded] || name.Contains('+', StringComparison.Ordinal) || StrictBase64.Read(encoded) is not { Length: > 4 } signature)
            {
                throw new MalformedException($"`{Quoted.Text(line)}` is not the line of a signature");
            }
            signatures.Add((name, signature));
            if (signatures.Count > MostSignatures)
            {
                throw new MalformedException($"it has more than {MostSignatures} signatures");
            }
        }
        return new SignedNote(note[..(split + 1)], signatures);
    }

    /// <summary>Whether a key has signed. Lines of other keys do not count, as C2SP has it; a line of this name and id that does not verify spoils the note.</summary>
    public bool IsSignedBy(VerifierKey key)
    {
        var own = Signatures.Where(s => s.Name == key.Name && s.Signature.AsSpan(0, 4).SequenceEqual(key.Id)).ToList();
        var text = Encoding.UTF8.GetBytes(Text);
        return own.Count > 0 && own.All(s => key.Signed(text, s.Signature.AsSpan(4)));
    }
}
