using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Terms.Catalogue;

namespace Terms.People;

/// <summary>What is wrong with a new password.</summary>
public enum PasswordWeakness
{
    /// <summary>It has fewer than <see cref="Passwords.Shortest"/> characters.</summary>
    TooShort,

    /// <summary>It has more than <see cref="Passwords.Longest"/> characters.</summary>
    TooLong,

    /// <summary>It is the name of whom it is for, or little more.</summary>
    Name,

    /// <summary>It is one of those that are tried first, or a row of characters that goes on by itself.</summary>
    Common,

    /// <summary>It holds half a character or control characters, which not every keyboard gives.</summary>
    Malformed,
}

/// <summary>
/// Passwords: which are taken (NIST SP 800-63B, section 5.1.1.2: long enough, not among those tried first, no rules about kinds of characters), and how they are kept:
/// by the framework's hasher, PBKDF2 with HMAC-SHA512, a salt of 128 bits and 210,000 rounds.
/// </summary>
public static class Passwords
{
    /// <summary>The fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>The most characters.</summary>
    public const int Longest = 256;

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    /// <summary>What an attempt with an unknown name is compared with, so that it takes as long as any other.</summary>
    private static readonly Lazy<string> OfNobody = new(() => Hash(Guid.NewGuid().ToString()));

    private static readonly string[] TriedFirst =
    [
        "password", "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedc", "1q2w3e4r5t6y", "iloveyou", "letmein",
        "welcome", "administrator", "admin", "changeme", "trustno", "princess", "football", "baseball", "superman", "sunshine", "starwars", "whatever", "default", "temporary", "workbench", "aliexpress",
        "alibaba", "secret", "пароль", "йцукенгшщзхъ", "correcthorsebatterystaple",
    ];

    /// <summary>What is wrong with a new password; null if it can be taken.</summary>
    /// <param name="password">The password as it was typed.</param>
    /// <param name="names">The names of whom it is for.</param>
    public static PasswordWeakness? Weakness(string password, params ReadOnlySpan<string> names)
    {
        if (!IsWellFormed(password))
        {
            return PasswordWeakness.Malformed;
        }
        if (password.EnumerateRunes().Count() < Shortest)
        {
            return PasswordWeakness.TooShort;
        }
        if (password.Length > Longest)
        {
            return PasswordWeakness.TooLong;
        }
        var bare = Bare(password);
        foreach (var name in names)
        {
            if (Bare(name) is { Length: > 0 } own && IsLittleMore(bare, own))
            {
                return PasswordWeakness.Name;
            }
        }
        var isMostlyBare = 2 * bare.Length >= password.Length;
        return password.Distinct().Count() < 5 || IsRow(password) || (isMostlyBare && (bare.Distinct().Count() < 5 || IsRow(bare))) || Array.Exists(TriedFirst, t => IsLittleMore(bare, t)) ? PasswordWeakness.Common : null;
    }

    /// <summary>What is wrong in words, and what to do.</summary>
    public static string Words(this PasswordWeakness weakness) => weakness switch
    {
        PasswordWeakness.TooShort => $"The password has fewer than {Shortest} characters. Take a longer one, such as four words that have nothing to do with one another.",
        PasswordWeakness.TooLong => $"The password has more than {Longest} characters. Take a shorter one.",
        PasswordWeakness.Name => "The password is the name, or little more. Take one that has nothing to do with it.",
        PasswordWeakness.Common => "The password is one of those that are tried first. Take one that nobody else would take, such as four words that have nothing to do with one another.",
        _ => "The password holds control characters or half a character. Type it anew.",
    };

    /// <summary>What is kept of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", Normal(password));

    /// <summary>Whether a password is the one of which a hash is kept. Without a hash it takes as long, and the answer is no.</summary>
    /// <param name="hash">What is kept; null if there is no such account.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="isOld">Whether it was hashed as one does no longer, and should be hashed anew.</param>
    public static bool Match(string? hash, string password, out bool isOld)
    {
        var found = Hasher.VerifyHashedPassword("", hash ?? OfNobody.Value, IsWellFormed(password) && password.Length <= Longest ? Normal(password) : "");
        isOld = found == PasswordVerificationResult.SuccessRehashNeeded;
        return hash is not null && found != PasswordVerificationResult.Failed;
    }

    /// <summary>Keyboards write the same characters in different ways; NIST SP 800-63B asks for one of them.</summary>
    private static string Normal(string password) => password.Normalize(NormalizationForm.FormKC);

    private static bool IsWellFormed(string password) => WellFormed.IsWhole(password) && !password.Any(char.IsControl);

    private static string Bare(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));

    /// <summary>Whether a text is a word that is known, once or again, with at most five characters of decoration.</summary>
    private static bool IsLittleMore(string text, string known)
    {
        var rest = text.Replace(known, "", StringComparison.Ordinal);
        return rest.Length < text.Length && rest.Length <= 5;
    }

    /// <summary>Whether every character follows the one before in its alphabet, up or down, or is the same.</summary>
    private static bool IsRow(string text) => text.Zip(text.Skip(1)).Count(p => Math.Abs(p.First - p.Second) > 1) <= 1;
}
