using System.Globalization;
using System.Text;

namespace Terms.Client;

/// <summary>The facts about a customer, in the words of the API. The service knows them; the reader never sends them.</summary>
/// <param name="Residence">Where the customer lives: ISO 3166-1 alpha-2, such as <c>FR</c>.</param>
/// <param name="Role"><c>visitor</c>, <c>buyer</c>, <c>seller</c> or <c>buyer-and-seller</c>.</param>
public sealed record Customer(string Residence, string Role)
{
    /// <summary>From where the customer uses the site; null for the residence.</summary>
    public string? AccessFrom { get; init; }

    /// <summary><c>aliexpress</c>, <c>alibaba</c> or <c>easy-buy</c>; null for the first.</summary>
    public string? Site { get; init; }

    /// <summary>The service asked about; null for none in particular.</summary>
    public string? Service { get; init; }

    /// <summary>The sites where the customer is registered; null for the site, or for none if a visitor.</summary>
    public IReadOnlyList<string>? Member { get; init; }

    /// <summary>Whether the customer acts in the course of a business; null if it is not known.</summary>
    public bool? Business { get; init; }

    /// <summary>The day of registration; null if it is not known.</summary>
    public DateOnly? Registered { get; init; }

    internal string Query()
    {
        var query = new StringBuilder("?residence=").Append(Uri.EscapeDataString(Residence)).Append("&role=").Append(Uri.EscapeDataString(Role));
        void Add(string name, string? value) => query.Append(value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}");
        Add("accessFrom", AccessFrom);
        Add("site", Site);
        Add("service", Service);
        Add("member", Member is null ? null : Member.Count == 0 ? "none" : string.Join(',', Member));
        Add("business", Business switch { true => "true", false => "false", null => null });
        Add("registered", Registered?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return query.ToString();
    }
}
