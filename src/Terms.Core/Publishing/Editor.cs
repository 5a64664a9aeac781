using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>What somebody may do in the workbench.</summary>
public enum EditorRole
{
    /// <summary>Writes drafts, confirms facts, classifies changes, submits.</summary>
    Drafter,

    /// <summary>Comments, approves, sends back.</summary>
    Reviewer,

    /// <summary>Schedules, publishes, withdraws.</summary>
    Publisher,

    /// <summary>Reads everything, events included, and changes nothing.</summary>
    Auditor,
}

/// <summary>A role for one agreement, or for all.</summary>
/// <param name="Role">The role.</param>
/// <param name="Agreement">The agreement; null for all.</param>
public sealed record Grant(EditorRole Role, AgreementId? Agreement = null);

/// <summary>Somebody who works on texts.</summary>
public sealed record Editor
{
    /// <summary>Checks the name.</summary>
    /// <exception cref="ArgumentException">The name is empty, too long, or holds control characters.</exception>
    public Editor(string name, ImmutableArray<Grant> grants) => (Name, Grants) = (Person.Checked(name), grants);

    /// <summary>The name that events carry; it never goes to somebody else.</summary>
    public string Name { get; }

    /// <summary>The roles.</summary>
    public ImmutableArray<Grant> Grants { get; }

    /// <summary>Whether they have a role for an agreement.</summary>
    public bool Is(EditorRole role, AgreementId agreement) => Grants.Any(g => g.Role == role && (g.Agreement is null || g.Agreement == agreement));
}

/// <summary>Who may do what.</summary>
public static class Rights
{
    /// <summary>The roles of which one is needed for a step; none for what only the system does.</summary>
    /// <param name="step">The step.</param>
    /// <param name="stage">How far the draft has come: what is not approved, a drafter may give up.</param>
    public static ImmutableArray<EditorRole> For(PublishingEvent step, PublicationStage stage) => step switch
    {
        Withdrawn when stage is PublicationStage.Draft or PublicationStage.InReview => [EditorRole.Drafter, EditorRole.Publisher],
        Drafted or Edited or Submitted => [EditorRole.Drafter],
        Commented or Settled => [EditorRole.Drafter, EditorRole.Reviewer, EditorRole.Publisher],
        Approved => [EditorRole.Reviewer],
        SentBack => [EditorRole.Reviewer, EditorRole.Publisher],
        Scheduled or Published or Withdrawn => [EditorRole.Publisher],
        _ => [],
    };

    /// <summary>Whether somebody may read an agreement's drafts and events: whoever has a role for it.</summary>
    public static bool MayRead(Editor editor, AgreementId agreement) => editor.Grants.Any(g => g.Agreement is null || g.Agreement == agreement);
}
