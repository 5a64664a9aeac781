using System.Collections.Immutable;
using Terms.Publishing;

namespace Terms.Web.Editing;

/// <summary>What came of a step that somebody wanted to take in the workbench.</summary>
public abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    /// <summary>Whether an event of the draft tells of it.</summary>
    public virtual bool IsKept => true;

    /// <summary>It was taken, and is kept.</summary>
    /// <param name="Step">The event.</param>
    /// <param name="Draft">The draft as it is since; null where the step does not change it.</param>
    /// <param name="Notes">What a person should know before going on, in sentences.</param>
    public sealed record Taken(PublishingEvent Step, Draft? Draft, ImmutableArray<string> Notes) : StepOutcome;

    /// <summary>It was refused, and the refusal is kept.</summary>
    /// <param name="Because">Why, and what to do: sentences.</param>
    /// <param name="Against">What stands against the draft and kept it from the step, the first thing first; empty if it was something else.</param>
    public sealed record Denied(string Because, ImmutableArray<Obstacle> Against) : StepOutcome;

    /// <summary>Somebody has saved since the revision that it was made from. That it was refused is kept, and nothing else of it: whoever sent it still has it, and merges it with what is there.</summary>
    /// <param name="Newest">The draft as it is.</param>
    /// <param name="Since">What was saved since, the oldest first: who, when, what.</param>
    public sealed record Overtaken(Draft Newest, ImmutableArray<Edited> Since) : StepOutcome;

    /// <summary>It would change nothing, and nothing was kept.</summary>
    /// <param name="Draft">The draft as it is.</param>
    public sealed record Unchanged(Draft Draft) : StepOutcome
    {
        /// <inheritdoc/>
        public override bool IsKept => false;
    }

    /// <summary>What was sent cannot be a step: a reason without words, say. The draft keeps nothing of it.</summary>
    /// <param name="Because">What is wrong, and how to mend it.</param>
    public sealed record Malformed(string Because) : StepOutcome
    {
        /// <inheritdoc/>
        public override bool IsKept => false;
    }

    /// <summary>There is no such draft, or none that they may see.</summary>
    /// <param name="IsThere">Whether there is one: then what they tried is kept among its events.</param>
    public sealed record NotFound(bool IsThere) : StepOutcome
    {
        /// <inheritdoc/>
        public override bool IsKept => IsThere;
    }
}
