using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>Edits by clause, and what follows them.</summary>
public sealed class ClauseEditingTests
{
    private const string Text = """
        # Lamp Hire

        Whoever borrows a lamp agrees, as clause 2.2 says.

        ## 1. Lenders

        1.1 Northland is served by Lantern North.

        (a) A traveller is served where the lamp is lit; see paragraph (b).

        > Editor's note: clause 2.2 says more.

        (b) A ship counts as Northland.[^1]

        (b)(i) A raft does not.

        1.2 Section 2 is about money; clauses 2.1, 2.2 and 2.3 are as well.

        ## 2. Money
        2.1 We pay at most 40 krone.

        2.2 Breakage is reported within three days. Whoever reports later, under [this clause](#c-2.2), pays.

        A further paragraph.

        2.3 Clause 7.1 of the Lamp Act is not touched.

        ## 4. Disputes

        4.1 Disputes under section 2 go to the North Court; paragraph (b) of clause 1.1 applies.

        [^1]: As clause 4.1 has it.

        """;

    private const string Version = "source: invented\nedition: official\nextent: full # as clause 4.1 says\nmissing-in-original: [\"§3\"]\nincorporates:\n  - name: Lamp Act\n    clauses: [\"2.3\"]\naccepted:\n  - { code: TW201, clause: \"2.3\", why: \"It is another's.\" }\n";

    private const string Facts = """
        # Clause 2.1 is the cap.
        - id: cap
          kind: cap
          clauses: ["2.1"] # kept
          quote: at most 40 krone
        - id: report
          kind: time-limit
          clauses:
            - "2.2"
          quote: within three days
          note: clause 2.2 is strict
        - id: late
          clauses: "2.2"
          quote: Whoever reports later
        """;

    private static readonly ContentFiles Files = ContentFiles.Empty.With("terms.en.md", Text).With("version.yaml", Version).With("facts.yaml", Facts)
        .With("rules.yaml", "law:\n  - id: north\n    clauses: ['4.1']\n    law: \"NO\"\n");

    private static ClauseEditing Edit(ContentFiles? files = null, string file = "terms.en.md") => new(files ?? Files, file, "en");

    private static string Words(ClauseEdit edit) => edit.Files.Text("terms.en.md")!;

    private static void Same(string expected, ClauseEdit edit) => Assert.Equal(expected, Words(edit));

    [Fact]
    public void A_text_cut_into_clauses_and_put_together_is_the_same_text()
    {
        Assert.Equal(Text, Edit().Clauses.Source);
        foreach (var path in Repository.Content.Files.Paths.Where(p => p.EndsWith(".md", StringComparison.Ordinal)))
        {
            var version = Shipped.Version(string.Join('/', path.Split('/')[1..3]));
            var source = Repository.Content.Files.Text(path)!;
            foreach (var ends in new[] { source, source.ReplaceLineEndings("\r\n"), source.TrimEnd('\n') })
            {
                Assert.Equal(ends, ClauseFile.Read(path.Split('/')[3], ends, version.Details.IsExcerpt, version.Details.MissingInOriginal).Source);
            }
        }
    }

    [Fact]
    public void Every_clause_of_the_shipped_texts_can_be_given_other_words_and_its_own_again()
    {
        var version = Shipped.Version("free-membership/2025-04-01");
        var files = Repository.Content.Files.Below("agreements/free-membership/2025-04-01");
        foreach (var clause in new ClauseEditing(files, "terms.en.md", "en").Clauses.Clauses.Select(c => c.Clause).Where(c => c.Markdown.Length > 0))
        {
            var changed = new ClauseEditing(files, "terms.en.md", "en").Replace(clause.Label.Value, "Other words." + Footnotes(clause));
            Assert.Equal("Other words." + Footnotes(clause), ClauseFile.Read("terms.en.md", changed.Files.Text("terms.en.md")!, false, version.Details.MissingInOriginal).Text.Find(clause.Label.Value)!.Markdown);
            var back = new ClauseEditing(changed.Files, "terms.en.md", "en").Replace(clause.Label.Value, clause.Markdown);
            Assert.Equal(files.Text("terms.en.md"), back.Files.Text("terms.en.md"));
        }
    }

    private static string Footnotes(Clause clause) => string.Concat(System.Text.RegularExpressions.Regex.Matches(clause.Markdown, @"\[\^\d+\]").Select(m => m.Value));

