using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

/// <summary>Checkpoints, signed notes and verifier keys.</summary>
public sealed class CheckpointTests
{
    private const string Origin = "terms.example/acceptances";

    [Fact]
    public void A_signed_checkpoint_opens_with_its_key_and_with_no_other()
    {
        using var signer = CheckpointSigner.Generate();
        using var other = CheckpointSigner.Generate();
        var signed = signer.Sign(new Checkpoint(Origin, 17, MerkleHash.Leaf([1])));

        Assert.Equal(17, VerifierKey.Parse(signer.Key(Origin).ToString()).Open(signed.Note).Size);
        Assert.StartsWith($"{Origin}\n17\n", signed.Note, StringComparison.Ordinal);
        Assert.Contains("bears no signature of the key", Assert.Throws<FormatException>(() => other.Key(Origin).Open(signed.Note)).Message, StringComparison.Ordinal);
        Assert.Contains("is of terms.example/acceptances, not of terms.example/catalogue", Assert.Throws<FormatException>(() => signer.Key("terms.example/catalogue").Open(signed.Note)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_character_of_a_note_can_be_changed()
    {
        using var signer = CheckpointSigner.Generate();
        var key = signer.Key(Origin);
        var note = signer.Sign(new Checkpoint(Origin, 17, MerkleHash.Leaf([1]))).Note;
        for (var i = 0; i < note.Length - 1; i++) // The last line feed ends the note and says nothing.
        {
            var altered = note.ToCharArray();
            altered[i] = altered[i] == 'A' ? 'B' : 'A';
            Assert.Throws<FormatException>(() => key.Open(new string(altered)));
        }
    }

    [Fact]
    public void A_signer_read_from_its_file_is_the_same()
    {
        using var signer = CheckpointSigner.Generate();
        using var again = CheckpointSigner.FromPem(signer.ToPem());

        Assert.Equal(signer.Key(Origin).ToString(), again.Key(Origin).ToString());
        Assert.Equal(3, signer.Key(Origin).Open(again.Sign(new Checkpoint(Origin, 3, MerkleHash.Empty)).Note).Size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void What_is_no_key_is_refused(string pem) =>
        Assert.Contains("This is not a secret ECDSA key on P-256", Assert.Throws<FormatException>(() => CheckpointSigner.FromPem(pem)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a+b")]
    [InlineData("a+00000000+AgA=")]
    [InlineData("a+zz+!!")]
    public void What_is_no_verifier_key_is_refused(string text) => Assert.Contains("is not a verifier key", Assert.Throws<FormatException>(() => VerifierKey.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a\n1\nAAAA\n")]
    [InlineData("a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a b\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n")]
    public void What_is_no_checkpoint_is_refused(string text) => Assert.Throws<FormatException>(() => Checkpoint.Parse(text));
}
