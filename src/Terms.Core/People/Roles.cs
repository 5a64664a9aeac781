using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.People;

/// <summary>Roles and grants as commands, the store and events write them: <c>drafter</c>, or <c>drafter:free-membership</c>.</summary>
public static class Roles
{
    /// <summary>The words, in the order of the roles.</summary>
    public static readonly ImmutableArray<string> Words = ["drafter", "reviewer", "publisher", "auditor"];

    /// <summary>A role as it is written.</summary>
    public static string Word(this EditorRole role) => Words[(int)role];

    /// <summary>A grant as it is written.</summary>
    public static string Text(this Grant grant) => grant.Agreement is { } agreement ? $"{grant.Role.Word()}:{agreement}" : grant.Role.Word();

    /// <summary>Reads a grant.</summary>
    /// <exception cref="ArgumentException">There is no such role, or the agreement's name is malformed.</exception>
    public static Grant Parse(string text)
    {
        var (word, agreement) = text.IndexOf(':', StringComparison.Ordinal) is var cut and >= 0 ? (text[..cut], text[(cut + 1)..]) : (text, null);
        return Words.IndexOf(word) is var role and >= 0
            ? new Grant((EditorRole)role, agreement is null ? null : new AgreementId(agreement))
            : throw new ArgumentException($"`{word}` is not a role. Use {string.Join(", ", Words)}, with `:` and an agreement where it is for that one alone.");
    }
}
