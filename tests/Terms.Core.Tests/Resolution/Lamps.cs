using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>Questions to the invented lamp hire agreement of tests/catalogues/base.</summary>
internal static class Lamps
{
    public const string Agreement = "agreements/lamp-hire/agreement.yaml";
    public const string Version = "agreements/lamp-hire/2025-01-01/";
    public const string Rules = Version + "rules.yaml";

    /// <summary>The base, with the rule on the Isles holding for whoever uses the site from there too.</summary>
    public static ContentFolder WithTravellers() =>
        new ContentFolder().Mend(Rules, "{ from: the-isles }", "{ any: [{ residence: the-isles }, { access: the-isles }] }");

    public static AgreementAnswer Ask(Corpus corpus, string residence, string at = "2025-06-01", string knownAt = "2026-01-01", string? access = null)
    {
        var place = Place.Parse(residence);
        var customer = new Customer(place, access is null ? place : Place.Parse(access), Role.Buyer, Site.EasyBuy, Service.None, Memberships.EasyBuy);
        return new Resolver(corpus).Resolve(corpus.Catalogue.Find("lamp-hire")!, customer, Instant(corpus, at), Instant(corpus, knownAt));
    }

    public static IEnumerable<string> Parties(this AgreementAnswer answer) => answer.Party.Parties.Select(p => p.Id);

    private static DateTimeOffset Instant(Corpus corpus, string text) =>
        Instants.TryParse(text, corpus.Catalogue.Zone, out var instant) ? instant : throw new FormatException($"{text} is no instant.");
}
