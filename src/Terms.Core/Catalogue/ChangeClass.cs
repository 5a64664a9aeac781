using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>How grave a change of a text is for those whom it binds, the gravest last.</summary>
public enum ChangeClass
{
    /// <summary>Spelling, layout, numbering: nobody's position changes.</summary>
    Editorial,

    /// <summary>Other words for the same thing.</summary>
    Clarification,

    /// <summary>Rights or duties change.</summary>
    Substantive,

    /// <summary>Customers have to change something of their own before it takes effect: software, listings, processes.</summary>
    NeedsAdaptation,
}

/// <summary>The classes as files and answers write them.</summary>
public static class ChangeClasses
{
    /// <summary>The words, in the order of the classes.</summary>
    public static readonly ImmutableArray<string> Words = ["editorial", "clarification", "substantive", "needs-adaptation"];

    /// <summary>A class as it is written.</summary>
    public static string Word(this ChangeClass change) => Words[(int)change];

    /// <summary>The class that a word means; null if there is none.</summary>
    public static ChangeClass? Of(string? word) => word is not null && Words.IndexOf(word) is var at and >= 0 ? (ChangeClass)at : null;
}
