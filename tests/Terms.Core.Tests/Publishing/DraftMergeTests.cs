using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>Two people's edits of one draft.</summary>
public sealed class DraftMergeTests
{
    private static readonly ContentFiles Base = Hire.Draft().Files;

    private static ContentFiles Edit(Func<ClauseEditing, ClauseEdit> edit, ContentFiles? files = null) => edit(new ClauseEditing(files ?? Base, Hire.Terms, "en")).Files;

    [Fact]
    public void Edits_of_different_clauses_are_both_taken()
    {
        var merge = DraftMerge.Of(Base, Edit(e => e.Replace("2.1", "We pay nothing.")), Edit(e => e.Replace("1.2", "Nothing is part of this.")));

        Assert.Empty(merge.Conflicts);
        Assert.Equal(Edit(e => e.Replace("1.2", "Nothing is part of this."), Edit(e => e.Replace("2.1", "We pay nothing."))).Text(Hire.Terms), merge.Files().Text(Hire.Terms));
    }

    [Fact]
    public void Edits_of_different_words_of_one_clause_are_both_taken()
    {
        var merge = DraftMerge.Of(Base, Edit(e => e.Replace("2.1", "We pay at most 50 krone for any one lamp.")), Edit(e => e.Replace("2.1", "We pay at most 40 krone for any one candle.")));

        Assert.Contains("2.1 We pay at most 50 krone for any one candle.", merge.Files().Text(Hire.Terms), StringComparison.Ordinal);
    }

    [Fact]
    public void Edits_of_the_same_words_are_shown_side_by_side_with_the_whole_clause()
    {
        var merge = DraftMerge.Of(Base, Edit(e => e.Replace("2.1", "We pay at most 50 krone for any one lamp.")), Edit(e => e.Replace("2.1", "We pay at most 60 krone for any one lamp.")));

        Assert.Equal(
            new MergeConflict(Hire.Terms, "2.1", "2.1 We pay at most 40 krone for any one lamp.\n\n", "2.1 We pay at most 50 krone for any one lamp.\n\n", "2.1 We pay at most 60 krone for any one lamp.\n\n"), Assert.Single(merge.Conflicts));
        Assert.StartsWith("The edits conflict", Assert.Throws<InvalidOperationException>(() => merge.Files()).Message, StringComparison.Ordinal);
        Assert.Contains("at most 60 krone", merge.Files(c => c.Theirs!).Text(Hire.Terms), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clause_inserted_by_one_and_words_changed_by_the_other_in_a_clause_behind_it_are_both_taken()
    {
        var merge = DraftMerge.Of(Base, Edit(e => e.Insert("2.1", "Lamps are counted.")), Edit(e => e.Replace("2.2", "Broken lamps are reported within four days.")));

        Assert.Empty(merge.Conflicts);
        Assert.Contains("2.1 Lamps are counted.\n\n2.2 We pay at most 40 krone for any one lamp.\n\n2.3 Broken lamps are reported within four days.", merge.Files().Text(Hire.Terms), StringComparison.Ordinal);
        Assert.Contains("clauses: [\"2.3\"]", merge.Files().Text("facts.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_insert_at_one_place_and_a_person_decides()
    {
        var merge = DraftMerge.Of(Base, Edit(e => e.Insert("3.4", "Mine.")), Edit(e => e.Insert("3.4", "Theirs.")));

        var conflict = Assert.Single(merge.Conflicts);
        Assert.Equal((null, "3.4 Mine.", "3.4 Theirs."), (conflict.Base, conflict.Mine!.Trim(), conflict.Theirs!.Trim()));
    }

    [Fact]
    public void A_clause_deleted_by_one_and_changed_by_the_other_is_a_conflict()
    {
        var merge = DraftMerge.Of(Base, Edit(e => e.Delete("3.3")), Edit(e => e.Replace("3.3", "Letters to Lantern North Ltd. go to 5 Wick Lane by courier.")));

        Assert.Contains(merge.Conflicts, c => c is { Clause: "3.3", Mine: null } && c.Theirs!.Contains("5 Wick Lane", StringComparison.Ordinal));
    }

    [Fact]
    public void A_clause_deleted_by_one_and_left_by_the_other_is_gone()
    {
        var merge = DraftMerge.Of(Base, Edit(e => e.Delete("3.3")), Edit(e => e.Replace("1.2", "Nothing is part of this.")));

        Assert.Empty(merge.Conflicts);
        Assert.DoesNotContain("Wick Lane", merge.Files().Text(Hire.Terms), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_are_merged_by_lines()
    {
        var facts = Base.Text("facts.yaml")!;
        var merge = DraftMerge.Of(Base, Base.With("facts.yaml", facts.Replace("amount: 40", "amount: 50", StringComparison.Ordinal)), Base.With("facts.yaml", facts.Replace("value: 3", "value: 5", StringComparison.Ordinal)));

        Assert.Equal(facts.Replace("amount: 40", "amount: 50", StringComparison.Ordinal).Replace("value: 3", "value: 5", StringComparison.Ordinal), merge.Files().Text("facts.yaml"));
    }

    private static readonly Gen<ContentFiles> Edits =
        from clause in Gen.Elements("1.1", "1.1(a)", "1.2", "2.1", "2.2", "3.1", "3.2", "3.3")
        from kind in Gen.Choose(0, 3)
        from word in Gen.Elements("lamp", "wick", "oil", "40", "krone")
        select kind switch
        {
            0 => Edit(e => e.Replace(clause, $"The {word} is here.")),
            1 => Edit(e => e.Insert(clause, $"A new {word}.")),
            2 => Edit(e => e.Delete(clause)),
            _ => Edit(e => e.Replace(clause, e.Clauses.Text.Find(clause)!.Markdown + $" And {word}.")),
        };

    private static readonly string[] Said = ["is here.", "A new ", " And "];

    [Fact]
    public void Nobodys_words_are_lost_whoever_is_called_mine()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Edits.Two().ToArbitrary(), edits =>
        {
            var (mine, theirs) = edits;
            var merge = DraftMerge.Of(Base, mine, theirs);
            var swapped = DraftMerge.Of(Base, theirs, mine);
            Assert.Equal(merge.Conflicts.Select(c => (c.File, c.Base, c.Mine, c.Theirs)), swapped.Conflicts.Select(c => (c.File, c.Base, c.Theirs, c.Mine)));
            Assert.Equal(Same(merge.Files(c => c.Mine ?? "")), Same(swapped.Files(c => c.Theirs ?? "")));
            Assert.Equal(Same(mine), Same(DraftMerge.Of(Base, mine, Base).Files()));
            Assert.Equal(Same(mine), Same(DraftMerge.Of(Base, mine, mine).Files()));
            var all = merge.Files(c => $"{c.Mine}{c.Theirs}").Text(Hire.Terms)!;
            return New(mine).Concat(New(theirs)).All(w => all.Contains(w, StringComparison.Ordinal));
        }));

        static string Same(ContentFiles files) => string.Concat(files.Paths.Select(p => $"{p}\n{files.Text(p)}\n"));

        static IEnumerable<string> New(ContentFiles files) => Said.Where(w => files.Text(Hire.Terms)!.Contains(w, StringComparison.Ordinal));
    }
}
