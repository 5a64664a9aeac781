using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Storage;

namespace Terms.Web.Editing;

/// <summary>How a draft stands after its events.</summary>
public sealed class DraftStanding
{
    /// <summary>Makes it from the events of one draft, in order; there is one at least.</summary>
    /// <exception cref="InvalidOperationException">An event could not have happened: the store has been changed.</exception>
    public DraftStanding(ImmutableArray<DraftEvent> events)
    {
        Events = events;
        State = Publication.Of(events.Select(e => e.Step));
    }

    /// <summary>The draft's name.</summary>
    public string Id => Events[0].Step.Draft;

    /// <summary>The agreement.</summary>
    public AgreementId Agreement => State.Agreement ?? Events[0].Agreement;

    /// <summary>How far it has come.</summary>
    public Publication State { get; }

    /// <summary>Everything that was done to it, refusals included, in order.</summary>
    public ImmutableArray<DraftEvent> Events { get; }

    /// <summary>The number of the last event.</summary>
    public long Last => Events[^1].Number;
}
