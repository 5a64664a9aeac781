using Terms.Catalogue;
using Terms.Notices;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>What stands against a publication.</summary>
public sealed class DraftReportTests
{
    [Fact]
    public void Nothing_stands_against_a_draft_that_changes_nothing() => Assert.True(Hire.Draft().Report(Hire.Plan("2025-06-02", "2025-07-01")).IsClear);

    [Fact]
    public void Problems_of_the_content_are_listed_with_their_place()
    {
        var report = Hire.Draft().Mend("2.2 Broken", "2.3 Broken").Report();

        Assert.Contains(report.Obstacles, o => o is { Kind: ObstacleKind.Problem, File: "terms.en.md", Line: 17, Blocks: PublicationStage.InReview, What: "clause 2.2 is missing before 2.3" });
        Assert.Null(report.Comparison);
    }

    [Fact]
    public void Lines_of_the_versions_own_file_are_counted_as_the_draft_has_them()
    {
        var draft = Hire.Draft();
        var report = draft.With(draft.Files.With("version.yaml", draft.Files.Text("version.yaml") + "colour: red\n")).Report();

        var problem = Assert.Single(report.Obstacles);
        Assert.Equal(("version.yaml", draft.Files.Text("version.yaml")!.Split('\n').Length), (problem.File, problem.Line!.Value));
    }

    [Fact]
    public void A_fact_whose_words_have_changed_is_to_be_confirmed_and_a_confirmation_holds_for_one_wording()
    {
        var draft = Hire.Draft().Mend("We pay at most 40 krone", "The lender pays at most 40 krone");
        var open = draft.Report().Facts.Single();
        Assert.Equal(("facts/cap", ConfirmReason.WordsChanged), (open.Key, open.Reason));
        Assert.Equal(["The words under `facts/cap` have changed. Read them, mend the fact if it says otherwise, and confirm it."], draft.Report().Of(ObstacleKind.Fact));

        var confirmed = draft.With(new FactConfirmation(open.Key, open.Wording, "Anna", Hire.Now, "Still 40."));
        Assert.Empty(confirmed.Report().Of(ObstacleKind.Fact));

        Assert.NotEmpty(confirmed.Mend("The lender pays", "Nobody pays").Report().Of(ObstacleKind.Fact));
        Assert.NotEmpty(confirmed.Mend("protects: the lender", "protects: nobody", "facts.yaml").Report().Of(ObstacleKind.Fact));
        Assert.Empty(confirmed.Mend("The lender pays", "Nobody pays").Mend("Nobody pays", "The lender pays").Report().Of(ObstacleKind.Fact));
    }

    [Fact]
    public void A_renumbered_clause_leaves_its_facts_confirmed()
    {
        var edit = new ClauseEditing(Hire.Draft().Files, Hire.Terms, "en").Insert("§1", "", "Lamps");
        var report = Hire.Draft().With(new ClauseEditing(edit.Files, Hire.Terms, "en").Insert("1.1", "Lamps give light.").Files).Report();

        Assert.Empty(report.Of(ObstacleKind.Problem));
        Assert.Empty(report.Facts);
    }

    [Fact]
    public void A_quote_that_is_gone_cannot_be_confirmed_before_the_fact_is_mended()
    {
        var draft = Hire.Draft().Mend("at most 40 krone", "at most 50 krone");
        var open = draft.Report().Facts.Single();

        Assert.Equal(ConfirmReason.QuoteGone, open.Reason);
        Assert.Null(draft.With(new FactConfirmation(open.Key, open.Wording, "Anna", Hire.Now, "Fine.")).Report().Facts.Single().Confirmed);
        Assert.Contains("the quote \"at most 40 krone\" does not occur in clause 2.1 of rendering 1. Quote words that stand there, letter for letter.", draft.Report().Of(ObstacleKind.Problem));
    }

    [Fact]
    public void A_rule_whose_words_have_changed_is_to_be_confirmed_too()
    {
        var facts = Hire.Draft().Mend("3.1 Contracts with Lantern North Ltd. follow", "3.1 All contracts with Lantern North Ltd. follow").Report().Facts;

        Assert.Equal(["forum/court", "law/northland"], facts.Select(f => f.Key));
    }

