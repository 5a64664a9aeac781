using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Tests.Comparison;

/// <summary>What holds of every pair of texts.</summary>
public sealed class ComparisonProperties
{
    private static readonly string[] Words =
        ["the", "hirer", "owner", "lamp,", "lamp", "must", "pay", "10", "days", "days.", "within", "“Lamp”", "Ltd.", "of", "and", "return", "broken;", "claim", "Claim", "(a)"];

    private sealed record Case(string Old, string New)
    {
        public TextComparison Compare() => Texts.Compare(Old, New);
    }

    private static readonly Gen<string> Clause = Gen.Choose(1, 25).SelectMany(n => Gen.Elements(Words).ArrayOf(n)).Select(w => "Lamp " + string.Join(' ', w));

    private static readonly Gen<string[]> Clauses = Gen.Choose(1, 9).SelectMany(n => Clause.ArrayOf(n));

    /// <summary>A text, and another that keeps some clauses, changes, moves and drops others.</summary>
    private static readonly Gen<Case> Cases =
        from old in Clauses
        from other in Clauses
        from order in Gen.Shuffle(Enumerable.Range(0, old.Length + other.Length).ToArray())
        from kept in Gen.Choose(1, old.Length + other.Length)
        from stays in Gen.Elements(true, true, false)
        from edits in Gen.Choose(0, 24).ArrayOf(kept)
        let all = old.Concat(other).ToArray()
        let chosen = order.Take(kept).Order().ToArray()
        let taken = (stays ? chosen : [.. order.Take(kept)]).Select((c, i) => Edited(all[c], edits[i]))
        select new Case(Markdown(old), Markdown(taken));

    /// <summary>The same as Markdown.</summary>
    internal static readonly Gen<(string Old, string New)> Pairs = Cases.Select(c => (c.Old, c.New));

    private static string Edited(string clause, int edit)
    {
        var words = clause.Split(' ').ToList();
        if (edit < words.Count && edit > 0)
        {
            words[edit] = Words[(edit * 7) % Words.Length];
        }
        return string.Join(' ', words);
    }

    private static string Markdown(IEnumerable<string> clauses)
    {
        var text = new StringBuilder("## 1. Lamps\n\n");
        foreach (var (clause, i) in clauses.Select((c, i) => (c, i)))
        {
            text.Append(i == 4 ? "## 2. More\n\n" : "").Append(CultureInfo.InvariantCulture, $"{(i < 4 ? 1 : 2)}.{(i < 4 ? i : i - 4) + 1} {clause}\n\n");
        }
        return text.ToString();
    }

