using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Publishing;

/// <summary>A person's word that a fact or rule still says what its clauses say. It holds for one wording; when words or fact change again, it is void.</summary>
public sealed record FactConfirmation
{
    /// <summary>Checks the parts.</summary>
    /// <exception cref="ArgumentException">Name or reason are empty, too long, or hold control characters.</exception>
    public FactConfirmation(string key, Digest wording, string who, DateTimeOffset at, string why) =>
        (Key, Wording, Who, At, Why) = (key, wording, Person.Checked(who), at, Person.Reason(why));

    /// <summary>The section and the id of the fact or rule: <c>facts/cap</c>, <c>law/hong-kong</c>.</summary>
    public string Key { get; }

    /// <summary>The digest of the fact, and of the clauses that it cites, as they were confirmed.</summary>
    public Digest Wording { get; }

    /// <summary>Who confirmed it.</summary>
    public string Who { get; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Why.</summary>
    public string Why { get; }
}

/// <summary>Why a fact or rule has to be confirmed again.</summary>
public enum ConfirmReason
{
    /// <summary>The words of a clause that it cites have changed.</summary>
    WordsChanged,

    /// <summary>The words quoted for it do not stand there any more; the fact has to be mended first.</summary>
    QuoteGone,

    /// <summary>The base has it, and the draft does not.</summary>
    Dropped,
}

/// <summary>A fact or rule that a person has to look at again.</summary>
/// <param name="Key">Its section and id.</param>
/// <param name="Reason">Why.</param>
/// <param name="Clauses">The clauses that it cites, as the draft calls them; those of the base if it was dropped.</param>
/// <param name="Before">The words of its clauses in the base.</param>
/// <param name="After">Their words in the draft.</param>
/// <param name="Wording">What a confirmation has to cite.</param>
/// <param name="Confirmed">The confirmation, if a person has given one for this wording; never of one whose quote is gone.</param>
public sealed record FactToConfirm(string Key, ConfirmReason Reason, ImmutableArray<string> Clauses, string Before, string After, Digest Wording, FactConfirmation? Confirmed);

/// <summary>Finds the facts and rules that an edit of words leaves in doubt.</summary>
public static class FactConfirming
{
    /// <summary>The facts and rules of the base whose clauses read otherwise in the draft, whose quote is gone, or which the draft no longer has.</summary>
    /// <param name="before">The version that the draft was made from.</param>
    /// <param name="after">The draft, read as a version.</param>
    /// <param name="confirmations">What people have confirmed.</param>
    public static ImmutableArray<FactToConfirm> Find(AgreementVersion before, AgreementVersion after, ImmutableSortedDictionary<string, FactConfirmation> confirmations)
    {
        var now = Entries(after).DistinctBy(e => e.Key).ToDictionary(e => e.Key, StringComparer.Ordinal); // An id that is there twice is a problem of the draft, and is told as such.
        var found = ImmutableArray.CreateBuilder<FactToConfirm>();
        foreach (var old in Entries(before))
        {
            var @new = now.GetValueOrDefault(old.Key);
            var reason = @new is null ? ConfirmReason.Dropped
                : !@new.QuoteStands ? ConfirmReason.QuoteGone
                : @new.Words != old.Words ? ConfirmReason.WordsChanged
                : (ConfirmReason?)null;
            if (reason is { } why)
            {
                var wording = (@new ?? old).Wording(isDropped: @new is null);
                var confirmed = why != ConfirmReason.QuoteGone && confirmations.GetValueOrDefault(old.Key) is { } given && given.Wording == wording ? given : null;
                found.Add(new FactToConfirm(old.Key, why, (@new ?? old).Clauses, old.Words, @new?.Words ?? "", wording, confirmed));
            }
        }
        return found.ToImmutable();
    }

    private sealed record Entry(string Key, IReadOnlyDictionary<string, object> Says, ImmutableArray<string> Clauses, string Words, bool QuoteStands)
    {
        /// <summary>The digest of the fact without the labels of its clauses, which may change with the numbering, and of their words.</summary>
        public Digest Wording(bool isDropped) => Digest.Of(new Dictionary<string, object>
        {
            ["key"] = Key,
            ["dropped"] = isDropped ? "true" : "false",
            ["says"] = Says.Where(s => s.Key != "clauses").ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
            ["words"] = Words,
        });
    }

    /// <summary>The entries as known last. One that cites nothing states an absence, and rests on the whole text.</summary>
    private static IEnumerable<Entry> Entries(AgreementVersion version)
    {
        foreach (var (section, maps) in version.States[^1].Entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            foreach (var (map, i) in maps.Select((m, i) => (m, i)))
            {
                var says = (IReadOnlyDictionary<string, object>)map.Canonical();
                ImmutableArray<string> clauses = [.. Texts(says, "clauses")];
                var rendering = int.TryParse(Texts(says, "rendering").FirstOrDefault() ?? "1", CultureInfo.InvariantCulture, out var number) ? version.Rendering(number) : null;
                var cited = clauses.Select(c => rendering?.Find(c) ?? version.Texts.Select(t => t.Find(c)).FirstOrDefault(f => f is not null)).OfType<Clause>().ToList();
                var words = string.Join('\n', (clauses.IsEmpty ? rendering?.All ?? [] : cited).Select(c => $"{c.Heading}\t{c.Text}"));
                var stands = clauses.All(version.HasClause) && (Texts(says, "quote").FirstOrDefault() is not { } quote || cited.Exists(c => Citation.Contains(c, quote, StringComparison.Ordinal)));
                yield return new Entry($"{section}/{Texts(says, "id").FirstOrDefault() ?? i.ToString(CultureInfo.InvariantCulture)}", says, clauses, words, stands || clauses.IsEmpty);
            }
        }
    }

    private static IEnumerable<string> Texts(IReadOnlyDictionary<string, object> says, string key) => says.GetValueOrDefault(key) switch
    {
        string { Length: > 0 } text => [text],
        IEnumerable<object> list => list.OfType<string>(),
        _ => [],
    };
}
