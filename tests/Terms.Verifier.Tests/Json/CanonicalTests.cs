using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Terms.Verifier.Json;
using Terms.Verifier.Records;

namespace Terms.Verifier.Tests.Json;

public sealed class CanonicalTests
{
    private static readonly Gen<string> Text = Gen.Elements(
        "a", "Ω", "張", "\U0001F600", "\"", "\\", "/", "\n", "\u0001", "\u001f", "\u007f", "\u2028", "\u0085", " ", "é", "e\u0301", "\ufffd").NonEmptyListOf().Select(parts => string.Concat(parts));

    /// <summary>From RFC 8785, appendix B, and its neighbours: what ECMAScript writes for a double.</summary>
    [Theory]
    [InlineData("0.0", "0")]
    [InlineData("-0", "0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("-5e-324", "-5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("295147905179352830000", "295147905179352830000")]
    [InlineData("999999999999999900000", "999999999999999900000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("9.999999999999997e22", "9.999999999999997e+22")]
    [InlineData("1E23", "1e+23")]
    [InlineData("1.0000000000000001e+23", "1.0000000000000001e+23")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("9.999999999999997e-7", "9.999999999999997e-7")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("333333333.33333343", "333333333.33333343")]
    [InlineData("-0.0000033333333333333333", "-0.0000033333333333333333")]
    [InlineData("1424953923781206.25", "1424953923781206.2")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("100", "100")]
    [InlineData("123.456", "123.456")]
    public void A_number_is_written_as_ECMAScript_does(string number, string canonical) => Assert.Equal(canonical, Encoding.UTF8.GetString(Rewritten(number)));

    [Fact]
    public void Members_are_sorted_by_their_UTF_16_units() => Assert.Equal(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin\",\"€\":\"Euro\",\"😀\":\"Emoji\",\"\ufb33\":\"Hebrew\"}",
        Encoding.UTF8.GetString(Rewritten("""{"\u20ac":"Euro","\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"Latin"}""")));

    [Fact]
    public void Only_what_has_to_be_escaped_is() => Assert.Equal(
        "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007f€\"", Encoding.UTF8.GetString(Rewritten("""  "\u0000\u001F\b\t\n\f\r\"\\\/\u007f\u20ac" """)));

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"a":{"b":[{"c":1,"c":1}]}}""")]
    [InlineData("""{"a":1} x""")]
    [InlineData("""{"a":1}{}""")]
    [InlineData("""{"a":1,}""")]
    [InlineData("""{"a":01}""")]
    [InlineData("""{"a":NaN}""")]
    [InlineData("""{"a":1e999}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":"\x"}""")]
    [InlineData("{'a':1}")]
    [InlineData("/* a */ {}")]
    [InlineData("\ufeff{}")]
    [InlineData("")]
    public void What_is_not_JSON_with_each_member_once_is_refused(string json) => Assert.Throws<MalformedException>(() => Rewritten(json));

    [Fact]
    public void Deep_nesting_and_bad_UTF_8_are_refused()
    {
        Assert.Throws<MalformedException>(() => Rewritten(new string('[', 100_000)));
        Assert.Throws<MalformedException>(() => Rewritten(new string('[', 65) + new string(']', 65)));
        Assert.Equal("it is not UTF-8", Assert.Throws<MalformedException>(() => StrictJson.Parse([(byte)'"', 0xc0, 0x80, (byte)'"'])).Message);
    }

    [Fact]
    public void What_is_written_is_read_back_and_every_record_that_is_taken_is_written_so() => Prop.ForAll(Text.ToArbitrary(), Gen.Choose(0, 100_000).ToArbitrary(), (text, seed) =>
    {
        var record = Records.With(Records.Agree(1), ("surface", text), ("key", text));
        var bytes = Canonical.Bytes(record);
        Assert.Equal(bytes, Rewritten(record.ToJsonString()));
        _ = AcceptanceFields.Read(bytes);

        bytes[seed % bytes.Length] ^= (byte)(1 << (seed % 8));
        try
        {
            _ = AcceptanceFields.Read(bytes);
        }
        catch (MalformedException)
        {
            return; // Refused; what is not, has to be canonical.
        }
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(Rewritten(Encoding.UTF8.GetString(bytes))));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    private static byte[] Rewritten(string json) => CanonicalJson.Bytes(StrictJson.Parse(Encoding.UTF8.GetBytes(json)));
}
