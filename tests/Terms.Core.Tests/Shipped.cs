using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Tests;

/// <summary>Short questions to the shipped content, asked when all of it is known.</summary>
internal static class Shipped
{
    public static readonly DateTimeOffset Later = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Customer Customer(string residence, string role, string? access = null, Service service = Service.None, Site site = Site.AliExpress)
    {
        var place = Place.Parse(residence);
        var does = (Role)Words.Roles.IndexOf(role);
        return new Customer(place, access is null ? place : Place.Parse(access), does, site, service, Terms.Resolution.Customer.DefaultMembers(does, site));
    }

    public static AgreementAnswer Ask(string agreement, string residence, string role, string day, string? access = null, Service service = Service.None) =>
        Repository.Resolver.Resolve(Repository.Content.Catalogue.Find(agreement)!, Customer(residence, role, access, service), At(day), Later);

    public static ApplicableAnswer AskAll(string residence, string role, string day, string? access = null, Service service = Service.None) =>
        Repository.Resolver.Resolve(Customer(residence, role, access, service), At(day), Later);

    public static AgreementVersion Version(string path) => Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path);

    public static ImmutableArray<Fact> Facts(string path) => Repository.Content.Knowledge(Version(path).States[^1]).Facts;

    public static Fact Fact(string path, string id) => Facts(path).Single(f => f.Id == id);

    public static ReceiptAnswer Receipt(string path, string direction, string channel, string sentAt) =>
        ReceiptAnswer.Of(Facts(path), direction, channel, At(sentAt), Repository.Content.Catalogue.Zone);

    public static DateTimeOffset At(string text) =>
        Instants.TryParse(text, Repository.Content.Catalogue.Zone, out var instant) ? instant : throw new FormatException($"{text} is no instant.");
}
