using System.Collections.Immutable;

namespace Terms.Acceptance;

/// <summary>What somebody did with terms.</summary>
public enum AcceptanceKind
{
    /// <summary>Agreed to them.</summary>
    Agree,

    /// <summary>Took note of them.</summary>
    Acknowledge,

    /// <summary>Declined them.</summary>
    Decline,

    /// <summary>Withdrew an earlier acceptance.</summary>
    Withdraw,

    /// <summary>Was recorded by an older system as having agreed.</summary>
    Imported,
}

/// <summary>The way on which an act came in.</summary>
public enum AcceptanceChannel
{
    /// <summary>A form of this server.</summary>
    Page,

    /// <summary>A service that showed the terms itself.</summary>
    Api,

    /// <summary>The import of older records.</summary>
    Import,
}

/// <summary>The words of records for kinds and channels, in the order of the enumerations.</summary>
public static class AcceptanceWords
{
    /// <summary>Kinds.</summary>
    public static readonly ImmutableArray<string> Kinds = ["agree", "acknowledge", "decline", "withdraw", "imported"];

    /// <summary>Channels.</summary>
    public static readonly ImmutableArray<string> Channels = ["page", "api", "import"];

    /// <summary>The word for a kind.</summary>
    public static string Word(this AcceptanceKind kind) => Kinds[(int)kind];

    /// <summary>The word for a channel.</summary>
    public static string Word(this AcceptanceChannel channel) => Channels[(int)channel];

    /// <summary>Whether an act of this kind stands for acceptance.</summary>
    public static bool IsAcceptance(this AcceptanceKind kind) => kind is AcceptanceKind.Agree or AcceptanceKind.Acknowledge or AcceptanceKind.Imported;

    /// <summary>Whether an act of this kind answers something that was shown.</summary>
    public static bool AnswersPresentation(this AcceptanceKind kind) => kind is AcceptanceKind.Agree or AcceptanceKind.Acknowledge or AcceptanceKind.Decline;
}
