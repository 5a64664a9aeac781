using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;

namespace Terms.Tests.Catalogue;

public sealed class CanonicalJsonTests
{
    private static readonly Gen<string> Word = Gen.Elements("a", "b", "é", "e\u0301", "z", "Z", "中", "\"", "\\", "\n", "\r", "\t", "\b", "\f", "\u0001", "\u001f", "\u007f", "/", "<", "\u2028", "😀", " ")
        .ListOf().Select(string.Concat);

    private static readonly Arbitrary<object> Values = Gen.Sized(size => Value(Math.Min(size, 4))).ToArbitrary();

    [Fact]
    public void The_order_of_keys_does_not_matter() => Prop.ForAll(Values, value =>
        CanonicalJson.Bytes(value).SequenceEqual(CanonicalJson.Bytes(Turned(value)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Words_that_look_the_same_have_the_same_bytes() => Prop.ForAll(Values, value =>
        CanonicalJson.Bytes(Each(value, t => t.Normalize(NormalizationForm.FormD))).SequenceEqual(CanonicalJson.Bytes(Each(value, t => t.Normalize(NormalizationForm.FormC)))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void An_ordinary_reader_reads_the_same_content() => Prop.ForAll(Values, value =>
    {
        using var read = JsonDocument.Parse(CanonicalJson.Bytes(value));
        return Same(value, read.RootElement);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Different_values_have_different_bytes() => Prop.ForAll(Values, Values, (one, other) =>
    {
        using var read = JsonDocument.Parse(CanonicalJson.Bytes(other));
        return Same(one, read.RootElement) == CanonicalJson.Bytes(one).SequenceEqual(CanonicalJson.Bytes(other));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_are_sorted_and_escapes_are_the_shortest() => Assert.Equal(
        """{"A":["x","\u0001\t\"\\/é"],"b":"","é":{}}""",
        Encoding.UTF8.GetString(CanonicalJson.Bytes(new Dictionary<string, object> { ["e\u0301"] = new Dictionary<string, object>(), ["b"] = "", ["A"] = new object[] { "x", "\u0001\t\"\\/é" } })));

    [Fact]
    public void A_number_has_no_canonical_form() => Assert.Throws<ArgumentException>(() => CanonicalJson.Bytes(new object[] { 1 }));

    private static Gen<object> Value(int depth)
    {
        var text = Word.Select(object (w) => w);
        if (depth == 0)
        {
            return text;
        }
        var below = Value(depth - 1);
        var list = below.ListOf(3).Select(object (l) => l.ToArray());
        var map = (from key in Word from value in below select (key, value)).ListOf(4)
            .Select(object (l) => l.DistinctBy(e => e.key.Normalize(NormalizationForm.FormC)).ToDictionary(e => e.key, e => e.value, StringComparer.Ordinal));
        return Gen.OneOf(text, list, map);
    }

    private static object Turned(object value) => value switch
    {
        Dictionary<string, object> map => map.Reverse().ToDictionary(m => m.Key, m => Turned(m.Value), StringComparer.Ordinal),
        object[] list => list.Select(Turned).ToArray(),
        _ => value,
    };

    private static object Each(object value, Func<string, string> change) => value switch
    {
        Dictionary<string, object> map => map.ToDictionary(m => change(m.Key), m => Each(m.Value, change), StringComparer.Ordinal),
        object[] list => list.Select(v => Each(v, change)).ToArray(),
        _ => change((string)value),
    };

    private static bool Same(object value, JsonElement read) => value switch
    {
        Dictionary<string, object> map => read.ValueKind == JsonValueKind.Object && read.EnumerateObject().Count() == map.Count
            && map.All(m => read.TryGetProperty(m.Key.Normalize(NormalizationForm.FormC), out var child) && Same(m.Value, child)),
        object[] list => read.ValueKind == JsonValueKind.Array && read.GetArrayLength() == list.Length && list.Zip(read.EnumerateArray()).All(p => Same(p.First, p.Second)),
        _ => read.ValueKind == JsonValueKind.String && read.GetString() == ((string)value).Normalize(NormalizationForm.FormC),
    };
}
