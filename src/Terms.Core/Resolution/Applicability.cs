using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>Whom an agreement is for.</summary>
internal static class Applicability
{
    /// <summary>Whether an agreement is for a customer.</summary>
    public static bool IsFor(Agreement agreement, in Customer customer) =>
        agreement.Sites.Contains(customer.Site.Word()) && agreement.Roles.Contains(customer.Role.Word())
        && (agreement.Membership is not { } site || (customer.Members & Registered(site)) != 0);

    /// <summary>The parts of a customer's class that decide whether an agreement is for them.</summary>
    public static CustomerParts Reads(Agreement agreement) =>
        CustomerParts.Site | CustomerParts.Role | (agreement.Membership is null ? CustomerParts.None : CustomerParts.Members);

    private static Memberships Registered(string site) => (Memberships)(1 << Words.Sites.IndexOf(site));

    /// <summary>Why an agreement is not for a customer; null if it is.</summary>
    public static string? WhyNot(Agreement agreement, in Customer customer)
    {
        if (!agreement.Sites.Contains(customer.Site.Word()))
        {
            return $"The agreement is for {string.Join(" and ", agreement.Sites)}, not for {customer.Site.Word()}.";
        }
        if (!agreement.Roles.Contains(customer.Role.Word()))
        {
            return $"The agreement is for the roles {string.Join(", ", agreement.Roles)}, not for a {customer.Role.Word()}.";
        }
        if (agreement.Membership is { } site && (customer.Members & Registered(site)) == 0)
        {
            return $"The agreement is for people registered on {site}; the customer is not.";
        }
        return null;
    }
}
