using System.Collections.Immutable;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Resolution;
using Terms.Storage;

namespace Terms.Tests.Storage;

public sealed class PruningTests : IDisposable
{
    private readonly StoreFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Presentations_that_nobody_answered_in_time_are_forgotten_and_those_that_were_answered_stay()
    {
        await using var store = folder.Open();
        var (unanswered, answered, young, newest) = (await Present(store, 0), await Present(store, 0), await Present(store, 2), await Present(store, 2));
        await StoreFolder.Add(store, StoreFolder.Recording("ada", 1, presentation: answered));

        Assert.Equal(0, await store.ForgetPresentations(StoreFolder.Now + Presentation.Longest));
        Assert.Equal(1, await store.ForgetPresentations(StoreFolder.Now + Presentation.Longest + TimeSpan.FromSeconds(1)));

        Assert.Null(store.Presentation(unanswered, out _));
        Assert.NotNull(store.Presentation(answered, out var usedBy));
        Assert.Equal(0, usedBy);
        Assert.NotNull(store.Presentation(young, out _));
        Assert.NotNull(store.Presentation(newest, out _));
    }

    [Fact]
    public async Task A_number_is_not_given_twice_when_all_are_old()
    {
        await using var store = folder.Open();
        var last = await Present(store, 0) + 1;
        Assert.Equal(last, await Present(store, 0));

        Assert.Equal(1, await store.ForgetPresentations(StoreFolder.Now.AddYears(1)));

        Assert.Equal(last + 1, await Present(store, 0));
    }

    [Fact]
    public async Task More_than_fit_into_one_transaction_are_forgotten_in_several_and_only_once()
    {
        await using (var store = folder.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 1201).Select(_ => Present(store, 0)));
            Assert.Equal(1200, await store.ForgetPresentations(StoreFolder.Now.AddYears(1)));
        }
        await using var again = folder.Open();
        Assert.Equal(0, await again.ForgetPresentations(StoreFolder.Now.AddYears(1)));
    }

    private static async Task<long> Present(Store store, int days)
    {
        var (place, made) = (Place.Parse("FR"), StoreFolder.Now.AddDays(days));
        var presentation = new Presentation(
            "ada", null, null, AcceptanceKind.Agree, new Customer(place, place, Role.Buyer, Site.AliExpress, Service.None, Memberships.None), ["free-membership"],
            ImmutableSortedDictionary<string, string>.Empty, "signup-web", null, null, "shop", PresentationId.NewSecret(), made, made.AddHours(1));
        return await store.AddPresentation(presentation.Bytes);
    }
}
