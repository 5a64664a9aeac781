using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

public sealed class AcceptanceRecordTests
{
    private const string Golden =
        """
        {"actor":"agent-3","agreements":[{"agreement":"free-membership","language":"en","rendering":"1","textDigest":"DIGEST","version":"2025-04-01"}],"answer":"DIGEST","authority":"power of attorney","channel":"page","details":{"email":"DIGEST"},"key":"shop-web","kind":"agree","language":"en","presentation":{"id":"a-aaaaaaaaaaaaaaaa","shown":"DIGEST"},"presented":"2026-05-03T10:00:00Z","provenance":null,"recorded":"2026-05-03T10:00:01.25Z","schema":"terms-record/1","subject":"member-17","surface":"signup-web","withdraws":null}
        """;

    private static readonly Gen<string> Texts = Gen.Elements(
        "a", "member-17", "é", "e\u0301", "會員", "\"quoted\" \\ back", "𝒳 outside the plane", "<script>&", "\u00a0", "\u200f", new string('x', 200), "{}", "null");

    private static readonly Gen<DateTimeOffset> Instants = Gen.Choose(0, int.MaxValue).Select(s => DateTimeOffset.UnixEpoch.AddSeconds(s).AddTicks(s % 10_000_000));

    private static readonly Gen<AcceptedVersion> Versions =
        from name in Gen.Choose(0, 99)
        from version in Gen.Elements("undated", "2025-04-01", "0001-01-01")
        from hash in Gen.Choose(0, 15)
        from language in Gen.Elements("en", "zh-Hans")
        select new AcceptedVersion($"agreement-{name}", version, "sha256:" + new string("0123456789abcdef"[hash], 64), language, "2");

    private static readonly Gen<ImmutableSortedDictionary<string, string>> Details = Gen.SubListOf(PersonalDetail.Names)
        .Select(names => names.ToImmutableSortedDictionary(n => n, _ => Acts.Digest, StringComparer.Ordinal));

