using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.People;

/// <summary>The account of somebody who works on texts. Its password is kept apart from it.</summary>
public sealed partial record EditorAccount
{
    private const int LongestDisplayName = 100;

    /// <summary>Checks the parts.</summary>
    /// <param name="name">The name to sign in with, which events carry: lower-case letters, digits, <c>.</c>, <c>-</c>, <c>_</c> and <c>@</c>, at most 64. It never goes to somebody else.</param>
    /// <param name="displayName">What others call them: 1 to 100 printable characters, none of which turns the direction of writing.</param>
    /// <param name="grants">The roles.</param>
    /// <param name="created">When the account was made.</param>
    /// <param name="disabled">When it was disabled; null while it is open.</param>
    /// <param name="failures">Attempts to sign in since the last that succeeded.</param>
    /// <param name="lockedUntil">Until when nobody can sign in with it; null if it is not locked.</param>
    /// <exception cref="ArgumentException">A name is malformed; the message says what it has to look like.</exception>
    public EditorAccount(
        string name, string displayName, ImmutableArray<Grant> grants, DateTimeOffset created, DateTimeOffset? disabled = null, int failures = 0, DateTimeOffset? lockedUntil = null)
    {
        Name = IsName(name) ? name : throw new ArgumentException("A name to sign in with has 1 to 64 lower-case letters, digits, `.`, `-`, `_` and `@`, and begins with a letter or digit, such as anna.li.");
        DisplayName = WellFormed.IsPrintable(displayName, LongestDisplayName) ? displayName
            : throw new ArgumentException($"The name that others see has 1 to {LongestDisplayName} printable characters, none of which turns the direction of writing.");
        (Grants, Created, Disabled, Failures, LockedUntil) = (grants, created, disabled, failures, lockedUntil);
    }

    /// <summary>The name to sign in with, which events carry.</summary>
    public string Name { get; }

    /// <summary>What others call them.</summary>
    public string DisplayName { get; }

    /// <summary>The roles.</summary>
    public ImmutableArray<Grant> Grants { get; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>When it was disabled; null while it is open.</summary>
    public DateTimeOffset? Disabled { get; }

    /// <summary>Attempts to sign in since the last that succeeded.</summary>
    public int Failures { get; }

    /// <summary>Until when nobody can sign in with it; null if it is not locked.</summary>
    public DateTimeOffset? LockedUntil { get; }

    /// <summary>The person with the rights that they have now.</summary>
    public Editor Editor => new(Name, Grants);

    /// <summary>Whether a text can be the name of an account.</summary>
    public static bool IsName(string text) => NameForm().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._@-]{0,63}\z")]
    private static partial Regex NameForm();
}
