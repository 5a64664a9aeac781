using System.Security.Cryptography;
using System.Text;
using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

public sealed class PersonalDetailTests
{
    private const string Salt = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void A_commitment_is_the_digest_of_name_salt_and_value()
    {
        var detail = new PersonalDetail("name", "Zoë \"Z\"", Salt);

        Assert.Equal(
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"name":"name","salt":"{{Salt}}","value":"Zoë \"Z\""}"""))), detail.Commitment);
    }

    [Fact]
    public void The_same_value_has_another_commitment_each_time() =>
        Assert.NotEqual(PersonalDetail.Salted("email", "a@example.org").Commitment, PersonalDetail.Salted("email", "a@example.org").Commitment);

    [Fact]
    public void Details_are_read_back_from_the_annex()
    {
        var details = new PersonalDetails([PersonalDetail.Salted("user-agent", "Browser/1"), PersonalDetail.Salted("email", "a@example.org")]);

        var read = PersonalDetails.Parse(details.Bytes());

        Assert.Equal(details.All.AsEnumerable(), read.All.AsEnumerable());
        Assert.Equal(["email", "user-agent"], read.Commitments.Keys);
    }

    [Fact]
    public void A_record_without_its_annex_keeps_its_digests()
    {
        var details = new PersonalDetails([PersonalDetail.Salted("name", "A")]);
        var record = Acts.Agree(details: details.Commitments);

        var read = AcceptanceRecord.Parse(record.Bytes());

        Assert.Equal(details.All[0].Commitment, read.Details["name"]);
        Assert.DoesNotContain(details.All[0].Salt, Encoding.UTF8.GetString(record.Bytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phone", "1", "Send only: email, name, network-address, user-agent.")]
    [InlineData("network-address", "192.0.2.7, 10.0.0.1", "Send one address")]
    [InlineData("network-address", "localhost", "Send one address")]
    [InlineData("user-agent", "a\r\nSet-Cookie: x", "control character")]
    [InlineData("email", "", "Send 1 to 320.")]
    public void A_detail_that_is_not_what_it_is_called_is_refused(string name, string value, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => new PersonalDetail(name, value, Salt)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"name\":{\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"value\":\"A\",\"x\":\"\"}}")]
    [InlineData("{\"name\":{\"salt\":\"short\",\"value\":\"A\"}}")]
    [InlineData("[]")]
    public void An_annex_of_another_shape_is_refused(string annex) => Assert.Throws<FormatException>(() => PersonalDetails.Parse(Encoding.UTF8.GetBytes(annex)));

    [Fact]
    public void No_detail_has_an_empty_annex() => Assert.Equal("{}"u8.ToArray(), PersonalDetails.None.Bytes());
}
