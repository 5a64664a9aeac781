using System.Buffers.Text;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;

namespace Terms.Acceptance;

/// <summary>
/// A personal detail with the salt that hides it. The record has its commitment alone; value and salt stand in the annex and can be erased. Then the commitment says
/// nothing about the value any more, and every proof stays as it was.
/// </summary>
public sealed record PersonalDetail
{
    /// <summary>The details that are kept, with their greatest lengths.</summary>
    private static readonly ImmutableSortedDictionary<string, int> Longest = new Dictionary<string, int>
    {
        ["email"] = 320,
        ["name"] = 200,
        ["network-address"] = 45,
        ["user-agent"] = 1000,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Checks the detail.</summary>
    /// <param name="name"><c>email</c>, <c>name</c>, <c>network-address</c> or <c>user-agent</c>.</param>
    /// <param name="value">The value: printable, up to 320, 200, 45 and 1,000 characters; a network address in the notation of RFC 4291 or dotted decimals.</param>
    /// <param name="salt">16 random bytes in base64url without padding (RFC 4648, section 5).</param>
    /// <exception cref="ArgumentException">One of them is malformed.</exception>
    public PersonalDetail(string name, string value, string salt)
    {
        CheckName(name);
        Name = name;
        Value = PlainText.Checked(value, Longest[name], $"details.{name}");
        if (name == "network-address" && !IPAddress.TryParse(value, out _))
        {
            throw new ArgumentException("`details.network-address` is not a network address. Send one address, such as 192.0.2.7 or 2001:db8::7.");
        }
        Salt = salt is { Length: 22 } && Base64Url.IsValid(salt) ? salt : throw new ArgumentException("A salt is 16 bytes in base64url without padding.");
    }

    /// <summary>The names of the details that are kept.</summary>
    public static IEnumerable<string> Names => Longest.Keys;

    /// <summary>Which detail it is.</summary>
    public string Name { get; }

    /// <summary>The value.</summary>
    public string Value { get; }

    /// <summary>The salt.</summary>
    public string Salt { get; }

    /// <summary>The commitment: SHA-256 over the canonical JSON of name, salt and value.</summary>
    public string Commitment => Digests.Of(new CanonicalWriter().Object().Member("name", Name).Member("salt", Salt).Member("value", Value).EndObject().ToArray());

    /// <summary>A detail under a new salt.</summary>
    /// <exception cref="ArgumentException">Name or value is malformed.</exception>
    public static PersonalDetail Salted(string name, string value) => new(name, value, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));

    internal static void CheckName(string name)
    {
        if (!Longest.ContainsKey(name))
        {
            throw new ArgumentException($"`details` has a name that is not known. Send only: {string.Join(", ", Longest.Keys)}.");
        }
    }
}

/// <summary>The personal details of one record, as they stand in the annex.</summary>
public sealed class PersonalDetails
{
    /// <summary>No details.</summary>
    public static readonly PersonalDetails None = new([]);

    /// <summary>Gathers details, each name once.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public PersonalDetails(IEnumerable<PersonalDetail> details) => All = [.. details.ToDictionary(d => d.Name, StringComparer.Ordinal).Values.OrderBy(d => d.Name, StringComparer.Ordinal)];

    /// <summary>The details by name.</summary>
    public ImmutableArray<PersonalDetail> All { get; }

    private static readonly ImmutableSortedDictionary<string, string> NoCommitments = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>What the record says of them.</summary>
    public ImmutableSortedDictionary<string, string> Commitments => All.IsEmpty ? NoCommitments : All.ToImmutableSortedDictionary(d => d.Name, d => d.Commitment, StringComparer.Ordinal);

    /// <summary>The canonical bytes of the annex: an object from name to salt and value.</summary>
    public byte[] Bytes()
    {
        var json = new CanonicalWriter().Object();
        foreach (var detail in All)
        {
            json.Object(detail.Name).Member("salt", detail.Salt).Member("value", detail.Value).EndObject();
        }
        return json.EndObject().ToArray();
    }

    /// <summary>Reads the bytes of the annex back.</summary>
    /// <exception cref="FormatException">They are not such details in canonical form.</exception>
    public static PersonalDetails Parse(ReadOnlyMemory<byte> bytes) => CanonicalReader.Read(bytes, "annex", Read);

    private static PersonalDetails Read(CanonicalReader json)
    {
        var details = new List<PersonalDetail>();
        json.Members(name => json.Object(name, detail =>
        {
            var salt = detail.Text("salt");
            details.Add(new PersonalDetail(name, detail.Text("value"), salt));
        }));
        return new PersonalDetails(details);
    }
}
