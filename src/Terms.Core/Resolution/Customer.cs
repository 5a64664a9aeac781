using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>What somebody does on a site.</summary>
public enum Role
{
    /// <summary>Looks, without buying or selling.</summary>
    Visitor,

    /// <summary>Buys.</summary>
    Buyer,

    /// <summary>Sells.</summary>
    Seller,

    /// <summary>Buys and sells: every rule about either holds.</summary>
    BuyerAndSeller,
}

/// <summary>A marketplace.</summary>
public enum Site
{
    /// <summary>AliExpress.</summary>
    AliExpress,

    /// <summary>Alibaba.com.</summary>
    Alibaba,

    /// <summary>Easy-buy.</summary>
    EasyBuy,
}

/// <summary>What the question or the dispute is about.</summary>
public enum Service
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>Promotion services.</summary>
    Promotion,

    /// <summary>Technical services of the platform (merchant agreement, party B).</summary>
    PlatformTechnical,

    /// <summary>Technical services around transactions (merchant agreement, party C).</summary>
    TransactionTechnical,

    /// <summary>The deposits of the merchant agreement.</summary>
    Deposit,
}

/// <summary>The sites where somebody is registered.</summary>
[Flags]
public enum Memberships
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>AliExpress.</summary>
    AliExpress = 1,

    /// <summary>Alibaba.com.</summary>
    Alibaba = 2,

    /// <summary>Easy-buy.</summary>
    EasyBuy = 4,
}

/// <summary>The facts that a question is about; never a stored person.</summary>
/// <param name="Residence">Where the customer lives or is established.</param>
/// <param name="AccessFrom">From where the sites are used.</param>
/// <param name="Role">What the customer does there.</param>
/// <param name="Site">Which site is used.</param>
/// <param name="Service">What the question is about.</param>
/// <param name="Members">Where the customer is registered.</param>
/// <param name="IsBusiness">Business or consumer; null if not said.</param>
/// <param name="Registered">The day of registration, if said. No rule of the shipped content depends on it.</param>
public readonly record struct Customer(
    Place Residence, Place AccessFrom, Role Role, Site Site, Service Service, Memberships Members, bool? IsBusiness = null, DateOnly? Registered = null)
{
    /// <summary>The sites where somebody counts as registered unless it is said otherwise: nowhere for a visitor, else on the site in question.</summary>
    public static Memberships DefaultMembers(Role role, Site site) => role == Role.Visitor ? Memberships.None : (Memberships)(1 << (int)site);
}

/// <summary>The words of the API for roles, sites and services, in the order of the enumerations.</summary>
public static class Words
{
    /// <summary>Roles.</summary>
    public static readonly ImmutableArray<string> Roles = ["visitor", "buyer", "seller", "buyer-and-seller"];

    /// <summary>Sites.</summary>
    public static readonly ImmutableArray<string> Sites = ["aliexpress", "alibaba", "easy-buy"];

    /// <summary>Services; the first stands for none.</summary>
    public static readonly ImmutableArray<string> Services = ["none", "promotion", "platform-technical", "transaction-technical", "deposit"];

    /// <summary>The word for a role.</summary>
    public static string Word(this Role role) => Roles[(int)role];

    /// <summary>The word for a site.</summary>
    public static string Word(this Site site) => Sites[(int)site];

    /// <summary>The word for a service; null for none.</summary>
    public static string? Word(this Service service) => service == Service.None ? null : Services[(int)service];

    /// <summary>The sites of a membership, in the order of the enumeration.</summary>
    public static IEnumerable<string> SiteWords(this Memberships members) => Sites.Where((_, i) => (members & (Memberships)(1 << i)) != 0);
}
