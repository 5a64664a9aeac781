using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>A contracting legal entity.</summary>
/// <param name="Id">Its lasting name in the catalogue.</param>
/// <param name="Registration">Registration number, if any text states one.</param>
/// <param name="Incorporation">Where it is incorporated, if any text states it.</param>
/// <param name="Names">Every name it bears in a text.</param>
/// <param name="Note">What a reader should know about the identification, if anything.</param>
public sealed record Party(string Id, string? Registration, string? Incorporation, ImmutableArray<PartyName> Names, string? Note)
{
    /// <summary>The provider that a text allows without naming it (VIP agreement, clause 1.1).</summary>
    public const string Unnamed = "unnamed";

    /// <summary>The name that a version uses for this party; the first name known if the version uses none.</summary>
    public string NameIn(AgreementVersion version) => (Names.FirstOrDefault(n => n.IsPrincipal && n.IsUsedIn(version)) ?? Names[0]).Name;
}

/// <summary>A name under which a party appears.</summary>
/// <param name="Name">The name as the texts write it.</param>
/// <param name="UsedIn">The versions that write it so, as <c>agreement/version</c>.</param>
/// <param name="IsPrincipal">Whether answers show it; false for mere variants of spelling.</param>
/// <param name="IsFormer">Whether a later text calls it a former name.</param>
public sealed record PartyName(string Name, ImmutableArray<string> UsedIn, bool IsPrincipal, bool IsFormer)
{
    /// <summary>Whether a version writes the name.</summary>
    public bool IsUsedIn(AgreementVersion version) => UsedIn.Contains(version.Path);
}

/// <summary>A system of law or a forum as texts name it.</summary>
/// <param name="Id">ISO 3166-1 code of the law, or name of the forum.</param>
/// <param name="Name">Its name in English sentences.</param>
/// <param name="Spellings">How texts write it; a clause that a rule cites contains one of them.</param>
public sealed record LegalName(string Id, string Name, ImmutableArray<string> Spellings);
