using System.Text;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>Events as bytes, and bytes as events.</summary>
public sealed class PublishingEventJsonTests
{
    private static readonly Digest One = Digest.Of("one");
    private static readonly Digest Two = Digest.Of("two");

    private static readonly PublishingEvent[] All =
    [
        new Drafted("d", "Anna", Hire.Now, Hire.Agreement, new VersionId("2025-01-01"), One), new Drafted("d", "Anna", Hire.Now, Hire.Agreement, null, One),
        new Edited("d", "Zoë", Hire.Now.AddTicks(1), 2, Two, "clause 2.1: “hire”\u2028"), new Edited("d", "Anna", Hire.Now, 3, One, "merged", new VersionId("2025-07-01")), new Submitted("d", "Anna", Hire.Now, Two), new Commented("d", "Bo", Hire.Now, "2.1", "Why?\nSee 2.2."),
        new Commented("d", "Bo", Hire.Now, null, "All of it."), new Commented("d", "Anna", Hire.Now, null, "Done.", 1), new Settled("d", "Bo", Hire.Now, 1), new SentBack("d", "Bo", Hire.Now, "Not yet."), new Approved("d", "Bo", Hire.Now, Two, "Read it all."),
        new Scheduled("d", "Cai", Hire.Now, Two, Hire.Plan("2025-06-02", "2025-07-01", "2025-08-01")), new Scheduled("d", "Cai", Hire.Now, Two, Hire.Plan("2025-06-02", "2025-07-01")),
        new Published("d", "Cai", Hire.Now, Two, "lamp-hire/2025-07-01", One, ChangeClass.NeedsAdaptation), new Published("d", "Cai", Hire.Now, Two, "lamp-hire/2025-07-01", One, null),
        new Withdrawn("d", "Cai", Hire.Now, "A mistake."), new Superseded("d", Superseded.Clock, Hire.Now, "lamp-hire/2026-01-01"), new Refused("d", "Anna", Hire.Now, "Approved", "Nobody approves their own."),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void An_event_is_read_as_it_was_written(int number)
    {
        var bytes = PublishingEventJson.Bytes(All[number]);

        Assert.Equal(All[number], PublishingEventJson.Parse(bytes));
        Assert.DoesNotContain((byte)'\n', bytes);
    }

    [Fact]
    public void Every_kind_of_event_is_tried_here() =>
        Assert.Equal(typeof(PublishingEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PublishingEvent))).Select(t => t.Name).Order(), All.Select(e => e.GetType().Name).Distinct().Order());

    [Fact]
    public void What_is_kept_can_be_read_again_however_much_a_draft_says()
    {
        var refusal = Refused.Of(new Submitted("d", "Anna", Hire.Now, One), "`" + new string('語', 3_997) + "😀" + new string('語', 70_000) + "` is no kind of fact.");
        Assert.Equal(3_999, refusal.Because.Length);
        Assert.EndsWith("語…", refusal.Because, StringComparison.Ordinal);
        Assert.Equal(refusal, PublishingEventJson.Parse(PublishingEventJson.Bytes(refusal)));

        var tooLong = Assert.Throws<ArgumentException>(() => PublishingEventJson.Bytes(new Refused("d", "Anna", Hire.Now, "Submitted", new string('語', 30_000))));
        Assert.StartsWith("The event would have 90140 bytes, and 65536 is the most that is read again. Say it in fewer words.", tooLong.Message, StringComparison.Ordinal);
        Assert.StartsWith("Say in words what was changed, in at most 4000 characters.", Assert.Throws<ArgumentException>(() => new Edited("d", "Anna", Hire.Now, 2, Two, new string('x', 4_001))).Message, StringComparison.Ordinal);
        Assert.StartsWith("A label has 1 to 80 characters.", Assert.Throws<ArgumentException>(() => new Commented("d", "Anna", Hire.Now, new string('2', 81), "Why?")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_is_canonical() => Assert.Equal(
        $$"""{"at":"2025-06-01T08:00:00Z","digest":"{{One}}","draft":"d","event":"approved","schema":"terms-publishing-event/1","who":"Bo","why":"Read it all."}""",
        Encoding.UTF8.GetString(PublishingEventJson.Bytes(new Approved("d", "Bo", Hire.Now, One, "Read it all."))));

    [Theory]
    [InlineData("\"who\":\"Bo\"", "\"who\":null", "The event has no `who`.")]
    [InlineData("\"who\":\"Bo\"", "\"who\":7", "`who` is neither a text nor null.")]
    [InlineData(",\"who\":\"Bo\"", "", "The event has no `who`.")]
    [InlineData("\"who\":\"Bo\"", "\"who\":\"Bo\\u0007\"", "The event cannot be read: A person's name has 1 to 200 characters and no control characters. (Parameter 'who')")]
    [InlineData("\"who\":\"Bo\"", "\"whom\":\"Bo\",\"who\":\"Bo\"", "The member `whom` is not known.")]
    [InlineData("\"event\":\"submitted\"", "\"event\":\"signed\"", "`signed` is no kind of event.")]
    [InlineData("\"event\":\"submitted\"", "\"event\":\"approved\"", "The event has no `why`.")]
    [InlineData("terms-publishing-event/1", "terms-publishing-event/2", "The event is of `terms-publishing-event/2`, and terms-publishing-event/1 is read here.")]
    [InlineData("2025-06-01T08:00:00Z", "yesterday", "`at` is not an instant of RFC 3339.")]
    [InlineData("2025-06-01T08:00:00Z", "2025-06-01T10:00:00+02:00", "The event is not in the canonical form of RFC 8785.")]
    [InlineData("{\"at\"", "{ \"at\"", "The event is not in the canonical form of RFC 8785.")]
    [InlineData("sha256:", "sha1:", "A digest is `sha256:` and 64 lower-case hexadecimal digits.")]
    public void What_is_no_event_is_refused_with_the_reason(string of, string by, string because)
    {
        var json = Encoding.UTF8.GetString(PublishingEventJson.Bytes(new Submitted("d", "Bo", Hire.Now, One)));
        Assert.Contains(of, json, StringComparison.Ordinal);

        Assert.Equal(because, Refusal(json.Replace(of, by, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_no_JSON_a_list_or_too_long_is_refused()
    {
        Assert.StartsWith("The event cannot be read: ", Refusal("{"), StringComparison.Ordinal);
        Assert.Equal("An event is an object.", Refusal("[]"));
        Assert.Equal("The event has 65537 bytes, and 65536 is the most that is read.", Refusal(new string(' ', 65_537)));
    }

    [Fact]
    public void Days_out_of_order_are_refused()
    {
        var json = Encoding.UTF8.GetString(PublishingEventJson.Bytes(new Scheduled("d", "Cai", Hire.Now, One, Hire.Plan("2025-06-02", "2025-07-01"))));

        Assert.Contains("before it is announced on 2025-06-02", Refusal(json.Replace("2025-07-01", "2025-06-01", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void One_person_has_one_name_however_it_was_typed()
    {
        var (typed, composed) = ("Zoe\u0308", "Zo\u00eb");

        Assert.Equal(composed, new Editor(typed, []).Name);
        Assert.Equal(composed, new Submitted("d", typed, Hire.Now, One).Who);
        Assert.Throws<ArgumentException>(() => new Editor("half \ud800 sign", []));
    }

    private static string Refusal(string json) => Assert.Throws<FormatException>(() => PublishingEventJson.Parse(Encoding.UTF8.GetBytes(json))).Message;
}
