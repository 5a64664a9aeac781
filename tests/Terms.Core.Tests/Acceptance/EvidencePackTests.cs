using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

public sealed class EvidencePackTests
{
    private static readonly byte[] Html = Encoding.UTF8.GetBytes("<p>Agree</p>");
    private static readonly Terms.Catalogue.Agreement Agreement = Repository.Content.Catalogue.Find("free-membership")!;
    private static readonly LogProof Proof = new(1, [], "terms.example/acceptances\n1\nAAAA\n\n— terms.example/acceptances AAAA\n", "terms.example/acceptances+00000000+AAAA");

    private static Receipt Receipt(string? textDigest = null, PersonalDetails? kept = null)
    {
        var shown = ShownTests.Show();
        var details = new PersonalDetails([PersonalDetail.Salted("name", "Zoë")]);
        var record = Acts.Agree(shown: Acts.Shown(digest: shown.Digest), details: details.Commitments, versions: Acts.Version(digest: textDigest ?? Agreement.Version("2025-04-01")!.TextDigest.Value));
        return new Receipt(Acts.Id(record, 0), record, Proof, kept ?? details, shown.Bytes);
    }

    [Fact]
    public void A_receipt_has_the_members_of_its_format()
    {
        var receipt = Receipt();
        var json = JsonDocument.Parse(receipt.Bytes()).RootElement;

        Assert.Equal(
            ["schema", "id", "record", "index", "size", "inclusion", "checkpoint", "publicKey", "details", "shown"], json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(receipt.Record.Bytes(), Encoding.UTF8.GetBytes(json.GetProperty("record").GetRawText()));
        Assert.Equal(receipt.Record.Shown!.Digest, Digests.Of(Encoding.UTF8.GetBytes(json.GetProperty("shown").GetRawText())));
        Assert.Equal("Zoë", json.GetProperty("details").GetProperty("name").GetProperty("value").GetString());
    }

    [Fact]
    public void A_receipt_that_does_not_fit_together_is_never_made()
    {
        var receipt = Receipt();
        Assert.Contains("does not open the commitment", Assert.Throws<ArgumentException>(() => Receipt(kept: new PersonalDetails([PersonalDetail.Salted("name", "Zoë")]))).Message, StringComparison.Ordinal);
        Assert.Contains("has not the digest", Assert.Throws<ArgumentException>(() => new Receipt(receipt.Id, receipt.Record, Proof, PersonalDetails.None, null)).Message, StringComparison.Ordinal);
        Assert.Contains("has not the digest", Assert.Throws<ArgumentException>(() => new Receipt(receipt.Id, receipt.Record, Proof, PersonalDetails.None, "{}"u8.ToArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pack_holds_record_receipt_text_form_proof_and_words()
    {
        var receipt = Receipt();
        var files = Read(await Pack(receipt));

        Assert.Equal(receipt.Record.Bytes(), files[$"acceptances/{receipt.Id}/record.json"]);
        Assert.Equal(receipt.Bytes(), files[$"acceptances/{receipt.Id}/receipt.json"]);
        Assert.Equal(receipt.Shown!.Value.ToArray(), files[$"acceptances/{receipt.Id}/shown.json"]);
        Assert.Equal(Html, files[$"acceptances/{receipt.Id}/shown.html"]);
        Assert.Contains("texts/free-membership-2025-04-01-en.html", files.Keys);
        Assert.Contains("texts/free-membership-2025-04-01-en.md", files.Keys);
        Assert.Contains("texts/free-membership-2025-04-01-en.json", files.Keys);
        Assert.Contains("There are no notices in this pack.", Text(files, "notices/README.txt"), StringComparison.Ordinal);
        Assert.Equal(Proof.Checkpoint, Text(files, "log/checkpoint.txt"));
        Assert.Contains($"terms verify acceptances/{receipt.Id}/receipt.json --key log/public-key.txt", Text(files, "VERIFY.txt"), StringComparison.Ordinal);
        Assert.Contains("902(13)", Text(files, "certification-draft.txt"), StringComparison.Ordinal);
        Assert.Contains("WHAT IT DOES NOT PROVE", Text(files, "README.txt"), StringComparison.Ordinal);
        Assert.Contains("A restatement, not the operator's official text.", Text(files, "README.txt"), StringComparison.Ordinal);
        Assert.All(files.Where(f => f.Key.EndsWith(".txt", StringComparison.Ordinal)), f =>
            Assert.DoesNotMatch("(?i)legally binding|court-proof|tamper-proof", Encoding.UTF8.GetString(f.Value)));
    }

    [Fact]
    public async Task Every_file_has_its_digest_in_the_list()
    {
        var files = Read(await Pack(Receipt()));
        var listed = Text(files, "SHA256SUMS").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(l => l[66..], l => l[..64]);

        Assert.Equal(files.Keys.Except(["SHA256SUMS"]).Order(), listed.Keys.Order());
        Assert.All(listed, l => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[l.Key])), l.Value));
    }

    [Fact]
    public async Task The_same_acts_give_the_same_bytes()
    {
        var receipt = Receipt();

        Assert.Equal(await Pack(receipt), await Pack(receipt));
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        var files = Read(await Pack(Receipt(Acts.Digest, PersonalDetails.None)));

        Assert.DoesNotContain(files.Keys, k => k.StartsWith("texts/", StringComparison.Ordinal));
        Assert.Contains("The text of version 2025-04-01 is NOT here", Text(files, "README.txt"), StringComparison.Ordinal);
        Assert.Contains("name: recorded as a commitment; erased or not given out", Text(files, "README.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void Acts_of_others_do_not_enter() => Assert.Throws<ArgumentException>(() => new EvidencePack("somebody-else", Agreement, [new EvidencedAct(Receipt(), Html)], []));

    private static async Task<byte[]> Pack(Receipt receipt)
    {
        using var output = new MemoryStream();
        await new EvidencePack("member-17", Agreement, [new EvidencedAct(receipt, Html)], []).Write(output, CancellationToken.None);
        return output.ToArray();
    }

    private static Dictionary<string, byte[]> Read(byte[] pack)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = new MemoryStream();
            using var stream = e.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    private static string Text(Dictionary<string, byte[]> files, string name) => Encoding.UTF8.GetString(files[name]);
}
