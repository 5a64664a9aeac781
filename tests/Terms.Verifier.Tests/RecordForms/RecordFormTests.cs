using System.Text;
using System.Text.Json.Nodes;
using Terms.Verifier.Records;

namespace Terms.Verifier.Tests.RecordForms;

public sealed class RecordFormTests
{
    public static TheoryData<string, string, string> Spellings() => new()
    {
        { "{\"actor\":", "{ \"actor\":", "the member `actor` does not stand at byte 1 as the canonical form has it" },
        { ",\"kind\":\"agree\"", "", "the member `kind` is missing or out of order; `language` stands in its place" },
        { ",\"kind\":\"agree\"", ",\"kind\":\"agree\",\"kind\":\"agree\"", "the member `kind` is unknown, there twice, or out of order; `language` should stand in its place" },
        { ",\"kind\":\"agree\"", ",\"kina\":1,\"kind\":\"agree\"", "the member `kina` is unknown, there twice, or out of order" },
        { ",\"withdraws\":null}", ",\"withdraws\":null,\"z\":null}", "the member `z` is unknown, there twice, or out of order" },
        { ",\"withdraws\":null}", "}", "the member `withdraws` is missing" },
        { ",\"withdraws\":null}", ",\"withdraws\":null}\n", "something stands behind its end" },
        { "\"signup-web\"", "\"signup\\u002dweb\"", "is not escaped as the canonical form has it" },
        { "\"signup-web\"", "\"signup\\/web\"", "is not escaped as the canonical form has it" },
        { "\"signup-web\"", "\"signup\\u000aweb\"", "is not escaped as the canonical form has it" },
        { "\"signup-web\"", "\"signup\\u001Bweb\"", "is not escaped as the canonical form has it" },
        { "\"signup-web\"", "\"signup\tweb\"", "is not escaped as the canonical form has it" },
        { "\"rendering\":\"1\"", "\"rendering\":1", "stands `1`, where the canonical form has `\"`" },
        { "\"key\":\"shop\"", "\"key\": \"shop\"", "stands white space" },
        { "\"key\":\"shop\"", "\"key\":\"\"", "`key` is empty" },
        { "\"kind\":\"agree\"", "\"kind\":\"agreed\"", "`kind` is `agreed`, which is none of: agree, acknowledge" },
        { "\"recorded\":\"2026-05-03T10:00:01Z\"", "\"recorded\":\"2026-05-03T10:00:01+00:00\"", "`recorded` is not an instant in UTC" },
        { "\"recorded\":\"2026-05-03T10:00:01Z\"", "\"recorded\":\"2026-02-30T10:00:01Z\"", "`recorded` is not an instant in UTC" },
        { "\"answer\":\"sha256:", "\"answer\":\"SHA256:", "`answer` is not a digest" },
        { "\"email\":\"", "\"E-Mail\":\"", "`E-Mail` is not the name of a detail" },
        { "\"name\":\"sha256", "\"email\":\"sha256", "the member `email` is there twice or out of order" },
        { "\"subject\":\"customer-1\"", "\"subject\":\"customer\\n1\"", "`subject` does not have 1 to 200 characters" },
        { "\"subject\":\"customer-1\"", "\"subject\":\"customer\u00851\"", "`subject` does not have 1 to 200 characters" },
        { "\"subject\":\"customer-1\"", "\"subject\":\"customer-2\"", "`authority` says by what right another acted" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_record_that_is_written_otherwise_is_refused(string there, string instead, string why)
    {
        var record = Encoding.UTF8.GetString(Canonical.Bytes(Records.Agree(1)));
        Assert.Contains(there, record, StringComparison.Ordinal);

        Assert.Contains(why, Wrong(Encoding.UTF8.GetBytes(record.Replace(there, instead, StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cut_of_a_record_is_refused()
    {
        var record = Canonical.Bytes(Records.Agree(1));
        for (var length = 0; length < record.Length; length++)
        {
            Assert.NotNull(Wrong(record[..length]));
        }
    }

    [Fact]
    public void Members_have_to_fit_the_kind()
    {
        Assert.Contains("`provenance` belongs to what was imported", Wrong(Records.With(Records.Imported(1), ("provenance", null))), StringComparison.Ordinal);
        Assert.Contains("`withdraws` belongs to a withdrawal", Wrong(Records.With(Records.Agree(1), ("withdraws", "a0-00000000000000000000"))), StringComparison.Ordinal);
        Assert.Contains("nothing was shown when a record was imported", Wrong(Records.With(Records.Imported(1), ("answer", Records.AnswerDigest))), StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_and_scripts_of_any_language_may_stand_in_a_subject()
    {
        var fields = AcceptanceFields.Read(Canonical.Bytes(Records.Agree(1, "Ω\"\\張😀")));
        Assert.Equal("Ω\\\"\\\\張😀", Encoding.UTF8.GetString(fields.Subject));
        Assert.Contains("`actor` does not have 1 to 200 characters", Wrong(Records.Agree(1, new string('Ω', 201))), StringComparison.Ordinal);
        _ = AcceptanceFields.Read(Canonical.Bytes(Records.Agree(1, new string('"', 200))));
    }

    [Theory]
    [InlineData("2026-05-03T10:00:00Z", 0)]
    [InlineData("2026-05-03T10:00:00.5Z", 5_000_000)]
    [InlineData("2026-05-03T10:00:00.0000001Z", 1)]
    [InlineData("2026-05-03T09:59:59.9999999Z", -1)]
    public void An_instant_is_read_to_its_last_digit(string text, long ticks)
    {
        Assert.True(Instant.TryRead(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(Records.Start.Ticks + ticks, read);
    }

    [Theory]
    [InlineData("2026-05-03t10:00:00Z")]
    [InlineData("2026-05-03T10:00:00.Z")]
    [InlineData("2026-05-03T10:00:00,5Z")]
    [InlineData("2026-05-03T24:00:00Z")]
    [InlineData("2026-05-03T10:00:60Z")]
    [InlineData("2026-13-03T10:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-05-03T10:00:00.00000001Z")]
    [InlineData("2026-05-03")]
    public void Another_spelling_of_an_instant_is_refused(string text) => Assert.False(Instant.TryRead(Encoding.UTF8.GetBytes(text), out _));

    private static string? Wrong(JsonNode record) => Wrong(Canonical.Bytes(record));

    private static string? Wrong(byte[] record)
    {
        try
        {
            _ = AcceptanceFields.Read(record);
            return null;
        }
        catch (MalformedException wrong)
        {
            return wrong.Message;
        }
    }
}