    [Fact]
    public void A_fact_that_is_not_taken_over_is_missed()
    {
        var draft = Hire.Draft();
        var report = draft.With(draft.Files.Without("facts.yaml")).Report();

        Assert.Contains("`facts/cap` of the base is not in the draft. Put it back, or confirm that the text says it no longer.", report.Of(ObstacleKind.Fact));
        Assert.Empty(draft.With(draft.Files.Without("facts.yaml")).Settled().Report().Of(ObstacleKind.Fact));
    }

    [Fact]
    public void A_fact_that_is_there_twice_is_a_problem_of_the_draft_and_none_of_the_report()
    {
        var draft = Hire.Draft();
        var facts = draft.Files.Text("facts.yaml")!;
        var report = draft.With(draft.Files.With("facts.yaml", facts + facts)).Report();

        Assert.Equal(["cap", "cap", "letters", "letters", "report", "report"], report.Obstacles.Select(o => o.What.Split('`')[1]).Order());
        Assert.Contains("the fact `cap` stands twice. Give one of them another id.", report.Of(ObstacleKind.Problem));
        Assert.Empty(report.Facts);
    }

    [Fact]
    public void The_last_day_of_the_calendar_is_a_day_too()
    {
        var published = Hire.With(f =>
        {
            var first = f.Below("agreements/lamp-hire/2025-01-01");
            var version = first.Text("version.yaml")!.Replace("2025-01-01", "9999-12-31", StringComparison.Ordinal) + "supersedes: 2025-01-01\n";
            var parties = f.Text("parties.yaml")!.Replace("lamp-hire/2025-01-01", "lamp-hire/2025-01-01, lamp-hire/9999-12-31", StringComparison.Ordinal);
            return f.With("agreements/lamp-hire/9999-12-31", first.With("version.yaml", version)).With("parties.yaml", parties);
        });
        var draft = Hire.Draft(published: published).Mend("within three days.", "within three days, unless nobody noticed.");

        Assert.Contains("`supersedes: 9999-12-31` does not lead to an earlier version of lamp-hire. Name an earlier version that is here, or remove the line.", draft.Report(published: published).Of(ObstacleKind.Problem));
        Assert.Contains("A version of lamp-hire takes effect on 9999-12-31 or later. Choose a day after it.", draft.Report(Hire.Plan("9999-12-30", "9999-12-31"), published).Of(ObstacleKind.Base));
        Assert.Equal(DateOnly.MaxValue, NoticeFloors.After(Hire.Floor(15), Hire.Day("9999-12-30")));
    }

    [Fact]
    public void An_absence_rests_on_the_whole_text()
    {
        var published = Hire.With(f => f.With("agreements/lamp-hire/2025-01-01/facts.yaml", "- id: no-language\n  kind: language\n  not-stated: The text names no language.\n"));

        Assert.Equal("facts/no-language", Hire.Draft(published: published).Mend("within three days", "within three days, in English").Report(published: published).Facts.Single().Key);
    }

    [Fact]
    public void Each_change_is_to_be_classified_and_the_gravest_class_is_that_of_the_version()
    {
        var draft = Hire.Draft().Mend("Whoever borrows a lamp agrees to the words below.", "Whoever borrows a lamp, agrees to the words below.").Mend("within three days", "within five days")
            .Mend("within three days", "within five days", "facts.yaml").Mend("value: 3", "value: 5", "facts.yaml");
        var report = draft.Report();

        Assert.Equal(["en.1 preamble ¶1>preamble ¶1 Editorial", "en.1 2.2>2.2 Substantive"], report.Changes.Select(c => $"{c.Key} {c.Suggested}"));
        Assert.Equal("Facts differ: report has changed.", report.Changes[1].Because);
        Assert.Contains("The change of clause 2.2 is not classified. Say how grave it is, and why. Suggested: substantive. Facts differ: report has changed.", report.Of(ObstacleKind.Change));
        Assert.Null(report.Class);
        var settled = draft.Settled().Report();
        Assert.Equal(ChangeClass.Substantive, settled.Class);
        Assert.True(settled.IsClear);
        Assert.Equal((true, true), (ClassConsequences.Of(settled.Class!.Value).NeedsNotice, ClassConsequences.Of(settled.Class.Value).NeedsAcceptance));
        var again = draft.Settled().Mend("within five days", "within six days").Mend("within five days", "within six days", "facts.yaml").Mend("value: 5", "value: 6", "facts.yaml").Report();
        Assert.Equal([ChangeClass.Editorial, null], again.Changes.Select(c => c.Class));
    }

