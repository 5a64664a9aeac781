using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>The lasting name of an agreement, such as <c>free-membership</c>: lower-case letters, digits and single hyphens, at most 64.</summary>
public sealed partial record AgreementId
{
    /// <summary>Checks the name.</summary>
    /// <exception cref="ArgumentException">It is not a slug; the message says what one looks like.</exception>
    public AgreementId(string value)
    {
        if (!IsValid(value))
        {
            throw new ArgumentException($"`{value}` is not an agreement's name. Use lower-case letters, digits and hyphens, such as free-membership.", nameof(value));
        }
        Value = value;
    }

    /// <summary>The name as it is written.</summary>
    public string Value { get; }

    /// <summary>Whether a text is a well-formed name.</summary>
    public static bool IsValid(string text) => text.Length <= 64 && Slug().IsMatch(text);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Slug();
}

/// <summary>The name of a version inside its agreement: its effective date, <c>2025-04-01</c>, or <c>undated</c>.</summary>
public sealed record VersionId
{
    /// <summary>The version of a text that bears no date.</summary>
    public static readonly VersionId Undated = new("undated");

    /// <summary>Checks the name.</summary>
    /// <exception cref="ArgumentException">It is neither a date nor <c>undated</c>.</exception>
    public VersionId(string value)
    {
        if (value != "undated")
        {
            Effective = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : throw new ArgumentException($"`{value}` is not a version. Use its effective date, such as 2025-04-01, or undated.", nameof(value));
        }
        Value = value;
    }

    /// <summary>The name as it is written.</summary>
    public string Value { get; }

    /// <summary>The local day from which the version binds, in the catalogue's zone; null if the text bears no date.</summary>
    public DateOnly? Effective { get; }

    /// <summary>Whether this version takes effect before another; the undated one stands before all.</summary>
    public bool IsBefore(VersionId other) => Nullable.Compare(Effective, other.Effective) < 0;

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// The address of a clause inside a text, as <c>docs/content-format.md</c> writes it: <c>§6</c>, <c>6.7</c>, <c>1.1(c)</c>, <c>2.1 ¶3</c>,
/// <c>8.3 [2nd]</c>, <c>preamble ¶1</c>, <c>fn1</c>, <c>excerpt</c>.
/// </summary>
public sealed record ClauseLabel
{
    /// <summary>Wraps a label that the text's parser has built.</summary>
    public ClauseLabel(string value) => Value = value.Length is > 0 and <= 80 ? value : throw new ArgumentException("A label has 1 to 80 characters.", nameof(value));

    /// <summary>The label as people cite it.</summary>
    public string Value { get; }

    /// <summary>The label as a fragment of an address: <c>c-s6</c>, <c>c-6.7</c>, <c>c-2.1-p3</c>, <c>c-8.3-2nd</c>.</summary>
    public string Anchor =>
        "c-" + Value.Replace("§", "s", StringComparison.Ordinal).Replace(" ¶", "-p", StringComparison.Ordinal)
            .Replace(" [", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    /// <summary>The label of the n-th paragraph of this clause; the first bears the clause's own label.</summary>
    public ClauseLabel Paragraph(int n) => new(string.Create(CultureInfo.InvariantCulture, $"{Value} ¶{n}"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