    private static readonly Gen<AcceptanceRecord> Records =
        from kind in Gen.Elements(Enum.GetValues<AcceptanceKind>())
        from subject in Texts
        from actor in Texts
        from surface in Texts.Where(t => t.Length <= 100)
        from note in Gen.OneOf(Texts, Gen.Constant<string>(null!))
        from at in Instants
        from agreed in Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), Gen.Constant<DateTimeOffset?>(at))
        from count in Gen.Choose(1, 5)
        from versions in Versions.ArrayOf(count)
        from details in Details
        from api in Gen.Elements(true, false)
        select new AcceptanceRecord(
            kind, subject, actor, actor == subject ? null : "by letter", [.. versions.DistinctBy(v => v.Agreement)],
            kind.AnswersPresentation() ? new ShownAs("a-aaaaaaaaaaaaaaaa", Acts.Digest, Acts.Digest, "ko", surface, at) : null,
            kind == AcceptanceKind.Imported ? AcceptanceChannel.Import : api ? AcceptanceChannel.Api : AcceptanceChannel.Page, at, details,
            kind == AcceptanceKind.Withdraw ? Acts.Id(Acts.Agree(), 17) : null, kind == AcceptanceKind.Imported ? new Provenance("old", subject, agreed, note) : null, "shop-web");

    [Fact]
    public void Whatever_is_written_is_read_back_as_it_was() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Records.ToArbitrary(), record =>
        {
            var read = AcceptanceRecord.Parse(record.Bytes());

            Assert.Equal(record, read);
            Assert.Equal(record.Bytes(), read.Bytes());
            Assert.Equal(record.Acted, read.Acted);
        }));

    [Fact]
    public void Names_of_members_stand_in_the_order_of_their_code_units() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Records.ToArbitrary(), record =>
        {
            using var json = System.Text.Json.JsonDocument.Parse(record.Bytes());
            InOrder(json.RootElement);
        }));

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var record = new AcceptanceRecord(
            AcceptanceKind.Agree, "member-17", "agent-3", "power of attorney", [Acts.Version()], Acts.Shown(), AcceptanceChannel.Page, Acts.At.AddSeconds(1.25),
            ImmutableSortedDictionary<string, string>.Empty.Add("email", Acts.Digest), null, null, "shop-web");

        Assert.Equal(Golden.Replace("DIGEST", Acts.Digest, StringComparison.Ordinal), Encoding.UTF8.GetString(record.Bytes()));
    }

    [Fact]
    public void Texts_stay_as_they_came()
    {
        Assert.NotEqual(Acts.Agree(subject: "é").Bytes(), Acts.Agree(subject: "e\u0301").Bytes());
        Assert.Contains("e\u0301", Encoding.UTF8.GetString(Acts.Agree(subject: "e\u0301").Bytes()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("line\nbreak")]
    [InlineData("escape\u001b[31m")]
    [InlineData("nul\0")]
    [InlineData("line\u2028separator")]
    [InlineData("next\u0085line")]
    public void A_subject_that_could_forge_a_line_or_is_no_text_is_refused(string subject)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Acts.Agree(subject: subject));

        Assert.Contains("`subject`", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_refused()
    {
        foreach (var half in new[] { "\ud800", "\udc00", "\udc00\ud800", "x\ud83d" })
        {
            Assert.Contains("half of a surrogate pair", Assert.Throws<ArgumentException>(() => Acts.Agree(subject: half)).Message, StringComparison.Ordinal);
            Assert.Contains("half of a surrogate pair", Assert.Throws<ArgumentException>(() => new CanonicalWriter().Object().Member("x", half)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lengths_have_limits()
    {
        Assert.Equal("`subject` has 201 characters. Send 1 to 200.", Assert.Throws<ArgumentException>(() => Acts.Agree(subject: new string('x', 201))).Message);
        Assert.Contains("`surface` has 101", Assert.Throws<ArgumentException>(() => new ShownAs("p", Acts.Digest, Acts.Digest, "en", new string('x', 101), Acts.At)).Message, StringComparison.Ordinal);
        Assert.Contains("`note` has 2001", Assert.Throws<ArgumentException>(() => new Provenance("s", "r", null, new string('x', 2001))).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 64 agreements", Assert.Throws<ArgumentException>(() => Acts.Agree(versions: [.. Enumerable.Range(0, 65).Select(i => Acts.Version($"a-{i}"))])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_has_what_it_needs_and_nothing_else()
    {
        var id = Acts.Id(Acts.Agree(), 0);
        var from = new Provenance("old", "1", null, null);
        Refused("agree needs `presentation`", AcceptanceKind.Agree, null, AcceptanceChannel.Page, null, null);
        Refused("decline needs `presentation`", AcceptanceKind.Decline, null, AcceptanceChannel.Page, null, null);
        Refused("agree has no `withdraws`", AcceptanceKind.Agree, Acts.Shown(), AcceptanceChannel.Page, id, null);
        Refused("withdraw needs `withdraws`", AcceptanceKind.Withdraw, null, AcceptanceChannel.Page, null, null);
        Refused("withdraw has no `presentation`", AcceptanceKind.Withdraw, Acts.Shown(), AcceptanceChannel.Page, id, null);
        Refused("imported needs `provenance`", AcceptanceKind.Imported, null, AcceptanceChannel.Import, null, null);
        Refused("agree has no `provenance`", AcceptanceKind.Agree, Acts.Shown(), AcceptanceChannel.Page, null, from);
        Refused("channel `import`", AcceptanceKind.Imported, null, AcceptanceChannel.Api, null, from);
        Refused("channel `import`", AcceptanceKind.Agree, Acts.Shown(), AcceptanceChannel.Import, null, null);

        static void Refused(string says, AcceptanceKind kind, ShownAs? shown, AcceptanceChannel channel, AcceptanceId? withdraws, Provenance? from) =>
            Assert.Contains(says, Assert.Throws<ArgumentException>(() => new AcceptanceRecord(
                kind, "s", null, null, [Acts.Version()], shown, channel, Acts.At, null, withdraws, from, "k")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_actor_needs_an_authority_and_a_subject_that_acts_for_itself_none()
    {
        Assert.Contains("`authority`", Assert.Throws<ArgumentException>(() => Acts.Agree(actor: "agent-3")).Message, StringComparison.Ordinal);
        Assert.Contains("`authority`", Assert.Throws<ArgumentException>(() => Acts.Agree(authority: "by letter")).Message, StringComparison.Ordinal);
        Assert.Equal("member-17", Acts.Agree().Actor);
    }

    [Fact]
    public void Nothing_is_recorded_before_it_was_shown() =>
        Assert.Contains("before the instant", Assert.Throws<ArgumentException>(() => Acts.Agree(Acts.At, shown: Acts.Shown(Acts.At.AddTicks(1)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"actor\":", "{ \"actor\":", "canonical")]
    [InlineData("\"withdraws\":null}", "\"withdraws\":null,\"x\":null}", "`x` is not known")]
    [InlineData("\"withdraws\":null}", "\"surface\":\"s\"}", "")]
    [InlineData(",\"withdraws\":null}", "}", "`withdraws` is missing")]
    [InlineData("\"kind\":\"agree\"", "\"kind\":\"agreed\"", "The kind is none of agree")]
    [InlineData("2026-05-03T10:00:00Z", "2026-05-03T12:00:00+02:00", "canonical")]
    [InlineData("member-17", "\\u006dember-17", "canonical")]
    [InlineData("member-17", "\\ud800", "")]
    [InlineData("terms-record/1", "terms-record/2", "schema")]
    [InlineData("\"version\":\"2025-04-01\"", "\"version\":\"2025-04-31\"", "is not a version")]
    [InlineData("\"presentation\":{\"id\":\"a-aaaaaaaaaaaaaaaa\",\"shown\":\"sha256:", "\"presentation\":{\"id\":\"a-aaaaaaaaaaaaaaaa\",\"shown\":\"sha512:", "is not a digest")]
    public void Bytes_that_are_no_canonical_record_are_refused(string there, string instead, string says)
    {
        var text = Encoding.UTF8.GetString(Acts.Agree().Bytes());
        Assert.Contains(there, text, StringComparison.Ordinal);

        var refusal = Assert.Throws<FormatException>(() => AcceptanceRecord.Parse(Encoding.UTF8.GetBytes(text.Replace(there, instead, StringComparison.Ordinal))));

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        var bytes = Acts.Agree(subject: "mémber").Bytes();
        bytes[bytes.AsSpan().IndexOf((byte)0xC3)] = 0xFF;

        Assert.Throws<FormatException>(() => AcceptanceRecord.Parse(bytes));
    }

    [Theory]
    [InlineData("a0-0123456789abcdef0123", true)]
    [InlineData("a17-0123456789abcdef0123", true)]
    [InlineData("a017-0123456789abcdef0123", false)]
    [InlineData("a17-0123456789ABCDEF0123", false)]
    [InlineData("a17-0123456789abcdef012", false)]
    [InlineData("a-0123456789abcdef0123", false)]
    [InlineData("a+7-0123456789abcdef0123", false)]
    [InlineData("a99999999999999999999-0123456789abcdef0123", false)]
    [InlineData("17-0123456789abcdef0123", false)]
    [InlineData(null, false)]
    public void The_name_of_an_acceptance_is_written_in_one_way(string? text, bool isName)
    {
        Assert.Equal(isName, AcceptanceId.TryParse(text, out var id));
        Assert.True(!isName || id.ToString() == text);
    }

    private static void InOrder(System.Text.Json.JsonElement json)
    {
        if (json.ValueKind == System.Text.Json.JsonValueKind.Object)
        {
            var names = json.EnumerateObject().Select(m => m.Name).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            Assert.All(json.EnumerateObject(), m => InOrder(m.Value));
        }
        else if (json.ValueKind == System.Text.Json.JsonValueKind.Array)
        {
            Assert.All(json.EnumerateArray(), InOrder);
        }
    }
}
