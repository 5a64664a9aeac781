using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>What holds of every edit of the shipped texts.</summary>
public sealed partial class ClauseEditingProperties
{
    private static readonly string[] Versions = ["alibaba-terms-of-use/2020-10-17", "free-membership/2025-04-01", "merchant-service/2022-01-01", "terms-of-use/2025-04-01", "vip-membership/2023-11-01"];

    private sealed record Case(string Version, int Op, int From, int To, int At)
    {
        public ContentFiles Files => Repository.Content.Files.Below($"agreements/{Version}");

        /// <summary>Whether the words of a clause were cut in two, or put together with those of another.</summary>
        public bool Changes(ClauseEditing before, string old) => Op switch
        {
            3 => old == Label(before) || TheOneBefore(before) == old,
            4 => old == Label(before),
            _ => false,
        };

        private string Label(ClauseEditing before) => before.Clauses.Clauses[From % before.Clauses.Clauses.Length].Clause.Label.Value;

        private string? TheOneBefore(ClauseEditing before) => before.Clauses.Clauses.ElementAtOrDefault((From % before.Clauses.Clauses.Length) - 1)?.Clause.Label.Value;

        /// <summary>The edit, and its name; null if it is refused.</summary>
        public (ClauseEdit? Edit, string Name) Run(ClauseEditing editing)
        {
            var clauses = editing.Clauses.Clauses;
            var (from, to) = (clauses[From % clauses.Length].Clause, clauses[To % clauses.Length].Clause);
            var (a, b) = (from.Label.Value, to.Label.Value);
            try
            {
                return Op switch
                {
                    0 => (editing.Insert(a, from.Heading is null ? "Lamps are counted." : from.Markdown.Length > 0 ? "Lamps are counted." : "", from.Heading is null ? null : "Lamps"), $"insert {a}"),
                    1 => (editing.Delete(a), $"delete {a}"),
                    2 => (editing.Move(a, b), $"move {a} to {b}"),
                    3 => (editing.Merge(a), $"merge {a}"),
                    _ => (editing.Split(a, from.Markdown.Length == 0 ? 0 : At % from.Markdown.Length), $"split {a}"),
                };
            }
            catch (EditRefusedException)
            {
                return (null, "");
            }
        }
    }

    private static readonly Gen<Case> Cases =
        from version in Gen.Elements(Versions)
        from op in Gen.Choose(0, 4)
        from numbers in Gen.Choose(0, 100_000).Three()
        select new Case(version, op, numbers.Item1, numbers.Item2, numbers.Item3);

    [Fact]
    public void Words_that_are_not_touched_stay_and_every_reference_leads_where_it_led_or_is_listed()
    {
        var done = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(250), Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            var before = new ClauseEditing(c.Files, "terms.en.md", "en");
            var (edit, name) = c.Run(before);
            if (edit is null)
            {
                return;
            }
            done++;
            var after = new ClauseEditing(edit.Files, "terms.en.md", "en").Clauses.Text;
            var listed = edit.Unfollowed.Where(u => u.File == "terms.en.md").Select(u => u.Where).ToHashSet();
            foreach (var old in before.Clauses.Clauses.Select(s => s.Clause))
            {
                var label = edit.Relabelled.TryGetValue(old.Label.Value, out var now) ? now : old.Label.Value;
                if (label is null || after.Find(label) is not { } found)
                {
                    Assert.True(label is null, $"{c.Version}, {name}: {old.Label} should be {label}");
                    continue;
                }
                if (c.Changes(before, old.Label.Value))
                {
                    continue;
                }
                var were = CrossReferences.In("", old.Markdown, old.Label, before.Clauses.Text).ToList();
                var are = CrossReferences.In("", found.Markdown, found.Label, after).ToList();
                if (were.Count == 0)
                {
                    Assert.Equal(old.Markdown, found.Markdown);
                }
                foreach (var (was, @is) in were.Count == are.Count ? were.Zip(are) : [])
                {
                    var target = was.Target?.Label.Value;
                    var expected = target is not null && edit.Relabelled.TryGetValue(target, out var moved) ? moved : target;
                    Assert.True(@is.Target?.Label.Value == expected || listed.Contains(label), $"{c.Version}, {name}: {was.Label} in {old.Label} led to {target}; {@is.Label} in {label} leads to {@is.Target?.Label.Value}, not to {expected}");
                }
                Assert.True(were.Count == are.Count || listed.Contains(label), $"{c.Version}, {name}: {old.Label} had {were.Count} references, {label} has {are.Count}");
            }
        }));
        Assert.True(done > 100, $"Only {done} edits were not refused; the property says little.");
    }

    [Fact]
    public void The_two_pieces_of_a_clause_say_what_it_said()
    {
        var done = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Cases.Where(c => c.Op == 4).ToArbitrary(), c =>
        {
            var before = new ClauseEditing(c.Files, "terms.en.md", "en");
            var (edit, name) = c.Run(before);
            if (edit is null)
            {
                return;
            }
            done++;
            var after = new ClauseEditing(edit.Files, "terms.en.md", "en").Clauses.Clauses;
            var at = c.From % before.Clauses.Clauses.Length;
            Assert.True(Signs(before.Clauses.Clauses[at].Clause.Text) == Signs(after[at].Clause.Text + after[at + 1].Clause.Text), $"{c.Version}, {name}");
        }));
        Assert.True(done > 50, $"Only {done} cuts were not refused; the property says little.");

        // References to clauses behind the cut follow, so that their numbers and letters differ.
        static string Signs(string text) => References().Replace(text, "");
    }

    [Fact]
    public void Rules_and_facts_stand_after_an_insertion_or_a_move_or_are_listed()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(Cases.Where(c => c.Op is 0 or 2).ToArbitrary(), c =>
        {
            var (edit, name) = c.Run(new ClauseEditing(c.Files, "terms.en.md", "en"));
            if (edit is null || c.Files.Paths.Count(ClauseFile.IsText) > 1)
            {
                return;
            }
            var problems = new ProblemList();
            Corpus.Read(Repository.Content.Files.With($"agreements/{c.Version}", edit.Files), problems);
            var left = problems.Sorted().Where(p => !p.What.Contains("missing before", StringComparison.Ordinal) && !p.What.Contains("out of order", StringComparison.Ordinal)).ToList();
            Assert.True(left.Count == 0, $"{c.Version}, {name}: {string.Join('\n', left)}");
        }));
    }

    [GeneratedRegex(@"\s|\d|\([a-z]{1,4}\)")]
    private static partial Regex References();
}
