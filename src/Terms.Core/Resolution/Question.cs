using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>What is asked: about whom, which agreement, which moment, and what was then known.</summary>
/// <param name="Customer">The facts asked about.</param>
/// <param name="Agreement">One agreement, or null for all that apply.</param>
/// <param name="At">The moment asked about.</param>
/// <param name="KnownAt">What counts is what was known then.</param>
public readonly record struct Question(Customer Customer, Agreement? Agreement, DateTimeOffset At, DateTimeOffset KnownAt)
{
    /// <summary>The answer: of the one agreement asked for, applicable or not, or of all that apply.</summary>
    public ApplicableAnswer Answer(Resolver resolver) => Agreement is null
        ? resolver.Resolve(Customer, At, KnownAt)
        : new ApplicableAnswer([resolver.Resolve(Agreement, Customer, At, KnownAt)], []);
}

/// <summary>
/// Reads a question from named values, as the query string of the API, the options of the command and the form of the page give them. Nothing is
/// guessed: an unknown name or value is an error that says what to send instead.
/// </summary>
public ref struct QuestionReader
{
    private readonly AgreementCatalogue catalogue;
    private Place? residence;
    private Place? access;
    private Role? role;
    private Site? site;
    private Service service;
    private Memberships? members;
    private bool? business;
    private DateOnly? registered;
    private Agreement? agreement;
    private DateTimeOffset? at;
    private DateTimeOffset? knownAt;
    private int seen;

    /// <summary>Begins to read.</summary>
    public QuestionReader(AgreementCatalogue catalogue)
    {
        this = default;
        this.catalogue = catalogue;
    }

    private static readonly ImmutableArray<string> Names =
        ["residence", "role", "accessFrom", "site", "service", "member", "business", "registered", "agreement", "at", "knownAt"];

    /// <summary>Whether an error is about an agreement that is not there, rather than a malformed value.</summary>
    public bool IsUnknownAgreement { get; private set; }

    /// <summary>Takes one value. Returns null, or what is wrong and what to send instead.</summary>
    public string? Take(scoped ReadOnlySpan<char> name, scoped ReadOnlySpan<char> value)
    {
        var which = Position(Names, name);
        if (which < 0)
        {
            return $"The parameter \"{Shown(name)}\" is not known. Send only: {string.Join(", ", Names)}.";
        }
        if ((seen & (1 << which)) != 0)
        {
            return $"\"{Names[which]}\" was sent twice. Send it once.";
        }
        seen |= 1 << which;
        return which switch
        {
            0 => TakePlace("residence", value, ref residence),
            1 => TakeRole(value),
            2 => value.IsEmpty ? null : TakePlace("accessFrom", value, ref access),
            3 => TakeSite(value),
            4 => TakeService(value),
            5 => TakeMembers(value),
            6 => TakeBusiness(value),
            7 => TakeRegistered(value),
            8 => TakeAgreement(value),
            9 => TakeInstant("at", value, ref at),
            _ => TakeInstant("knownAt", value, ref knownAt),
        };
    }

    /// <summary>The question, once every value has been taken. Null with an error if something required is missing.</summary>
    public readonly Question? Finish(DateTimeOffset now, out string? error)
    {
        error = (residence, role) switch
        {
            (null, _) => "\"residence\" is missing. Send an ISO 3166-1 alpha-2 code, such as residence=FR.",
            (_, null) => $"\"role\" is missing. Send one of: {string.Join(", ", Words.Roles)}.",
            _ => null,
        };
        if (error is not null)
        {
            return null;
        }
        var where = site ?? Site.AliExpress;
        var customer = new Customer(
            residence!.Value, access ?? residence.Value, role!.Value, where, service, members ?? Customer.DefaultMembers(role.Value, where), business, registered);
        return new Question(customer, agreement, at ?? now, knownAt ?? now);
    }

    private static string? TakePlace(string name, scoped ReadOnlySpan<char> value, ref Place? place)
    {
        if (!Place.TryParse(value, out var found))
        {
            return $"\"{name}={Shown(value)}\" is not a place. Send an ISO 3166-1 alpha-2 code in capitals, such as FR; mainland China is CN, and HK, MO and TW are places of their own.";
        }
        place = found;
        return null;
    }

    private string? TakeRole(scoped ReadOnlySpan<char> value)
    {
        var index = Position(Words.Roles, value);
        role = (Role)index;
        return index >= 0 ? null : $"\"role={Shown(value)}\" is not known. Send one of: {string.Join(", ", Words.Roles)}.";
    }

    private string? TakeSite(scoped ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }
        var index = Position(Words.Sites, value);
        site = (Site)index;
        return index >= 0 ? null : $"\"site={Shown(value)}\" is not known. Send one of: {string.Join(", ", Words.Sites)}.";
    }

    private string? TakeService(scoped ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }
        var index = Position(Words.Services, value);
        service = (Service)index;
        return index >= 0 ? null : $"\"service={Shown(value)}\" is not known. Send one of: {string.Join(", ", Words.Services.Skip(1))}, or leave it out.";
    }

    private string? TakeMembers(scoped ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }
        var sites = Memberships.None;
        foreach (var range in value.Split(','))
        {
            var word = value[range].Trim();
            var index = Position(Words.Sites, word);
            if (index < 0 && !(word is "none" && value.Length == 4))
            {
                return $"\"member={Shown(value)}\" is not known. Send sites separated by commas ({string.Join(", ", Words.Sites)}), or none.";
            }
            sites |= index < 0 ? Memberships.None : (Memberships)(1 << index);
        }
        members = sites;
        return null;
    }

    private string? TakeBusiness(scoped ReadOnlySpan<char> value)
    {
        business = value switch { "true" => true, "false" => false, _ => null };
        return value.IsEmpty || business is not null ? null : $"\"business={Shown(value)}\" is neither true nor false. Send true for a business, false for a consumer, or leave it out.";
    }

    private string? TakeRegistered(scoped ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return $"\"registered={Shown(value)}\" is not a date. Send it as 2025-04-01.";
        }
        registered = date;
        return null;
    }

    private string? TakeAgreement(scoped ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || catalogue.TryFind(value, out agreement))
        {
            return null;
        }
        IsUnknownAgreement = true;
        return UnknownAgreement(catalogue, value);
    }

    /// <summary>What to say of an agreement that is not there.</summary>
    public static string UnknownAgreement(AgreementCatalogue catalogue, scoped ReadOnlySpan<char> id) =>
        $"There is no agreement \"{Shown(id)}\". Send one of: {string.Join(", ", catalogue.Agreements.Select(a => a.Id.Value))}.";

    private readonly string? TakeInstant(string name, scoped ReadOnlySpan<char> value, ref DateTimeOffset? instant)
    {
        if (value.IsEmpty)
        {
            return null;
        }
        if (!Instants.TryParse(value, catalogue.Zone, out var found))
        {
            return $"\"{name}={Shown(value)}\" is not an instant. Send RFC 3339, such as 2025-04-01T00:00:00Z (a plus sign is written %2B in an address), or a date, which is the start of that day in {catalogue.Zone.Id}.";
        }
        instant = found;
        return null;
    }

    private static int Position(ImmutableArray<string> words, scoped ReadOnlySpan<char> word)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (word.SequenceEqual(words[i]))
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>A value as it can be repeated in an answer: short, and without control characters.</summary>
    private static string Shown(scoped ReadOnlySpan<char> value)
    {
        var shown = new string(value[..Math.Min(value.Length, 40)].ToArray().Select(c => char.IsControl(c) ? '\uFFFD' : c).ToArray());
        return value.Length > 40 ? shown + "…" : shown;
    }
}
