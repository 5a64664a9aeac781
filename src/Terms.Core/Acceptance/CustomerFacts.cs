using System.Globalization;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Acceptance;

/// <summary>The facts about a customer as canonical JSON.</summary>
public static class CustomerFacts
{
    /// <summary>The digest of the facts about a customer.</summary>
    public static string Digest(in Customer customer) => Digests.Of(Bytes(customer));

    /// <summary>The canonical bytes.</summary>
    internal static byte[] Bytes(in Customer c) => new CanonicalWriter().Object()
        .Member("accessFrom", c.AccessFrom.Code)
        .Member("business", c.IsBusiness switch { null => null, true => "true", false => "false" })
        .Member("member", c.Members.SiteWords())
        .Member("registered", c.Registered?.ToFullDate())
        .Member("residence", c.Residence.Code)
        .Member("role", c.Role.Word())
        .Member("service", c.Service.Word())
        .Member("site", c.Site.Word())
        .EndObject().ToArray();

    /// <summary>Reads them back.</summary>
    /// <exception cref="FormatException">They are not such facts.</exception>
    internal static Customer Read(CanonicalReader json)
    {
        var (accessFrom, business) = (json.Text("accessFrom"), json.OptionalText("business"));
        var members = Memberships.None;
        foreach (var site in json.Texts("member"))
        {
            members |= (Memberships)(1 << Position(Words.Sites, site, "member"));
        }
        var (registered, residence, role, service) = (json.OptionalText("registered"), json.Text("residence"), json.Text("role"), json.OptionalText("service"));
        return new Customer(
            Place.Parse(residence), Place.Parse(accessFrom), (Role)Position(Words.Roles, role, "role"), (Site)Position(Words.Sites, json.Text("site"), "site"),
            (Service)Position(Words.Services, service ?? Words.Services[0], "service"), members,
            business switch { null => null, "true" => true, "false" => false, _ => throw new FormatException("`business` is neither true nor false.") },
            registered is null ? null : DateOnly.ParseExact(registered, "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static int Position(IReadOnlyList<string> words, string word, string name)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == word)
            {
                return i;
            }
        }
        throw new FormatException($"`{name}` is none of {string.Join(", ", words)}.");
    }
}
