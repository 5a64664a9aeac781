using System.Security.Cryptography;
using System.Text;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Tests.Notes;

public sealed class NoteTests : IDisposable
{
    /// <summary>The example of C2SP tlog-checkpoint. It is signed with Ed25519, so only its form can be read here.</summary>
    private const string Example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    private readonly Ledger _ledger = Ledger.OfAcceptances(5);

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void The_checkpoint_that_C2SP_shows_is_read()
    {
        var checkpoint = Checkpoint.Read(Example);

        Assert.Equal(("example.com/behind-the-sofa", 20852163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal("example.com/behind-the-sofa", Assert.Single(checkpoint.Note.Signatures).Name);
    }

    [Fact]
    public void A_key_of_type_2_has_the_first_four_bytes_of_the_digest_of_its_information_as_id()
    {
        var key = VerifierKey.Parse(_ledger.PublicKey);

        Assert.Equal(SHA256.HashData(_ledger.KeyInformation)[..4], key.Id);
        Assert.Equal("terms.example/acceptances", key.Name);
        Assert.Null(Checkpoint.Read(_ledger.Checkpoint(5)).WrongWith(key));
    }

    [Fact]
    public void Another_key_under_the_same_name_and_id_does_not_count()
    {
        using var forger = new Ledger();
        var text = _ledger.Checkpoint(5).Split("\n\n")[0] + "\n";
        var forged = $"{text}\n— {_ledger.Origin} {Convert.ToBase64String([.. _ledger.KeyId, .. forger.Sign(text)])}\n";

        Assert.Equal("it does not bear the signature of the key", Checkpoint.Read(forged).WrongWith(VerifierKey.Parse(_ledger.PublicKey)));
        Assert.Contains("its id is not the first four bytes", Assert.Throws<FormatException>(() => VerifierKey.Parse(Ledger.KeyText(_ledger.Origin, _ledger.KeyId, forger.KeyInformation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_of_others_are_left_alone_and_a_bad_one_of_the_key_itself_spoils_the_note()
    {
        using var witness = new Ledger("witness");
        var note = _ledger.Checkpoint(5);
        var key = VerifierKey.Parse(_ledger.PublicKey);
        var text = note.Split("\n\n")[0] + "\n";

        Assert.Null(Checkpoint.Read($"{note}— {witness.Origin} {Convert.ToBase64String([.. witness.KeyId, .. witness.Sign(text)])}\n").WrongWith(key));
        Assert.NotNull(Checkpoint.Read($"{note}— {_ledger.Origin} {Convert.ToBase64String([.. _ledger.KeyId, .. witness.Sign(text)])}\n").WrongWith(key));
    }

    [Theory]
    [InlineData("20852163\n", "020852163\n", "is not a number")]
    [InlineData("20852163\n", "+20852163\n", "is not a number")]
    [InlineData("20852163\n", "-1\n", "is not a number")]
    [InlineData("20852163\n", "99999999999999999999\n", "is not a number")]
    [InlineData("q2I=\n\n", "q2J=\n\n", "its root is not 32 bytes in base64")]
    [InlineData("q2I=\n\n", "q2I\n\n", "its root is not 32 bytes in base64")]
    [InlineData("CsUY", "CsU Y", "its root is not 32 bytes in base64")]
    [InlineData("\n\n", "\n\n\n\n", "it does not have the lines origin, size and root")]
    [InlineData("\n\n", "\n", "it is not a text, an empty line, and lines of signatures")]
    [InlineData("— ", "- ", "is not the line of a signature")]
    [InlineData("— ", "—  ", "is not the line of a signature")]
    [InlineData("AYQ8=\n", "AYQ8=", "it is not a text, an empty line, and lines of signatures")]
    [InlineData("AYQ8=", "AYQ8", "is not the line of a signature")]
    [InlineData("sofa\n2", "sofa\r\n2", "it has control characters")]
    [InlineData("sofa\n2", "sofa\u0085\n2", "it has control characters")]
    public void A_note_that_is_written_otherwise_is_refused(string there, string instead, string why) =>
        Assert.Contains(why, Assert.Throws<MalformedException>(() => Checkpoint.Read(Example.Replace(there, instead, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_note_that_is_too_long_is_refused()
    {
        Assert.Equal("it is longer than 2048 characters", Assert.Throws<MalformedException>(() => Checkpoint.Read(new string('a', 3000) + Example)).Message);
        Assert.Equal("it has more than 16 signatures", Assert.Throws<MalformedException>(() => Checkpoint.Read("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n" + string.Concat(Enumerable.Repeat("— a AAAAAAA=\n", 17)))).Message);
    }

    [Theory]
    [InlineData("terms.example/acceptances", "it does not have the three parts name, id and key")]
    [InlineData("+00000000+AgAA", "it does not have the three parts name, id and key")]
    [InlineData("a b+00000000+AgAA", "its name has white space or control characters")]
    [InlineData("a+00000000+AQAA", "its key is not base64 of 0x02 and a P-256 key")]
    [InlineData("a+00000000+Ag==", "its key is not base64 of 0x02 and a P-256 key")]
    public void A_key_that_is_written_otherwise_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => VerifierKey.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_on_another_curve_or_off_the_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var information = other.ExportSubjectPublicKeyInfo();
        Assert.Throws<FormatException>(() => VerifierKey.Parse(Ledger.KeyText("a", SHA256.HashData(information)[..4], information)));

        var off = _ledger.KeyInformation;
        off[^1] ^= 1;
        Assert.Contains("its key is not a point of P-256", Assert.Throws<FormatException>(() => VerifierKey.Parse(Ledger.KeyText("a", SHA256.HashData(off)[..4], off))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_stand_one_a_line()
    {
        Assert.Equal(2, VerifierKey.ParseLines($"{_ledger.PublicKey}\r\n\n{_ledger.PublicKey}\n").Count);
        Assert.Contains("There is no verifier key in it", Assert.Throws<FormatException>(() => VerifierKey.ParseLines("\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_has_one_spelling_in_DER()
    {
        var key = VerifierKey.Parse(_ledger.PublicKey);
        var text = "terms"u8.ToArray();
        for (var round = 0; round < 40; round++)
        {
            var der = _ledger.Sign("terms");
            var (r, s) = (der[4..(4 + der[3])], der[(6 + der[3])..]);
            Assert.True(key.Signed(text, der));
            byte[][] others =
            [
                Der([0, .. r], s), Der(r, [0, .. s]), Der([0xff, .. r], s), // needless zeros, and a sign
                [.. der, 0], [0x30, (byte)(der[1] + 1), .. der[2..], 0], der[..^1], // something behind it, or too little
                [0x30, 0x81, .. der[1..]], [0x31, .. der[1..]], // a long length, another tag
                Der(r, [.. s, 0]), Der([], s), Der([0], s), Der(r, [0]), // other numbers, and zero
                [.. Der(r, s)[..2], 0x02, 0x81, .. Der(r, s)[3..]],
                [], [0x30], [0x30, 0x80], [.. new byte[64]],
            ];
            Assert.All(others, other => Assert.False(key.Signed(text, other)));
            if (r[0] == 0)
            {
                Assert.False(key.Signed(text, Der(r[1..], s))); // A number without its zero is negative.
            }
        }

        static byte[] Der(byte[] r, byte[] s) => [0x30, (byte)(r.Length + s.Length + 4), 0x02, (byte)r.Length, .. r, 0x02, (byte)s.Length, .. s];
    }

    [Theory]
    [InlineData("AA==", true)]
    [InlineData("AB==", false)]
    [InlineData("AA=", false)]
    [InlineData("A A==", false)]
    [InlineData("AA==\n", false)]
    [InlineData("_w==", false)]
    [InlineData("", true)]
    public void Base64_has_one_spelling(string text, bool isRead) => Assert.Equal(isRead, StrictBase64.Read(text) is not null);

    [Fact]
    public void Words_from_outside_stay_on_one_line_and_have_no_hidden_characters()
    {
        Assert.Equal("a\\u{a}b\\u{1b}[31m\\u{202e}c\\u{5c}", Quoted.Text("a\nb\u001b[31m\u202ec\\"));
        Assert.Equal(101, Quoted.Text(new string('x', 5000)).Length);
        Assert.Equal("\uFFFD", Quoted.Text(Encoding.UTF8.GetBytes("\ud800")));
    }
}