    [Fact]
    public void Another_company_for_somebody_is_to_be_classified_though_no_word_of_the_text_differs()
    {
        var plan = Hire.Plan("2025-06-02", "2025-07-01");
        var draft = Hire.Draft().Mend("when: { from: northland }", "when: { from-outside: the-isles }", "rules.yaml");
        var report = draft.Report(plan);

        var change = Assert.Single(report.Changes);
        Assert.Equal((Classifying.Rules, null, null, ChangeClass.Substantive), (change.Key, change.From, change.To, change.Suggested));
        Assert.StartsWith("No word that it rests on differs. The company changes for ", change.Because, StringComparison.Ordinal);
        Assert.Contains("The change of rules is not classified. Say how grave it is, and why. Suggested: substantive. " + change.Because, report.Of(ObstacleKind.Change));
        Assert.Null(report.Class);

        var settled = draft.Settled();
        Assert.Equal(ChangeClass.Substantive, settled.Report(plan).Class);
        Assert.Equal(AudienceKind.Affected, Announcement.Of(settled.Report(plan), plan)!.Audience.Kind);
        Assert.NotEmpty(settled.Mend("when: { from-outside: the-isles }", "when: { from-outside: northland }", "rules.yaml").Report(plan).Of(ObstacleKind.Change));
        Assert.DoesNotContain(draft.Mend("1.1 Borrowers", "1.1 All borrowers").Report(plan).Changes, c => c.Key == Classifying.Rules);
        Assert.Contains(draft.Mend("within three days", "within  three days").Report(plan).Changes, c => c.Key == Classifying.Rules);
    }

    [Fact]
    public void A_mere_renumbering_is_editorial_without_a_person()
    {
        var edit = new ClauseEditing(Hire.Draft().Files, Hire.Terms, "en").Move("2.1", "2.2");
        var report = Hire.Draft().With(edit.Files).Report();

        Assert.NotEmpty(report.Changes);
        Assert.All(report.Changes, c => Assert.Equal((ChangeClass.Editorial, false), (c.Class, c.NeedsPerson)));
        Assert.True(report.IsClear);
    }

