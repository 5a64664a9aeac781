using System.Collections.Concurrent;
using Terms.Publishing;

namespace Terms.Web.Editing;

/// <summary>
/// What followed the last edits of clauses, and what could not, for the page that comes after each. It is kept in memory and for a while only: what could not follow is found again by the
/// problems of the draft.
/// </summary>
internal sealed class FollowedEdits
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<(string Draft, int Revision), ClauseEdit> kept = new();
    private readonly ConcurrentQueue<(string, int)> order = new();

    /// <summary>Keeps what an edit gave.</summary>
    public void Keep(string draft, int revision, ClauseEdit edit)
    {
        kept[(draft, revision)] = edit;
        order.Enqueue((draft, revision));
        while (order.Count > Most && order.TryDequeue(out var oldest))
        {
            kept.TryRemove(oldest, out _);
        }
    }

    /// <summary>What the edit that gave a revision did to other clauses; null if it is not known any more, or did nothing.</summary>
    public ClauseEdit? Of(string draft, int revision) => kept.GetValueOrDefault((draft, revision));
}
