using Terms.Catalogue;
using Terms.Facts;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>Facts and rules of a draft are read, changed, added and taken out one by one; the forms know the fields that the readers ask for.</summary>
public sealed class DraftEntriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private static Draft Joint() => DraftStart.From("joint", "anna", Repository.Content.Catalogue.Find("alibaba-terms-of-use")!.Version("2020-10-17")!, Repository.Content.Files).Draft;

    [Fact]
    public void Every_entry_of_the_shipped_content_is_found_and_put_back_letter_for_letter()
    {
        var count = 0;
        foreach (var path in Repository.Content.Files.Paths.Where(p => p.EndsWith("/facts.yaml", StringComparison.Ordinal) || p.EndsWith("/rules.yaml", StringComparison.Ordinal)))
        {
            var text = Repository.Content.Files.Text(path)!;
            var entries = YamlEntries.Read(path, text, path.EndsWith("facts.yaml", StringComparison.Ordinal) ? "facts" : null, new())!;
            foreach (var entry in entries.All)
            {
                Assert.Equal(text, entries.Write(entry, entry.Source));
                Assert.Equal(text, entries.Replace(entry, entry.Says));
                count++;
            }
        }
        Assert.True(count > 500, $"{count} entries");
    }

    [Fact]
    public void A_form_that_is_sent_as_it_was_shown_changes_nothing()
    {
        foreach (var version in Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions))
        {
            foreach (var entry in DraftEntries.Of(Repository.Content.Files.Below($"agreements/{version.Path}")))
            {
                var fields = EntryFields.Of(entry.Section, entry.Texts("kind").FirstOrDefault());
                Assert.True(YamlEntries.IsSame(entry.Says, EntryForm.Says("facts.yaml", fields, EntryForm.Filled(fields, entry.Says), entry.Says)), $"{version.Path} {entry.Section}/{entry.Id}");
            }
        }
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void A_line_that_ends_as_no_other_of_its_file_does_moves_nothing(string end)
    {
        var draft = Hire.Draft();
        var facts = draft.Files.Text("facts.yaml")!.Replace("summary: One lamp costs the lender 40 krone at most.\n", $"summary: \"One lamp costs{end}    the lender 40 krone at most.\"{(end[0] == '\r' ? end : "\n")}", StringComparison.Ordinal);
        draft = draft.With(draft.Files.With("facts.yaml", facts));
        var (entries, report) = (YamlEntries.Read("facts.yaml", facts, "facts", new())!, DraftEntries.Find(draft.Files, "facts", "report")!);

        Assert.All(entries.All.Skip(1), e => Assert.Equal(facts, entries.Write(e, e.Source)));
        Assert.All(entries.All, e => Assert.Equal(facts, entries.Replace(e, e.Says)));
        Assert.Equal((14, 22), (report.Line, report.LastLine));
        var before = facts[..facts.IndexOf("- id: report", StringComparison.Ordinal)];
        var behind = facts[facts.IndexOf("- id: letters", StringComparison.Ordinal)..];
        Assert.Equal(before + behind, DraftEntries.Remove(draft, "facts", "report").Files.Text("facts.yaml"));
        Assert.Equal(facts[before.Length..], DraftEntries.Remove(draft, "facts", "cap").Files.Text("facts.yaml"));
        var noted = DraftEntries.Write(draft, "facts", "report", report.Source + "\nnote: Three whole days.\n", Repository.Content, Now).Files.Text("facts.yaml")!;
        Assert.Equal(["note: Three whole days."], noted.ReplaceLineEndings("\n").Split('\n').Except(facts.ReplaceLineEndings("\n").Split('\n')).Select(l => l.Trim()));
    }

    [Fact]
    public void A_value_is_exchanged_and_the_rest_stays_letter_for_letter()
    {
        var draft = Joint();
        var old = DraftEntries.Find(draft.Files, "facts", "amendment-1")!;
        var says = new Dictionary<string, object>(old.Says) { ["summary"] = "Alibaba.com changes the terms: by posting." };
        says.Remove("note");
        var refused = Assert.Throws<EntryRefusedException>(() => DraftEntries.Write(draft, "facts", "amendment-1", new Dictionary<string, object>(says) { ["quote"] = "words that nobody wrote" }, Repository.Content, Now));
        Assert.Contains("does not occur in clause 1.3", Assert.Single(refused.Problems).What, StringComparison.Ordinal);

        var after = DraftEntries.Write(draft, "facts", "amendment-1", says, Repository.Content, Now);
        var (before, now) = (draft.Files.Text("facts.yaml")!.Split('\n'), after.Files.Text("facts.yaml")!.Split('\n'));
        Assert.Equal(before.Length - 1, now.Length);
        Assert.Equal("  summary: \"Alibaba.com changes the terms: by posting.\"", Assert.Single(now.Except(before)));
    }

    [Fact]
    public void An_entry_is_added_and_taken_out_again()
    {
        var draft = Joint();
        var clause = ClauseFile.Read("terms.en.md", draft.Files.Text("terms.en.md")!, false, []).Clauses.First(c => c.Clause.Label.Value == "1.4").Clause;
        var says = new Dictionary<string, object> { ["id"] = "acceptance-9", ["kind"] = "acceptance", ["how"] = "in a way: of its own", ["clauses"] = new object[] { "1.4" }, ["quote"] = clause.Text[..20], ["summary"] = "A trial." };
        var added = DraftEntries.Write(draft, "facts", null, says, Repository.Content, Now);
        Assert.Contains("\n\n- id: acceptance-9\n  kind: acceptance\n  how: \"in a way: of its own\"\n  clauses: [\"1.4\"]\n", added.Files.Text("facts.yaml"), StringComparison.Ordinal);
        Assert.Equal(draft.Files.Text("facts.yaml"), DraftEntries.Remove(added, "facts", "acceptance-9").Files.Text("facts.yaml"));

        var rule = new Dictionary<string, object> { ["id"] = "trial", ["law"] = "HK", ["parties"] = "any", ["clauses"] = new object[] { "12.7" } };
        var ruled = DraftEntries.Write(draft, "law", null, rule, Repository.Content, Now);
        Assert.Contains("\n  - id: trial\n    law: HK\n", ruled.Files.Text("rules.yaml"), StringComparison.Ordinal);
        Assert.Equal(draft.Files.Text("rules.yaml"), DraftEntries.Remove(ruled, "law", "trial").Files.Text("rules.yaml"));
    }

    [Theory]
    [InlineData("id: x\n- id: y", "")]
    [InlineData("id: x\nkind: language", "`quote` is missing")]
    [InlineData("id: [", "the YAML cannot be read")]
    [InlineData("id: &a x", "YAML anchors and aliases are not read")]
    [InlineData("just words", "a mapping")]
    [InlineData("id: language-1\nkind: language\nprevails: en\nclauses: [\"1.4\"]\nquote: It is the English\nsummary: Again.", "stands twice")]
    [InlineData("id: z\nkind: language\nprevails: en\nclauses: [\"99.1\"]\nquote: x\nsummary: y\nsomething: else", "`something` is not known here")]
    public void Lines_that_are_no_right_entry_are_refused_with_the_reason(string lines, string says)
    {
        var refused = Assert.Throws<EntryRefusedException>(() => DraftEntries.Write(Joint(), "facts", null, lines, Repository.Content, Now));
        Assert.Contains(refused.Problems, p => p.What.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void The_forms_have_exactly_the_fields_that_the_readers_ask_for()
    {
        foreach (var (section, kind) in FactKind.All.Select(k => ("facts", (string?)k)).Concat(DraftEntries.Sections.Skip(1).Select(s => (s, (string?)null))))
        {
            var fields = EntryFields.Of(section, kind);
            var source = $"id: trial-entry\nqqqqqqqqqqqqqqqq: x\n{(kind is null ? "" : $"kind: {kind}\n")}{(section == "forum" ? "exclusive: true\n" : "")}{(fields.Any(f => f.Path == "amount") ? "amount: 1\n" : "")}{(fields.Any(f => f.Path.StartsWith("when", StringComparison.Ordinal)) ? "when: { qqqqqqqqqqqqqqqq: x, business: true, any: [] }\n" : "")}";
            var problems = Assert.Throws<EntryRefusedException>(() => DraftEntries.Write(Joint(), section, null, source, Repository.Content, Now)).Problems;
            var known = problems.Where(p => p.What.StartsWith("`qqqq", StringComparison.Ordinal)).Select(p => p.Remedy["Remove it; known are: ".Length..].TrimEnd('.').Split(", ").ToHashSet()).OrderBy(k => k.Contains("id") ? 0 : 1).ToList();
            Assert.Equal(known[0].Order(), fields.Select(f => f.Keys[0]).Distinct().Order());
            if (known.Count > 1)
            {
                Assert.Equal(known[1].Order(), fields.Where(f => f.Keys is ["when", _]).Select(f => f.Keys[1]).Order());
            }
        }
    }
}
