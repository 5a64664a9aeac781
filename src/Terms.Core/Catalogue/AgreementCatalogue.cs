using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>All agreements, parties and places of a content folder, read once into immutable memory.</summary>
public sealed class AgreementCatalogue
{
    private readonly FrozenDictionary<string, Agreement> byId;

    internal AgreementCatalogue(
        TimeZoneInfo zone, string defaultLanguage, ImmutableArray<Agreement> agreements, FrozenDictionary<string, Party> parties,
        FrozenDictionary<string, PlaceGroup> placeGroups, FrozenDictionary<string, LegalName> laws, FrozenDictionary<string, LegalName> forums,
        ImmutableArray<NoticeFloor> noticeFloors)
    {
        Zone = zone;
        DefaultLanguage = defaultLanguage;
        Agreements = agreements;
        Parties = parties;
        PlaceGroups = placeGroups;
        Laws = laws;
        Forums = forums;
        NoticeFloors = noticeFloors;
        for (var i = 0; i < agreements.Length; i++)
        {
            agreements[i].Position = i;
        }
        byId = agreements.ToFrozenDictionary(a => a.Id.Value, StringComparer.Ordinal);
    }

    /// <summary>The zone in which effective dates are local dates (IANA name).</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The language that is shown when nobody asks for another.</summary>
    public string DefaultLanguage { get; }

    /// <summary>All agreements: contracts first, then rule pages, each by name.</summary>
    public ImmutableArray<Agreement> Agreements { get; }

    /// <summary>The contracting parties by id.</summary>
    public FrozenDictionary<string, Party> Parties { get; }

    /// <summary>The named groups of places by id.</summary>
    public FrozenDictionary<string, PlaceGroup> PlaceGroups { get; }

    /// <summary>The systems of law by ISO 3166-1 code.</summary>
    public FrozenDictionary<string, LegalName> Laws { get; }

    /// <summary>The forums by id.</summary>
    public FrozenDictionary<string, LegalName> Forums { get; }

    /// <summary>How long before it binds a changed text has to be known, place by place, as the law says.</summary>
    public ImmutableArray<NoticeFloor> NoticeFloors { get; }

    /// <summary>The agreement with a name, or null.</summary>
    public Agreement? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The same by characters, for callers who have no string yet.</summary>
    public bool TryFind(ReadOnlySpan<char> id, out Agreement? agreement) => byId.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out agreement);
}
