using System.Collections.Concurrent;
using System.Globalization;
using Terms.Acceptance;
using Terms.Storage;
using Terms.Web.Endpoints;

namespace Terms.Web.Hosting;

/// <summary>The store of acceptances that is being served, or none: the catalogue works without.</summary>
public sealed class ServedStore : IAsyncDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly Store? store;
    private readonly SignedTokens? tokens;
    private readonly ConcurrentDictionary<string, (ServiceKey Key, DateTimeOffset Read)> keys = new(StringComparer.Ordinal);

    private ServedStore(Store? store, SignedTokens? tokens)
    {
        this.store = store;
        this.tokens = tokens;
    }

    /// <summary>Opens the store that the settings name as <c>Terms:Data</c>, with its keys at <c>Terms:Keys</c>.</summary>
    /// <exception cref="StoreException">There is no sound store; the message says what to do.</exception>
    internal static ServedStore Open(IConfiguration settings, string root, DateTimeOffset now)
    {
        var mostWaiting = MostWaiting(settings["MostWaiting"]);
        if (settings["Data"] is not { Length: > 0 } data)
        {
            return new ServedStore(null, null);
        }
        var folder = Path.GetFullPath(data, root);
        var folders = settings["Keys"] is { Length: > 0 } keys ? new StoreFolders(folder, Path.GetFullPath(keys, root)) : new StoreFolders(folder);
        var store = mostWaiting is { } most ? Store.Open(folders, now, most) : Store.Open(folders, now);
        try
        {
            return new ServedStore(store, new SignedTokens(Convert.FromBase64String(File.ReadAllText(folders.TokenSecret).Trim())));
        }
        catch
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static int? MostWaiting(string? text) => text is null or "" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= Store.MostThatMayWait ? most
        : throw new StartException(string.Create(CultureInfo.InvariantCulture, $"Terms:MostWaiting is \"{text}\". Write how many may wait to have something recorded, from 1 to {Store.MostThatMayWait}."));

    /// <summary>Whether there is a store.</summary>
    public bool IsThere => store is not null;

    /// <summary>The store. Without one the request is refused with words that say how to make one.</summary>
    public Store Store => store ?? throw new ApiException(
        503, "no-store", "This server keeps no acceptances. Make a store with `terms store create`, set Terms:Data (or the environment variable Terms__Data) to its folder, and start the server again.");

    /// <summary>The key of a service; null if there is none with this id. It is read anew once it was read a second ago, so that a revocation counts within a second.</summary>
    public ServiceKey? Key(string id, DateTimeOffset now)
    {
        if (keys.TryGetValue(id, out var known) && now >= known.Read && now - known.Read < KeptFor)
        {
            return known.Key;
        }
        if (Store.ServiceKey(id) is not { } row)
        {
            keys.TryRemove(id, out _);
            return null;
        }
        var key = new ServiceKey(row.Id, row.Name, [.. row.Scopes], row.Hash, [.. row.ReturnAddresses.Select(a => new ReturnAddress(a))], row.Revoked);
        keys[id] = (key, now);
        return key;
    }

    /// <summary>Signs forms and links with the secret of the store.</summary>
    public SignedTokens Tokens => tokens ?? throw new InvalidOperationException("Without a store there is no secret to sign with.");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