    private static void Holds(Action<Case> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Cases.ToArbitrary(), c =>
        {
            property(c);
            return true;
        }));

    private static string Wording(Clause clause) => string.Join('\n', new[] { clause.Heading, clause.Text }.Where(t => !string.IsNullOrEmpty(t)));

    [Fact]
    public void The_segments_of_a_clause_give_exactly_its_old_and_its_new_words() => Holds(c =>
    {
        foreach (var change in c.Compare().Clauses)
        {
            if (change is { From: not null, IsFromPart: false })
            {
                Assert.Equal(Wording(change.From), change.FromText);
            }
            if (change is { To: not null, IsToPart: false })
            {
                Assert.Equal(Wording(change.To), change.ToText);
            }
        }
    });

    [Fact]
    public void Every_clause_occurs_once_or_its_pieces_together_are_it() => Holds(c =>
    {
        var comparison = c.Compare();
        foreach (var clause in comparison.From.All)
        {
            var wholes = comparison.Clauses.Count(x => x.From == clause && !x.IsFromPart);
            var pieces = comparison.Clauses.Where(x => x.From == clause && x is { IsFromPart: true, Kind: ChangeKind.Split }).ToList();
            Assert.Equal(pieces.Count > 0 ? 0 : 1, wholes);
            Assert.Equal(pieces.Count > 0 ? Wording(clause) : "", string.Concat(pieces.Select(p => p.FromText)));
        }
        foreach (var clause in comparison.To.All)
        {
            var wholes = comparison.Clauses.Count(x => x.To == clause && !x.IsToPart);
            var pieces = comparison.Clauses.Where(x => x.To == clause && x is { IsToPart: true, Kind: ChangeKind.Merged }).ToList();
            Assert.Equal(pieces.Count > 0 ? 0 : 1, wholes);
            Assert.Equal(pieces.Count > 0 ? Wording(clause) : "", string.Concat(pieces.OrderBy(p => comparison.From.All.ToList().IndexOf(p.From!)).Select(p => p.ToText)));
        }
    });

    [Fact]
    public void A_text_compared_with_itself_is_all_unchanged() =>
        Holds(c => Assert.All(Texts.Compare(c.Old, c.Old).Clauses, x => Assert.Equal((ChangeKind.Unchanged, false), (x.Kind, x.TextChanged))));

    [Fact]
    public void The_other_way_round_is_the_mirror_image() => Holds(c =>
    {
        var (there, back) = (c.Compare(), Texts.Compare(c.New, c.Old));
        Assert.Equal((there.DeletedWords, there.InsertedWords), (back.InsertedWords, back.DeletedWords));
        Assert.Equal(
            there.Clauses.Select(x => $"{x.FromLabel}>{x.ToLabel} {Mirrored(x.Kind)} {x.FromText}>{x.ToText} {x.IsCosmetic}").Order(StringComparer.Ordinal),
            back.Clauses.Select(x => $"{x.ToLabel}>{x.FromLabel} {x.Kind} {x.ToText}>{x.FromText} {x.IsCosmetic}").Order(StringComparer.Ordinal));
    });

    [Fact]
    public void An_unchanged_or_merely_renumbered_clause_has_the_same_words() => Holds(c =>
        Assert.All(c.Compare().Clauses.Where(x => !x.TextChanged && x is { From: not null, To: not null }), x => Assert.Equal(x.FromText, x.ToText)));

    [Fact]
    public void The_edit_between_two_rows_is_the_shortest()
    {
        var row = Gen.Choose(0, 60).SelectMany(n => Gen.Choose(0, 7).ArrayOf(n));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(row.ToArbitrary(), row.ToArbitrary(), (old, @new) =>
        {
            var (deleted, inserted) = (new bool[old.Length], new bool[@new.Length]);
            ShortestEdit.Mark(old, @new, deleted, inserted);
            var kept = old.Where((_, i) => !deleted[i]).ToArray();
            Assert.Equal(kept, @new.Where((_, i) => !inserted[i]));
            Assert.Equal(LongestCommon(old, @new), kept.Length);
        }));
    }

    [Fact]
    public void Very_different_long_rows_are_compared_in_bounded_time_and_still_give_a_true_edit()
    {
        var random = new Random(7);
        int[] Row() => [.. Enumerable.Range(0, 60_000).Select(_ => random.Next(3000))];
        var (old, @new) = (Row(), Row());
        var (deleted, inserted) = (new bool[old.Length], new bool[@new.Length]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ShortestEdit.Mark(old, @new, deleted, inserted);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
        Assert.Equal(old.Where((_, i) => !deleted[i]), @new.Where((_, i) => !inserted[i]));
    }

    private static ChangeKind Mirrored(ChangeKind kind) => kind switch
    {
        ChangeKind.Added => ChangeKind.Removed,
        ChangeKind.Removed => ChangeKind.Added,
        ChangeKind.Split => ChangeKind.Merged,
        ChangeKind.Merged => ChangeKind.Split,
        _ => kind,
    };

    private static int LongestCommon(int[] a, int[] b)
    {
        var row = new int[b.Length + 1];
        foreach (var x in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], x == b[j - 1] ? diagonal + 1 : Math.Max(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
