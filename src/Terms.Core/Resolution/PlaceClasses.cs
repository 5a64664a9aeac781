using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>The places, put together where no rule tells them apart, so that customers fall into few classes.</summary>
public sealed class PlaceClasses
{
    private readonly byte[] classOf = new byte[Place.Codes.Length];

    /// <summary>Puts together the places that belong to the same of some groups.</summary>
    public PlaceClasses(IEnumerable<PlaceGroup> groups)
    {
        var distinct = groups.DistinctBy(g => g.Id).OrderBy(g => g.Id, StringComparer.Ordinal).ToList();
        var classes = Place.All.GroupBy(p => string.Join(',', distinct.Where(g => g.Places.Contains(p)).Select(g => g.Id))).ToList();
        for (var i = 0; i < classes.Count; i++)
        {
            foreach (var place in classes[i])
            {
                classOf[place.Index] = (byte)i;
            }
        }
        Members = [.. classes.Select(c => c.ToImmutableArray())];
    }

    /// <summary>The places of each class.</summary>
    public ImmutableArray<ImmutableArray<Place>> Members { get; }

    /// <summary>The class of a customer. Customers whose numbers agree in the parts that some rules look at have the same answer of those rules.</summary>
    public CustomerParts ClassOf(in Customer customer) => (CustomerParts)(
        (classOf[customer.Residence.Index] << 20) | (classOf[customer.AccessFrom.Index] << 12) | ((int)customer.Role << 10) | ((int)customer.Site << 8)
        | ((int)customer.Service << 5) | ((int)customer.Members << 2) | (customer.IsBusiness switch { null => 0, false => 1, true => 2 }));
}

/// <summary>The class of a customer as a number, part by part; as a mask, the parts that something depends on.</summary>
[Flags]
public enum CustomerParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Business, consumer, or not said.</summary>
    Business = 0b11,

    /// <summary>Where registered.</summary>
    Members = 0b111 << 2,

    /// <summary>The service.</summary>
    Service = 0b111 << 5,

    /// <summary>The site.</summary>
    Site = 0b11 << 8,

    /// <summary>The role.</summary>
    Role = 0b11 << 10,

    /// <summary>The class of the place of access.</summary>
    Access = 0xFF << 12,

    /// <summary>The class of the place of residence.</summary>
    Residence = 0xFF << 20,
}