    [Fact]
    public void A_change_of_company_is_substantive_with_the_reason()
    {
        var draft = Hire.Draft().Mend("borrowers from the Isles with Lantern Isles Ltd.", "borrowers from the Isles with Lantern North Ltd.", Hire.Terms)
            .Mend("    parties: [lantern-isles]\n    clauses: [\"1.1\"]", "    parties: [lantern-north]\n    clauses: [\"1.1\"]", "rules.yaml");
        var report = draft.Report();

        Assert.Contains(report.Comparison!.Impact, i => i.About == "party");
        Assert.StartsWith("The company changes for ", report.Changes.Single(c => c.To == "1.1").Because, StringComparison.Ordinal);
        Assert.EndsWith(": from Lantern Isles Ltd. to Lantern North Ltd.", report.Changes.Single(c => c.To == "1.1").Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_suggestions_have_their_reasons()
    {
        Assert.Equal("Substantive: The clause is new.", Suggestion("2.2 Broken", "2.2 Lamps are red.\n\n2.3 Broken", "2.2 Lamps are red.", f => f.Replace("\"2.2\"", "\"2.3\"", StringComparison.Ordinal), to: "2.2"));
        Assert.Equal("Clarification: Words differ, but no figure, fact, rule, or word of duty, right or exception.", Suggestion("The page on lamp care is", "The sheet on lamp care is", "1.2"));
        Assert.Equal("Substantive: Words of duty, right or exception differ: “not”.", Suggestion("is part of this", "is not part of this", "1.2"));
        Assert.Equal("NeedsAdaptation: New words speak of “API”, to which customers may have to adapt something of their own.", Suggestion("is part of this", "and its API is part of this", "1.2"));
        Assert.Equal("Clarification: Only spacing, quotes, case or punctuation differ, but in a clause on company, law, forum, liability or time for claims, where they can carry meaning.", Suggestion("for any one lamp.", "for any one lamp;", "2.1"));
    }

    [Fact]
    public void Another_rendering_is_compared_and_a_new_one_is_a_change()
    {
        var published = Hire.With(f => f.With("agreements/lamp-hire/2025-01-01/terms.nb.md", "# Leie\n\nEn rød lampe kan leies for en uke av gangen.\n"));
        var draft = Hire.Draft(published: published).Mend("En rød lampe", "En blå lampe", "terms.nb.md");
        draft = draft.With(draft.Files.With("terms.zh.md", "# 租灯\n\n灯。\n"));

        Assert.Equal(
            ["nb.1 preamble ¶1>preamble ¶1: Words differ, and words of duty, right or exception are known here in English only.", "zh.1: The text zh, rendering 1, is new."],
            draft.Report(published: published).Changes.Select(c => $"{c.Key}: {c.Because}"));
    }

    [Fact]
    public void A_gap_that_the_base_does_not_have_is_listed_with_an_example_until_it_is_accepted()
    {
        var draft = Hire.Draft().Mend("  - id: chamber\n    parties: [lantern-isles]\n    forum: isles-arbitration\n    kind: arbitration\n    clauses: [\"3.2\"]\n", "", "rules.yaml");
        var gaps = draft.Report().Obstacles.Where(o => o.Kind == ObstacleKind.Gap).ToList();

        Assert.StartsWith("No rule gives the forum, for example for ", Assert.Single(gaps).What, StringComparison.Ordinal);
        Assert.True(draft.Settled().Report().IsClear);
    }

    [Fact]
    public void A_conflict_that_the_base_does_not_have_is_listed_with_an_example_and_its_candidates_until_it_is_accepted()
    {
        var draft = Hire.Draft().Mend("law:\n", "  - id: northland-too\n    when: { from: northland, role: buyer }\n    parties: [lantern-isles]\n    clauses: [\"1.1\"]\nlaw:\n", "rules.yaml");
        var report = draft.Report();

        Assert.Matches(@"^The company is in conflict, for example for a buyer.*: Lantern (North|Isles) Ltd\. \(1\.1\) \| Lantern (North|Isles) Ltd\. \(1\.1\)$", Assert.Single(report.Obstacles, o => o.Kind == ObstacleKind.Gap && o.Key.StartsWith("party/", StringComparison.Ordinal)).What);
        Assert.Contains(report.Sweep!.Findings, f => f is { IsNew: true, Outcome: Terms.Resolution.Outcome.Conflict });
        Assert.DoesNotContain(draft.Settled().Report().Obstacles, o => o.Kind == ObstacleKind.Gap);
    }

    [Fact]
    public void A_finding_of_the_linter_is_mended_or_accepted()
    {
        var draft = Hire.Draft().Mend("The page on lamp care", "The  page (on lamp care").Settled();
        var findings = draft.Report().Obstacles.Where(o => o.Kind == ObstacleKind.Finding).ToList();

        var bracket = Assert.Single(findings, f => f.Key == "TW401");
        Assert.Equal("1.2", bracket.Clause);
        var accepted = draft.With(draft.Files.With("version.yaml", draft.Files.Text("version.yaml") + string.Concat(findings.Select(f => $"  - {{ code: {f.Key}, clause: \"{f.Clause}\", why: \"So it is.\" }}\n"))));
        Assert.Empty(accepted.Report().Of(ObstacleKind.Finding));
    }

    [Fact]
    public void A_version_published_in_between_has_to_be_merged()
    {
        var draft = Hire.Draft().Mend("The page on lamp care is", "The sheet on lamp care is");
        using var folder = new ContentFolder().Over(Repository.Folder("tests/catalogues/good/two-versions"));
        var published = new Resolver(folder.Load());

        Assert.Contains("lamp-hire/2025-07-01 has been published since the draft was made from 2025-01-01. Merge the draft with it.", draft.Report(published: published).Of(ObstacleKind.Base));

        var merge = DraftMerge.Of(Hire.Draft().Files, draft.Files, Hire.Draft(published: published).Files);
        Assert.Empty(merge.Conflicts);
        var merged = draft.Rebased(new VersionId("2025-07-01"), merge.Files()).Report(published: published);
        Assert.Empty(merged.Of(ObstacleKind.Base).Concat(merged.Of(ObstacleKind.Problem)));
        Assert.Equal("1.2", Assert.Single(merged.Changes).To);
    }

    [Fact]
    public void A_day_on_which_a_version_takes_effect_already_is_taken()
    {
        using var folder = new ContentFolder().Over(Repository.Folder("tests/catalogues/good/two-versions"));
        var published = new Resolver(folder.Load());
        var plan = Hire.Plan("2025-06-02", "2025-07-01");

        Assert.Contains("A version of lamp-hire takes effect on 2025-07-01 or later. Choose a day after it.", Hire.Draft(published: published).Report(plan, published).Of(ObstacleKind.Base));
        Assert.StartsWith("agreements/lamp-hire/2025-07-01 is published already. Choose another day.",
            Assert.Throws<ArgumentException>(() => LaidDraft.Over(Hire.Draft(published: published), published.Corpus, plan, Hire.Now, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Floors_of_the_law_and_of_the_text_stand_against_too_early_a_day()
    {
        var published = Hire.With(f => f
            .With("notice-floors.yaml", "- { id: law, source: Lamp Act, places: [northland, FR], who: business, from: clarification, starts: notice, days: 15 }\n- { id: off, source: Old Act, who: any, from: editorial, starts: notice, days: 99, enabled: false }\n")
            .With("agreements/lamp-hire/2025-01-01/facts.yaml", f.Text("agreements/lamp-hire/2025-01-01/facts.yaml") + "- { id: change, kind: amendment, clauses: [\"2.2\"], quote: three days, summary: x, how: by post, days: 3 }\n"));
        var draft = Hire.Draft(published: published).Mend("The page on lamp care is", "The sheet on lamp care is");
        draft = draft.Report(published: published).Changes.Aggregate(draft, (d, c) => d.With(new ClauseClassification(c.Key, c.Wording, ChangeClass.Clarification, "Anna", Hire.Now, "Same.")));

        var early = draft.Report(Hire.Plan("2025-06-02", "2025-06-03"), published);
        Assert.Equal(
            [
                "The version would bind customers on 2025-06-03, fewer than 15 days after its announcement on 2025-06-02 (Lamp Act). Choose 2025-06-18 or later for those who are customers already.",
                "The version would bind customers on 2025-06-03, fewer than 3 days after its announcement on 2025-06-02 (lamp-hire/2025-01-01, clause 2.2: “three days”). Choose 2025-06-06 or later for those who are customers already.",
            ], early.Of(ObstacleKind.Floor));
        Assert.Equal(Hire.Day("2025-06-18"), early.EarliestForCustomers);
        Assert.True(draft.Report(Hire.Plan("2025-06-02", "2025-06-03", "2025-06-18"), published).IsClear);
    }

    private static string Suggestion(string words, string by, string clause, Func<string, string>? facts = null, string? to = null)
    {
        var draft = Hire.Draft().Mend(words, by);
        draft = facts is null ? draft : draft.With(draft.Files.With("facts.yaml", facts(draft.Files.Text("facts.yaml")!)));
        var change = draft.Report().Changes.First(c => c.To == (to ?? clause));
        return $"{change.Suggested}: {change.Because}";
    }
}