    [Fact]
    public void A_footnote_goes_only_before_the_words_that_refer_to_it()
    {
        Assert.Equal("Nothing would refer to footnote 1 any more. Keep `[^1]` in the words, or delete fn1 first.",
            Assert.Throws<EditRefusedException>(() => Edit().Replace("1.1(b)", "A ship does not.")).Message);
        Assert.DoesNotContain("[^1]", Words(Edit(Edit().Delete("fn1").Files).Replace("1.1(b)", "A ship does not.")), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_words_leave_number_notes_and_everything_else_as_they_are()
    {
        var edit = Edit().Replace("1.1(a)", "A traveller is served **everywhere**.");

        Same(Text.Replace("A traveller is served where the lamp is lit; see paragraph (b).", "A traveller is served **everywhere**.", StringComparison.Ordinal), edit);
        Assert.Empty(edit.Relabelled);
        Assert.Empty(edit.Unfollowed);
    }

    [Fact]
    public void A_heading_is_replaced_by_itself()
    {
        Same(Text.Replace("## 2. Money", "## 2. Costs", StringComparison.Ordinal), Edit().Replace("§2", "", "Costs"));
    }

    [Fact]
    public void A_clause_that_is_inserted_moves_those_behind_it_and_everything_that_names_them_follows()
    {
        var edit = Edit().Insert("2.2", "Lamps are counted.");

        Same(Text.Replace("2.3 Clause 7.1", "2.4 Clause 7.1", StringComparison.Ordinal).Replace("2.2 Breakage", "2.2 Lamps are counted.\n\n2.3 Breakage", StringComparison.Ordinal)
            .Replace("as clause 2.2 says", "as clause 2.3 says", StringComparison.Ordinal).Replace("clauses 2.1, 2.2 and 2.3", "clauses 2.1, 2.3 and 2.4", StringComparison.Ordinal)
            .Replace("#c-2.2", "#c-2.3", StringComparison.Ordinal), edit);
        Assert.Equal(Facts.Replace("- \"2.2\"", "- \"2.3\"", StringComparison.Ordinal).Replace("clauses: \"2.2\"", "clauses: \"2.3\"", StringComparison.Ordinal), edit.Files.Text("facts.yaml"));
        Assert.Equal(Version.Replace("\"2.3\"", "\"2.4\"", StringComparison.Ordinal), edit.Files.Text("version.yaml"));
        Assert.Equal(Files.Text("rules.yaml"), edit.Files.Text("rules.yaml"));
        Assert.Equal("2.2 → 2.3, 2.2 ¶2 → 2.3 ¶2, 2.3 → 2.4", string.Join(", ", edit.Relabelled.Select(r => $"{r.Key} → {r.Value}")));
        Assert.Equal(
            [
                "facts.yaml report: `note` speaks of clauses that bear other numbers now; mend it by hand",
                "terms.en.md 1.1(a): an editor's note speaks of clauses that bear other numbers now; mend it by hand if it means this version",
            ], Unfollowed(edit));
    }

    [Fact]
    public void A_section_that_is_inserted_takes_the_sections_behind_it_along_with_all_their_clauses()
    {
        var edit = Edit().Insert("§2", "", "Care");

        Assert.Contains("## 2. Care\n\n## 3. Money\n3.1 We pay", Words(edit), StringComparison.Ordinal);
        Assert.Contains("## 5. Disputes\n\n5.1 Disputes under section 3 go to", Words(edit), StringComparison.Ordinal);
        Assert.Contains("1.2 Section 3 is about money; clauses 3.1, 3.2 and 3.3 are as well.", Words(edit), StringComparison.Ordinal);
        Assert.Contains("missing-in-original: [\"§4\"]", edit.Files.Text("version.yaml"), StringComparison.Ordinal);
        Assert.Contains("clauses: [\"5.1\"]", edit.Files.Text("rules.yaml"), StringComparison.Ordinal);
        Assert.Contains("Clause 7.1 of the Lamp Act", Words(edit), StringComparison.Ordinal);
        Assert.EndsWith("[^1]: As clause 5.1 has it.\n", Words(edit), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_at_the_end_of_its_row_stands_before_the_next_section_and_before_the_footnotes()
    {
        Assert.Contains("is not touched.\n\n2.4 More.\n\n## 4.", Words(Edit().Insert("2.4", "More.")), StringComparison.Ordinal);
        Assert.Contains("applies.\n\n4.2 More.\n\n[^1]:", Words(Edit().Insert("4.2", "More.")), StringComparison.Ordinal);
        Assert.Contains("(b)(i) A raft does not.\n\n(c) More.\n\n1.2", Words(Edit().Insert("1.1(c)", "More.")), StringComparison.Ordinal);
        Assert.Contains("(b)(ii) More.\n\n1.2", Words(Edit().Insert("1.1(b)(ii)", "More.")), StringComparison.Ordinal);
        Assert.Contains("A further paragraph.\n\nMore.\n\n2.3", Words(Edit().Insert("2.2 ¶3", "More.")), StringComparison.Ordinal);
        Assert.Contains("2.1 We pay at most 40 krone.\n\n(a) More.\n\n2.2", Words(Edit().Insert("2.1(a)", "More.")), StringComparison.Ordinal);
        Assert.Contains("applies.\n\n## 5. More\n\n[^1]:", Words(Edit().Insert("§5", "", "More")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_is_inserted_moves_the_items_below_the_next_and_markers_that_stand_alone_follow()
    {
        var edit = Edit().Insert("1.1(a)", "First.");

        Assert.Contains("(a) First.\n\n(b) A traveller is served where the lamp is lit; see paragraph (c).", Words(edit), StringComparison.Ordinal);
        Assert.Contains("(c)(i) A raft does not.", Words(edit), StringComparison.Ordinal);
        Assert.Contains("paragraph (c) of clause 1.1 applies", Words(edit), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_that_is_deleted_closes_the_gap_and_what_cited_it_is_listed()
    {
        var edit = Edit().Delete("2.2");

        Assert.Contains("2.1 We pay at most 40 krone.\n\n2.2 Clause 7.1 of the Lamp Act", Words(edit), StringComparison.Ordinal);
        Assert.DoesNotContain("A further paragraph", Words(edit), StringComparison.Ordinal);
        Assert.Contains("clauses 2.1, 2.2 and 2.2 are as well", Words(edit), StringComparison.Ordinal);
        Assert.Contains("clauses: [\"2.2\"]", edit.Files.Text("version.yaml"), StringComparison.Ordinal);
        Assert.Equal(Facts, edit.Files.Text("facts.yaml"));
        Assert.Subset(Unfollowed(edit).ToHashSet(),
            new HashSet<string>
            {
                "facts.yaml report: `report` cites clause 2.2, which is gone", "facts.yaml late: `late` cites clause 2.2, which is gone",
                "terms.en.md preamble ¶1: it refers to clause 2.2, which is gone", "terms.en.md 1.2: it refers to clause 2.2, which is gone",
            });
    }

    [Fact]
    public void A_number_may_stay_free_and_is_then_listed_as_left_out()
    {
        var edit = Edit().Delete("2.2", closeGap: false);

        Assert.Contains("2.1 We pay at most 40 krone.\n\n2.3 Clause", Words(edit), StringComparison.Ordinal);
        Assert.Contains("missing-in-original: [\"§3\", \"2.2\"]\n", edit.Files.Text("version.yaml"), StringComparison.Ordinal);
        Assert.EndsWith("\nmissing-in-original: [\"2.2\"]\n",
            Edit(Files.With("version.yaml", "extent: full\n")).Delete("2.2", closeGap: false).Files.Text("version.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_cut_in_two_gives_its_facts_to_the_part_that_says_the_quote()
    {
        var edit = Edit().Split("2.2", "Breakage is reported within three days.".Length);

        Assert.Contains("2.2 Breakage is reported within three days.\n\n2.3 Whoever reports later, under [this clause](#c-2.2), pays.\n\nA further paragraph.\n\n2.4 Clause", Words(edit), StringComparison.Ordinal);
        Assert.Contains("- \"2.2\"", edit.Files.Text("facts.yaml"), StringComparison.Ordinal);
        Assert.Contains("clauses: \"2.3\"", edit.Files.Text("facts.yaml"), StringComparison.Ordinal);
        Assert.Contains("terms.en.md preamble ¶1: it refers to clause 2.2, which was cut in two; the second part is 2.3", Unfollowed(edit));
    }

    [Fact]
    public void Two_clauses_put_together_are_one_and_references_to_the_second_lead_to_it()
    {
        var edit = Edit().Merge("2.2");

        Assert.Contains("2.1 We pay at most 40 krone. Breakage is reported within three days. Whoever reports later, under [this clause](#c-2.1), pays.\n\nA further paragraph.\n\n2.2 Clause", Words(edit), StringComparison.Ordinal);
        Assert.Contains("as clause 2.1 says", Words(edit), StringComparison.Ordinal);
        Assert.Contains("- \"2.1\"", edit.Files.Text("facts.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_moves_with_everything_below_it_and_bears_the_label_that_was_asked_for()
    {
        var edit = Edit().Move("1.1", "2.2");

        Assert.Contains("## 1. Lenders\n\n1.1 Section 2 is about money; clauses 2.1, 2.3 and 2.4 are as well.", Words(edit), StringComparison.Ordinal);
        Assert.Contains("2.2 Northland is served by Lantern North.\n\n(a) A traveller", Words(edit), StringComparison.Ordinal);
        Assert.Contains("(b)(i) A raft does not.\n\n2.3 Breakage", Words(edit), StringComparison.Ordinal);
        Assert.Contains("paragraph (b) of clause 2.2 applies", Words(edit), StringComparison.Ordinal);
        Assert.Equal("2.2(b)(i)", edit.Relabelled["1.1(b)(i)"]);
    }

    [Fact]
    public void An_item_that_leaves_its_clause_is_referred_to_by_its_whole_label()
    {
        var edit = Edit(Files.With("terms.en.md", Text.Replace("2.1 We pay at most 40 krone.", "2.1 We pay at most 40 krone.\n\n(a) At once.", StringComparison.Ordinal))).Move("1.1(b)", "2.1(b)");

        Assert.Contains("see paragraph 2.1(b).", Words(edit), StringComparison.Ordinal);
        Assert.Contains("(b) A ship counts as Northland.[^1]\n\n(b)(i) A raft does not.\n\n2.2", Words(edit), StringComparison.Ordinal);
        Assert.Contains("terms.en.md 4.1: it refers to clause 1.1(b), which is 2.1(b) now and cannot be written so", Unfollowed(edit));
    }

    [Fact]
    public void A_move_and_the_move_back_give_the_same_files()
    {
        foreach (var (from, to) in new[] { ("2.1", "2.3"), ("2.3", "1.1"), ("§1", "§2"), ("§2", "§1"), ("§1", "§4"), ("1.1(a)", "1.1(b)"), ("2.2", "4.1") })
        {
            var there = Edit().Move(from, to);
            var back = Edit(there.Files).Move(to, from);

            Assert.Equal(Text.Replace("## 2. Money\n2.1", "## 2. Money\n\n2.1", StringComparison.Ordinal), Words(back).Replace("## 2. Money\n2.1", "## 2. Money\n\n2.1", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_number_that_was_left_out_can_be_taken()
    {
        var edit = Edit().Insert("§3", "", "Care");

        Assert.Contains("## 3. Care\n\n## 4. Disputes", Words(edit), StringComparison.Ordinal);
        Assert.Equal(["version.yaml missing-in-original: §3 is listed as left out, and is not left out any more; take it out of the list"], Unfollowed(edit));
    }

    [Fact]
    public void One_number_changes_or_all_behind_it()
    {
        Assert.Contains("## 3. Disputes\n\n3.1", Words(Edit(Files.With("version.yaml", "extent: full\n")).Renumber("§4", "§3", andAfter: false)), StringComparison.Ordinal);
        var edit = Edit().Renumber("2.2", "2.4", andAfter: true);
        Assert.Contains("2.4 Breakage", Words(edit), StringComparison.Ordinal);
        Assert.Contains("2.5 Clause 7.1", Words(edit), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_text_of_the_version_is_listed_and_left_alone()
    {
        var edit = Edit(Files.With("terms.nb.md", Text)).Insert("2.2", "Lamps are counted.");

        Assert.Equal(Text, edit.Files.Text("terms.nb.md"));
        Assert.Contains("terms.nb.md : the same clauses of this text keep their numbers (2.2, 2.2 ¶2, 2.3); edit it in the same way", Unfollowed(edit));
    }

    [Fact]
    public void Facts_follow_only_the_text_that_they_are_taken_from()
    {
        var edit = Edit(Files.With("terms.nb.md", Text), "terms.nb.md").Insert("2.2", "Lamper telles.");

        Assert.Equal(Facts, edit.Files.Text("facts.yaml"));
    }

    [Fact]
    public void Windows_line_ends_stay_and_new_clauses_have_them()
    {
        var edit = Edit(Files.With("terms.en.md", Text.ReplaceLineEndings("\r\n"))).Insert("2.2", "Lamps are counted.");

        Assert.Contains("\r\n\r\n2.2 Lamps are counted.\r\n\r\n2.3 Breakage", Words(edit), StringComparison.Ordinal);
        Assert.DoesNotContain("\n", Words(edit).Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.2 Another clause.", "The text cannot be cut into clauses: terms.en.md:")]
    [InlineData("9.1 Another clause.", "Clause 2.2 ¶2 would be read as 9.1. Begin the words with a word, not with a number")]
    [InlineData("## 9. A section", "Clause 2.2 ¶2 would be read as §9. Begin the words with a word, not with a number")]
    [InlineData("Two\n\nparagraphs", "The words have more than one line. Insert a clause for each paragraph.")]
    [InlineData("   ", "The words are empty. Delete the clause instead.")]
    [InlineData("A bell \u0007 rings.", "The words hold a control character. Type them, or paste them as plain text.")]
    [InlineData("> Editor's note: a note", "The words would be read as other clauses")]
    [InlineData("- a list", "The words would be read as other clauses")]
    public void Words_that_would_become_something_else_are_refused(string words, string because)
    {
        var refusal = Assert.Throws<EditRefusedException>(() => Edit().Replace("2.2 ¶2", words));

        Assert.StartsWith(because, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_is_refused_with_what_can()
    {
        Refused("The text has no clause 9.9.", e => e.Delete("9.9"));
        Refused("2.7 would leave a gap; the next in its row is 2.4.", e => e.Insert("2.7", "x"));
        Refused("A section has a heading and no words of its own. Insert its words as clauses below it.", e => e.Insert("§2", "x"));
        Refused("9.1 has no place: the text has no clause §9.", e => e.Insert("9.1", "x"));
        Refused("2.1 cannot become §2: a clause moves to a place of its own kind. Insert it there and delete it here.", e => e.Move("2.1", "§2"));
        Refused("Clause 2.2 cannot be cut there. Choose a place inside its words.", e => e.Split("2.2", 0));
        Refused("Clause 2.2 cannot be cut inside bold words, a link or a mark. Choose a place before or behind it.", e => e.Split("2.2", "Breakage is reported within three days. Whoever reports later, under [this".Length));
        Refused("2.1 cannot be renumbered to 3.1: only its last number or letter can change. Move it instead.", e => e.Renumber("2.1", "3.1", false));
        Refused("Nothing stands before 2.1 in its row, so that it has no clause to be put together with.", e => e.Merge("2.1"));
        Refused("Clause 2.1 has no heading. Delete it, and insert it with one.", e => e.Replace("2.1", "x", "Heading"));
        Assert.Contains("appears twice", Assert.Throws<EditRefusedException>(() => Edit().Renumber("2.1", "2.2", false)).Message, StringComparison.Ordinal);

        static void Refused(string because, Func<ClauseEditing, ClauseEdit> edit) => Assert.Equal(because, Assert.Throws<EditRefusedException>(() => edit(Edit())).Message);
    }

    [Theory]
    [InlineData("2.2x")]
    [InlineData("2.1234")]
    [InlineData("2.99999999999")]
    [InlineData("§99999999999")]
    [InlineData("1.1(1x)")]
    [InlineData("1.1(9999999999)")]
    [InlineData("1.1(ж)")]
    [InlineData("2.")]
    [InlineData("§")]
    [InlineData("")]
    public void What_is_no_label_is_refused_wherever_one_is_asked_for(string label)
    {
        Assert.Equal($"`{label}` cannot be inserted by its label. Use the label of a section, a clause, an item or a paragraph, such as §7, 6.8, 1.1(d) or 2.1 ¶3.", Assert.Throws<EditRefusedException>(() => Edit().Insert(label, "x")).Message);
        Assert.Equal($"2.1 cannot become {label}: a clause moves to a place of its own kind. Insert it there and delete it here.", Assert.Throws<EditRefusedException>(() => Edit().Move("2.1", label)).Message);
        foreach (var andAfter in new[] { false, true })
        {
            Assert.Equal($"2.1 cannot be renumbered to {label}: only its last number or letter can change. Move it instead.", Assert.Throws<EditRefusedException>(() => Edit().Renumber("2.1", label, andAfter)).Message);
        }
        Assert.Equal(new ClausePlaces(null, null, null, null, null), ClausePlaces.Beside([.. Edit().Clauses.Clauses.Select(c => c.Clause.Label.Value)], label));
    }

    [Fact]
    public void After_an_insertion_into_the_shipped_text_rules_and_facts_still_stand_in_their_clauses()
    {
        const string Folder = "agreements/free-membership/2025-04-01";
        var files = Repository.Content.Files;
        var edit = new ClauseEditing(files.Below(Folder), "terms.en.md", "en").Insert("§2", "", "A new section");
        edit = new ClauseEditing(edit.Files, "terms.en.md", "en").Insert("2.1", "It says nothing.");
        var problems = new ProblemList();

        Terms.Resolution.Corpus.Read(files.With(Folder, edit.Files), problems);

        Assert.Empty(problems.Sorted());
    }

    private static IEnumerable<string> Unfollowed(ClauseEdit edit) => edit.Unfollowed.Select(u => $"{u.File} {u.Where}: {u.What}");
}
