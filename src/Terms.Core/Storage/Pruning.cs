using System.Globalization;
using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>
/// Forgets presentations that nobody has answered and nobody can answer any more; they hold facts about a customer. Those that were answered stay. It goes on where it
/// ended the last time, in the order in which they were made, so that a run costs as much as what has become old since.
/// </summary>
/// <param name="at">Now. A presentation is old when it could not be open any more, however long it was made for.</param>
/// <param name="most">The most that are looked at in this transaction.</param>
internal sealed class PruneOperation(DateTimeOffset at, int most) : Operation<Pruned>
{
    public override int Bytes => 0;

    protected override Pruned Do(Batch batch)
    {
        var database = batch.Database;
        var from = database.Statement("SELECT value FROM settings WHERE name = ?").Bind(1, Settings.PrunedTo).First(r => r.Text(0)) is { } to ? long.Parse(to, CultureInfo.InvariantCulture) : 0;

        // The newest stays, so that its number is not given twice.
        var some = database.Statement(
            "SELECT number, content, entry IS NOT NULL FROM presentations LEFT JOIN presentation_uses ON presentation = number WHERE number > ? AND number < (SELECT max(number) FROM presentations) ORDER BY number LIMIT ?")
            .Bind(1, from).Bind(2, most).All(r => (Number: r.Long(0), Content: r.Blob(1), IsUsed: r.Long(2) != 0));
        var (seen, forgotten) = (0, 0);
        foreach (var (number, content, isUsed) in some)
        {
            if (Presentation.Parse(content).Created + Presentation.Longest >= at)
            {
                break;
            }
            if (!isUsed)
            {
                database.Statement("DELETE FROM presentations WHERE number = ?").Bind(1, number).Run();
                forgotten++;
            }
            (seen, from) = (seen + 1, number);
        }
        if (seen > 0)
        {
            Settings.Write(database, Settings.PrunedTo, from);
        }
        return new Pruned(forgotten, HasMore: seen == most);
    }
}

/// <summary>What came of a run.</summary>
/// <param name="Forgotten">How many presentations were forgotten.</param>
/// <param name="HasMore">Whether another run would find more.</param>
internal sealed record Pruned(int Forgotten, bool HasMore);
