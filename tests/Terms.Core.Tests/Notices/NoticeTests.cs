using System.Collections.Immutable;
using System.Text;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Tests.Publishing;

namespace Terms.Tests.Notices;

/// <summary>Notices: what they say, what becomes of them, when they count as received.</summary>
public sealed class NoticeTests
{
    private static readonly TimeZoneInfo HongKong = TimeZoneInfo.FindSystemTimeZoneById("Asia/Hong_Kong");
    private static readonly DateTimeOffset Sent = Shipped.At("2025-03-01T15:00:00Z");
    private static readonly ImmutableArray<byte> Words = [.. Encoding.UTF8.GetBytes("We change our terms.")];

    private static Notice Make(string channel = "email", string recipient = "subject-17") => new("n-1", recipient, "free-membership/2025-04-01", Digest.Of("x"), channel, "en", "New terms", Words);

    private static NoticeState After(params NoticeEvent[] events) => NoticeState.Of([new NoticeQueued("n-1", Sent), .. events]);

    private static readonly NoticeEvent Attempt = new NoticeAttempted("n-1", Sent);

    [Fact]
    public void A_notice_is_its_exact_bytes() => Assert.Equal(Digest.OfBytes(Words.AsSpan()), Make().Digest);

    [Theory]
    [InlineData("somebody@example.org", "A recipient is named by 1 to 128 visible ASCII characters, and never by an address.")]
    [InlineData("a\nb", "A recipient is named by 1 to 128 visible ASCII characters, and never by an address.")]
    [InlineData("", "A recipient is named by 1 to 128 visible ASCII characters, and never by an address.")]
    public void A_recipient_is_opaque(string recipient, string because) => Assert.StartsWith(because, Assert.Throws<ArgumentException>(() => Make(recipient: recipient)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_channel_is_one_that_facts_know_and_a_subject_has_one_line()
    {
        Assert.StartsWith("The channel `pigeon` is not known. Use: personal, courier", Assert.Throws<ArgumentException>(() => Make("pigeon")).Message, StringComparison.Ordinal);
        Assert.StartsWith("The subject has 1 to 300 characters on one line.",
            Assert.Throws<ArgumentException>(() => new Notice("n-1", "s", "a/b", Digest.Of("x"), "email", "en", "New\r\nBcc: all", Words)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_goes_from_the_queue_to_its_recipient()
    {
        Assert.Equal(NoticeStage.Queued, After().Stage);
        Assert.Equal(NoticeStage.Sent, After(Attempt, new NoticeSent("n-1", Sent, "250 ok")).Stage);
        var delivered = After(Attempt, new NoticeSent("n-1", Sent, null), new NoticeDelivered("n-1", Sent.AddMinutes(1), null));
        Assert.Equal((NoticeStage.Delivered, Sent, Sent.AddMinutes(1), 1), (delivered.Stage, delivered.SentAt!.Value, delivered.DeliveredAt!.Value, delivered.Attempts));
    }

    [Fact]
    public void What_is_on_its_way_is_not_sent_again()
    {
        Assert.False(After(Attempt, new NoticeSent("n-1", Sent, null)).Allows(Attempt));
        Assert.False(After(Attempt, new NoticeFailed("n-1", Sent, "no such mailbox", true)).Allows(Attempt));
        var broken = Assert.Throws<InvalidOperationException>(() => After(Attempt, new NoticeSent("n-1", Sent, null), Attempt));
        Assert.Equal("NoticeAttempted of notice n-1 cannot have happened: it was sent.", broken.Message);
    }

    [Fact]
    public void Attempts_are_made_later_and_later_and_then_given_up()
    {
        var policy = RetryPolicy.Usual;
        var waits = new List<TimeSpan?>();
        var events = new List<NoticeEvent> { new NoticeQueued("n-1", Sent) };
        for (var at = policy.Next(NoticeState.Of(events), false); at is { } due; at = policy.Next(NoticeState.Of(events), false))
        {
            waits.Add(due - NoticeState.Of(events).Since);
            events.Add(new NoticeAttempted("n-1", due));
            events.Add(new NoticeFailed("n-1", due, "later please", false));
        }

        Assert.Equal([TimeSpan.Zero, .. policy.Waits.Cast<TimeSpan?>()], waits);
        Assert.True(policy.NeedsPerson(NoticeState.Of(events), false, Sent));
        Assert.Throws<ArgumentException>(() => new RetryPolicy([TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)], TimeSpan.Zero));
    }

    [Fact]
    public void An_attempt_whose_end_nobody_knows_is_repeated_only_where_a_repetition_is_known_as_one()
    {
        var doubtful = After(Attempt);

        Assert.Equal(Sent.AddMinutes(10), RetryPolicy.Usual.Next(doubtful, isRepeatable: true));
        Assert.Null(RetryPolicy.Usual.Next(doubtful, isRepeatable: false));
        Assert.False(RetryPolicy.Usual.NeedsPerson(doubtful, isRepeatable: false, Sent.AddMinutes(9)));
        Assert.True(RetryPolicy.Usual.NeedsPerson(doubtful, isRepeatable: false, Sent.AddMinutes(10)));
    }

    [Fact]
    public void A_lasting_failure_is_not_tried_again() => Assert.Null(RetryPolicy.Usual.Next(After(Attempt, new NoticeFailed("n-1", Sent, "no such mailbox", true)), true));

    [Fact]
    public void Receipt_is_deemed_by_the_agreements_own_rule_in_the_days_of_the_catalogue()
    {
        var sent = After(Attempt, new NoticeSent("n-1", Sent, null));
        var facts = Shipped.Facts("terms-of-use/2025-04-01");
        var rule = Terms.Facts.ReceiptAnswer.Of(facts, "to-user", "email", Sent, HongKong);
        var receipt = NoticeReceipt.Of(Make(), sent, facts, HongKong);

        Assert.Equal("determined", rule.Outcome);
        Assert.Equal((rule.Date, rule.Because), (receipt.Day, receipt.Because));
        Assert.Equal(Hire.Day("2025-03-01"), receipt.Day);
        Assert.NotEmpty(receipt.Clauses);
    }

    [Fact]
    public void What_failed_or_came_back_never_counts_whatever_the_text_deems()
    {
        var facts = Shipped.Facts("terms-of-use/2025-04-01");
        var bounced = After(Attempt, new NoticeSent("n-1", Sent, null), new NoticeBounced("n-1", Sent, "mailbox unknown"));

        Assert.Equal((null, "The notice came back: mailbox unknown"), (NoticeReceipt.Of(Make(), bounced, facts, HongKong).Day, NoticeReceipt.Of(Make(), bounced, facts, HongKong).Because));
        Assert.Null(NoticeReceipt.Of(Make(), After(Attempt, new NoticeFailed("n-1", Sent, "refused", false)), facts, HongKong).Day);
        Assert.Equal("The notice has not been sent.", NoticeReceipt.Of(Make(), After(), facts, HongKong).Because);
    }

    [Fact]
    public void Where_the_text_has_no_rule_the_channels_word_counts()
    {
        var sent = After(Attempt, new NoticeSent("n-1", Sent, null));
        var arrived = After(Attempt, new NoticeSent("n-1", Sent, null), new NoticeDelivered("n-1", Sent.AddHours(2), null));

        Assert.Null(NoticeReceipt.Of(Make(), sent, [], HongKong).Day);
        var receipt = NoticeReceipt.Of(Make(), arrived, [], HongKong);
        Assert.Equal((Hire.Day("2025-03-02"), "The text has no general rule on notices in this direction. The channel says that it has arrived."), (receipt.Day!.Value, receipt.Because));
        Assert.Equal(receipt, NoticeReceipt.First([NoticeReceipt.Of(Make(), sent, [], HongKong), receipt]));
    }

    [Fact]
    public void Who_is_told_depends_on_what_changes()
    {
        var (report, _) = Changed(d => d.Mend("Whoever borrows a lamp agrees to the", "Whoever borrows a lamp, agrees to the"));
        Assert.Equal(AudienceKind.Nobody, Audience.Of(report.Changes, report.Comparison!).Kind);

        (report, _) = Changed(d => d.Mend("The page on lamp care is", "The page on lamp care is not"));
        Assert.Equal(new Audience(AudienceKind.Everybody, "The change is substantive and is not limited to some customers."), Audience.Of(report.Changes, report.Comparison!));

        (report, var laid) = Changed(IslesToNorth);
        var audience = Audience.Of(report.Changes, report.Comparison!);
        Assert.Equal(AudienceKind.Affected, audience.Kind);
        Assert.Equal((true, "party, law, forum"), Tells("IS"));
        Assert.Equal((false, ""), Tells("NO"));
        Assert.Equal(AudienceKind.Everybody, Audience.Of(Changed(d => IslesToNorth(d).Mend("page on lamp care is", "page on lamp care is not")).Report.Changes, report.Comparison!).Kind);

        (bool, string) Tells(string place)
        {
            var versions = laid.Catalogue.Find("lamp-hire")!.Versions;
            var customer = new Customer(Place.Parse(place), Place.Parse(place), Role.Buyer, Site.EasyBuy, Service.None, Memberships.EasyBuy);
            var (isTold, changes) = audience.Tells(new Resolver(laid), versions[0], versions[^1], customer, Shipped.Later);
            return (isTold, string.Join(", ", changes.Select(c => c.About)));
        }
    }

    [Fact]
    public void The_words_say_what_changes_from_when_and_where_to_read_it()
    {
        var (report, laid) = Changed(d => IslesToNorth(d).Mend("borrows a lamp agrees to", "borrows a lamp does not agree to").Mend("3.3 Letters to Lantern North Ltd. go to 4 Wick Lane by courier and count when they arrive.", "3.3 Letters to Lantern North Ltd. go to 4 Wick Lane by courier and count when they are read."));
        var version = laid.Catalogue.Find("lamp-hire")!.Versions[^1];
        var impact = report.Comparison!.Impact.Where(i => i.About == "party").Take(1).ToImmutableArray();

        var (subject, bytes) = NoticeWording.Write(English, News(report, version, Hire.Plan("2025-06-02", "2025-07-01", "2025-08-01")), impact, new Uri("https://terms.example/agreements/lamp-hire/2025-07-01"));

        Assert.Equal("Lamp Hire Agreement changes on 2025-07-01", subject);
        Assert.Equal(
            $"""
            The Lamp Hire Agreement has a new version, 2025-07-01.

            It binds new customers from 2025-07-01, and you from 2025-08-01.

            What changes:
            - Preamble ¶1 (substantive)
            - Clause 1.1 (substantive)
            - Clause 3.3 ({report.Changes.Single(c => c.To == "3.3").Class!.Value.Word()})

            For you:
            - company: Lantern Isles Ltd. becomes Lantern North Ltd.

            You will be asked to accept it.

            Read it at https://terms.example/agreements/lamp-hire/2025-07-01 ({version.TextDigest}).

            """.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(bytes.AsSpan()));
    }

    [Fact]
    public void A_sentence_uses_only_the_names_that_it_may_use()
    {
        var (report, laid) = Changed(IslesToNorth);

        var wrong = Assert.Throws<FormatException>(() => NoticeWording.Write(English with { Binds = "From {when}." }, News(report, laid.Catalogue.Find("lamp-hire")!.Versions[^1], Hire.Plan("2025-06-02", "2025-07-01")), [], new Uri("https://terms.example/")));

        Assert.Equal("The sentence “From {when}.” may not use {when}. It may use: {effective}.", wrong.Message);
    }

    private static Draft IslesToNorth(Draft draft) => draft.Mend("borrowers from the Isles with Lantern Isles Ltd.", "borrowers from the Isles with Lantern North Ltd.")
        .Mend("    parties: [lantern-isles]\n    clauses: [\"1.1\"]", "    parties: [lantern-north]\n    clauses: [\"1.1\"]", "rules.yaml");

    private static Announcement News(DraftReport report, AgreementVersion version, PublicationPlan plan) =>
        new(version, version.Agreement.Versions[0], plan, report.Changes, report.Class, Audience.Of(report.Changes, report.Comparison!), null);

    private static (DraftReport Report, Corpus Laid) Changed(Func<Draft, Draft> change)
    {
        var draft = change(Hire.Draft()).Settled();
        return (draft.Report(), Corpus.Load(LaidDraft.Over(draft, Hire.Published.Corpus, Hire.Plan("2025-06-02", "2025-07-01"), Hire.Now, null)));
    }

    private static readonly NoticeWords English = new(
        "en", "{title} changes on {effective}", "The {title} has a new version, {version}.", "It binds you from {effective}.", "It binds new customers from {effective}, and you from {existing}.",
        "What changes:", "Clause {label}", "Preamble", "{clause} is new", "{clause} is gone", "{from} is now {clause}", "The text as a whole", "{change} ({class})",
        "For you:", "{what}: {before} becomes {after}", "You will be asked to accept it.", "Read it at {url} ({digest}).",
        ["editorial", "clarification", "substantive", "needs adaptation"], ["company", "law", "forum", "cap"], "This is a restatement, not the operator's official text.");
}
