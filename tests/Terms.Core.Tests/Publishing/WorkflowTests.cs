using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>The way of a draft to a version, step by step.</summary>
public sealed class WorkflowTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.Utc;
    private static readonly Digest One = Digest.Of("one");
    private static readonly Digest Two = Digest.Of("two");
    private static readonly PublicationPlan Plan = Hire.Plan("2025-06-02", "2025-07-01");
    private static readonly Editor Anna = new("Anna", [new(EditorRole.Drafter), new(EditorRole.Reviewer)]);
    private static readonly Editor Bo = new("Bo", [new(EditorRole.Reviewer, Hire.Agreement)]);
    private static readonly Editor Cai = new("Cai", [new(EditorRole.Publisher)]);

    private static readonly PublishingEvent[] Way =
    [
        new Drafted("d", "Anna", Hire.Now, Hire.Agreement, new VersionId("2025-01-01"), One), new Submitted("d", "Anna", Hire.Now, One),
        new Approved("d", "Bo", Hire.Now, One, "Read it all."), new Scheduled("d", "Cai", Hire.Now, One, Plan),
        new Published("d", "Cai", Hire.Now, One, "lamp-hire/2025-07-01", Two, ChangeClass.Substantive),
    ];

    private static Publication After(int steps, params PublishingEvent[] more) => Publication.Of(Way.Take(steps).Concat(more));

    private static string? Try(Publication state, PublishingEvent step, Editor editor, params Obstacle[] against) =>
        Workflow.Decide(state, step, editor, [.. against], Hire.Agreement, Zone) is Refused refused ? refused.Because : null;

    [Fact]
    public void A_draft_goes_step_by_step_to_a_version()
    {
        Assert.Equal(
            [PublicationStage.None, PublicationStage.Draft, PublicationStage.InReview, PublicationStage.Approved, PublicationStage.Scheduled, PublicationStage.Published],
            Enumerable.Range(0, 6).Select(n => After(n).Stage));
        Assert.Equal(PublicationStage.Superseded, After(5, new Superseded("d", "system", Hire.Now, "lamp-hire/2026-01-01")).Stage);
        foreach (var (step, i) in Way.Select((s, i) => (s, i)))
        {
            Assert.Null(Try(After(i), step, step.Who switch { "Anna" => Anna, "Bo" => Bo, _ => Cai }));
        }
    }

    [Fact]
    public void Nobody_approves_a_draft_that_they_have_written_in()
    {
        const string Because = "Nobody approves a draft that they have written in. Ask somebody else.";
        Assert.Equal(Because, Try(After(2), new Approved("d", "Anna", Hire.Now, One, "Mine."), Anna));

        var drafterToo = Bo with { };
        var edited = After(1, new Edited("d", "Bo", Hire.Now, 2, Two, "clause 2.1"), new Submitted("d", "Anna", Hire.Now, Two));
        Assert.Equal(Because, Try(edited, new Approved("d", "Bo", Hire.Now, Two, "Fine."), drafterToo));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_change_takes_the_approval_and_the_days_away(int steps)
    {
        var state = After(steps, new Edited("d", "Anna", Hire.Now, 2, Two, "clause 2.1"));

        Assert.Equal(PublicationStage.Draft, state.Stage);
        Assert.Null(state.Approval);
        Assert.Null(state.Plan);
        Assert.Equal("The draft is not approved. Somebody who has not written in it has to approve it first.", Try(state, new Scheduled("d", "Cai", Hire.Now, Two, Plan), Cai));
    }

    [Fact]
    public void Refusals_write_days_alike_where_the_calendar_counts_other_years()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH"); // 2025 is 2568 there.
        try
        {
            Assert.Equal(
                "The version would bind on 2025-07-01, before it is announced on 2025-07-02. Choose a later day. (Parameter 'effective')",
                Assert.Throws<ArgumentException>(() => Hire.Plan("2025-07-02", "2025-07-01")).Message);
            Assert.Equal("The version would bind from 2025-07-01, which has begun. Choose a later day.", Try(After(3), new Scheduled("d", "Cai", Hire.Now.AddMonths(2), One, Plan), Cai));
            Assert.Contains("A version of lamp-hire takes effect on 2025-01-01 or later. Choose a day after it.", Hire.Draft().Report(Hire.Plan("2024-12-01", "2025-01-01")).Of(ObstacleKind.Base));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void What_was_read_is_what_is_approved_scheduled_and_published()
    {
        const string Because = "The draft was changed since you read it. Read it again.";
        Assert.Equal(Because, Try(After(2), new Approved("d", "Bo", Hire.Now, Two, "Fine."), Bo));
        Assert.Equal(Because, Try(After(3), new Scheduled("d", "Cai", Hire.Now, Two, Plan), Cai));
        Assert.Equal(Because, Try(After(4), new Published("d", "Cai", Hire.Now, Two, "lamp-hire/2025-07-01", Two, null), Cai));
    }

    [Fact]
    public void Two_people_cannot_overwrite_each_other()
    {
        var state = After(1, new Edited("d", "Anna", Hire.Now, 2, Two, "clause 2.1"));

        Assert.Equal("The draft is at revision 2 and was changed since you read it. Merge your edit with it.", Try(state, new Edited("d", "Anna", Hire.Now, 2, One, "clause 2.2"), Anna));
    }

    [Fact]
    public void A_role_is_for_one_agreement_or_for_all()
    {
        Assert.Equal("Bo is no drafter for lamp-hire.", Try(Publication.None, new Drafted("d", "Bo", Hire.Now, Hire.Agreement, null, One), Bo));
        var elsewhere = new Editor("Bo", [new(EditorRole.Reviewer, new AgreementId("lamp-care"))]);
        Assert.Equal("Bo is no reviewer for lamp-hire.", Try(After(2), Way[2], elsewhere));
        Assert.Equal("Anna is no publisher for lamp-hire.", Try(After(3), new Scheduled("d", "Anna", Hire.Now, One, Plan), Anna));
        Assert.Equal("Dee is no drafter or reviewer or publisher for lamp-hire.", Try(After(2), new Commented("d", "Dee", Hire.Now, "2.1", "Hm."), new Editor("Dee", [new(EditorRole.Auditor)])));
        Assert.Null(Try(After(2), new Withdrawn("d", "Anna", Hire.Now, "Not now."), Anna));
        Assert.Equal("Anna is no publisher for lamp-hire.", Try(After(3), new Withdrawn("d", "Anna", Hire.Now, "Not now."), Anna));
        Assert.Equal("This step is not taken by people.", Try(After(5), new Superseded("d", "Cai", Hire.Now, "x"), Cai));
        Assert.True(Rights.MayRead(new Editor("Dee", [new(EditorRole.Auditor, Hire.Agreement)]), Hire.Agreement));
        Assert.False(Rights.MayRead(elsewhere, Hire.Agreement));
    }

    [Fact]
    public void A_step_in_anothers_name_is_no_step() =>
        Assert.StartsWith("The step names Bo, but Anna takes it.", Assert.Throws<ArgumentException>(() => Try(After(2), Way[2], Anna)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_stands_against_it_blocks_the_stage_that_it_names_and_those_behind()
    {
        var fact = new Obstacle(ObstacleKind.Fact, "facts/cap", null, null, null, "The words under `facts/cap` have changed", "Confirm it.", PublicationStage.Approved);
        Assert.Null(Try(After(1), Way[1], Anna, fact));
        Assert.Equal("The words under `facts/cap` have changed. Confirm it.", Try(After(2), Way[2], Bo, fact));
        Assert.Equal("The words under `facts/cap` have changed. Confirm it. 1 more stand against it.", Try(After(3), Way[3], Cai, fact, fact));
        Assert.Equal("No rule names Lamps Ltd. Confirm it.", Try(After(2), Way[2], Bo, fact with { What = "No rule names Lamps Ltd." }));
        Assert.Null(Try(After(2), new SentBack("d", "Bo", Hire.Now, "See the cap."), Bo, fact));
    }

    [Fact]
    public void A_version_is_published_and_taken_back_only_before_it_binds()
    {
        var begun = Instants.StartOf(Plan.Effective, Zone);
        Assert.Equal("The version would bind from 2025-07-01, which has begun. Choose a later day.", Try(After(3), new Scheduled("d", "Cai", begun, One, Plan), Cai));
        Assert.Equal("The version would bind from 2025-07-01, which has begun. Choose a later day.", Try(After(4), new Published("d", "Cai", begun, One, "lamp-hire/2025-07-01", Two, null), Cai));
        Assert.Equal("The version was to be announced on 2025-06-02, which is over. Schedule it anew.", Try(After(4), new Published("d", "Cai", begun.AddTicks(-1), One, "lamp-hire/2025-07-01", Two, null), Cai));
        Assert.Equal("The version would be announced on 2025-06-02, which is over. Choose today or a later day.", Try(After(3), new Scheduled("d", "Cai", Instants.StartOf(Plan.Announced.AddDays(1), Zone), One, Plan), Cai));
        Assert.Null(Try(After(3), new Scheduled("d", "Cai", Instants.StartOf(Plan.Announced.AddDays(1), Zone).AddTicks(-1), One, Plan), Cai));
        Assert.Null(Try(After(5), new Withdrawn("d", "Cai", begun.AddTicks(-1), "A mistake."), Cai));
        Assert.Equal("The version has been in force since 2025-07-01. Publish another in its place.", Try(After(5), new Withdrawn("d", "Cai", begun, "A mistake."), Cai));
    }

    [Fact]
    public void A_store_that_was_changed_is_noticed()
    {
        var broken = Assert.Throws<InvalidOperationException>(() => Publication.Of([Way[0], Way[1], Way[3], Way[4]]));

        Assert.Equal("Event 3 of draft d, Scheduled, cannot have happened: The draft is not approved. Somebody who has not written in it has to approve it first.", broken.Message);
    }

    [Fact]
    public void A_refusal_is_kept_and_changes_nothing()
    {
        var refused = Workflow.Decide(After(2), new Approved("d", "Anna", Hire.Now, One, "Mine."), Anna, [], Hire.Agreement, Zone);

        Assert.Equal(After(2).ToString(), After(2, refused).ToString());
        Assert.Equal(("Approved", "Anna"), (Assert.IsType<Refused>(refused).Step, refused.Who));
    }

    private static readonly string[] Names = ["Anna", "Bo", "Cai", "Dee"];

    private static readonly Gen<PublishingEvent> Steps =
        from kind in Gen.Choose(0, 11)
        from who in Gen.Elements(Names)
        from digest in Gen.Elements(One, Two)
        from revision in Gen.Choose(1, 4)
        from days in Gen.Choose(0, 40)
        select Step(kind, who, digest, revision, Hire.Now.AddDays(days));

    private static PublishingEvent Step(int kind, string who, Digest digest, int revision, DateTimeOffset at) => kind switch
    {
        0 => new Drafted("d", who, at, Hire.Agreement, null, digest),
        1 or 2 => new Edited("d", who, at, revision, digest, "words"),
        3 or 4 => new Submitted("d", who, at, digest),
        5 or 6 => new Approved("d", who, at, digest, "Read."),
        7 => new Scheduled("d", who, at, digest, Plan),
        8 => new Published("d", who, at, digest, "lamp-hire/2025-07-01", One, ChangeClass.Editorial),
        9 => new SentBack("d", who, at, "No."),
        10 => new Commented("d", who, at, null, "Hm."),
        _ => new Withdrawn("d", who, at, "Over."),
    };

    /// <summary>The rule in other words than the code's: reading backwards from a publication, the last approval is by somebody who never wrote, of this digest, with no change behind it.</summary>
    private static bool IsApprovedByAnother(IReadOnlyList<PublishingEvent> events, Published published)
    {
        var before = events.TakeWhile(e => e != published).ToList();
        var writers = before.Where(e => e is Drafted or Edited).Select(e => e.Who).ToHashSet();
        var approval = before.FindLastIndex(e => e is Approved a && a.Digest == published.Digest && !writers.Contains(a.Who));
        return approval >= 0 && !before.Skip(approval).Any(e => e is Edited or Drafted or SentBack or Withdrawn) && before.Last(e => e is Drafted or Edited) is var last
            && (last is Edited edited ? edited.Digest : ((Drafted)last).Digest) == published.Digest;
    }

    [Fact]
    public void No_sequence_of_steps_reaches_published_without_an_approval_of_that_digest_by_somebody_else()
    {
        var reached = 0;
        var step = Gen.Choose(0, 99).SelectMany(n => n < 55 ? Gen.Elements(Way) : Steps);
        var runs = step.ListOf().SelectMany(head => Gen.Choose(0, Way.Length).Select(n => Way.Take(n).Concat(head).ToList()));
        var editors = Names.ToDictionary(n => n, n => new Editor(n, Hire.All));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(runs.ToArbitrary(), steps =>
        {
            var (kept, state) = (new List<PublishingEvent>(), Publication.None);
            foreach (var wanted in steps)
            {
                var decided = Workflow.Decide(state, wanted, editors[wanted.Who], [], Hire.Agreement, Zone);
                kept.Add(decided);
                state = Publication.Of(kept);
            }
            reached += kept.OfType<Published>().Any() ? 1 : 0;
            return kept.OfType<Published>().All(p => IsApprovedByAnother(kept, p)) && (state.Stage != PublicationStage.Published || kept.OfType<Published>().Count() == 1);
        }));
        Assert.True(reached > 100, $"Only {reached} of the sequences reached a publication; the property says little.");
    }
}
