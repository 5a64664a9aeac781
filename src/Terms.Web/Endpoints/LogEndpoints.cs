using System.Buffers.Binary;
using System.Globalization;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>
/// The logs as C2SP tlog-tiles puts them. They are public: checkpoints, keys and hashes of both, entries of the catalogue's log alone, for those of the other name subjects.
/// </summary>
internal static class LogEndpoints
{
    private const int Wide = 256;

    public static Task Checkpoint(HttpContext context, ServedStore stored, string log)
    {
        context.Response.Headers.CacheControl = "public, no-cache";
        return Text(context, stored.Store.Latest(log).Note);
    }

    public static Task Key(HttpContext context, ServedStore stored, string log)
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Text(context, stored.Store.VerifierKey(log) + "\n");
    }

    /// <summary>A tile of hashes: <c>/tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>.</summary>
    public static Task Tile(HttpContext context, ServedStore stored, string log, string level, string tile)
    {
        if (!int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var height) || height > 7 || level != height.ToString(CultureInfo.InvariantCulture)
            || !TryParse(tile, out var number, out var width) || stored.Store.Tile(log, height, number, width) is not { } hashes)
        {
            throw NotThere();
        }
        return Bytes(context, hashes, width);
    }

    /// <summary>Some entries of the catalogue's log: each its length in two bytes (big-endian), then itself.</summary>
    public static Task Entries(HttpContext context, ServedStore stored, string tile)
    {
        if (!TryParse(tile, out var number, out var width) || stored.Store.Publications(number * Wide, width) is var entries && entries.Count < width)
        {
            throw NotThere();
        }
        var bytes = new byte[entries.Sum(e => 2 + e.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), checked((ushort)entry.Length));
            entry.CopyTo(bytes, at + 2);
            at += 2 + entry.Length;
        }
        return Bytes(context, bytes, width);
    }

    /// <summary>Reads <c>x001/x234/067</c> or <c>x001/x234/067.p/112</c>; anything but the one way of writing it is refused.</summary>
    internal static bool TryParse(string path, out long number, out int width)
    {
        (number, width) = (0, Wide);
        var parts = path.Split('/');
        if (parts.Length > 1 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= Wide || parts[^1] != width.ToString(CultureInfo.InvariantCulture))
            {
                return false;
            }
            parts = [.. parts[..^2], parts[^2][..^2]];
        }
        if (parts.Length > 6 || (parts.Length > 1 && parts[0] == "x000"))
        {
            return false;
        }
        for (var i = 0; i < parts.Length; i++)
        {
            var digits = i + 1 < parts.Length ? parts[i].StartsWith('x') ? parts[i][1..] : "" : parts[i];
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var group))
            {
                return false;
            }
            number = (number * 1000) + group;
        }
        return true;
    }

    private static ApiException NotThere() => new(404, "not-found", "The log has no such tile. Send /tile/<L>/<N>[.p/<W>] as C2SP tlog-tiles writes it, up to the size of the checkpoint.");

    private static async Task Text(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>A full tile never changes; a part may be asked for in another width.</summary>
    private static async Task Bytes(HttpContext context, ReadOnlyMemory<byte> bytes, int width)
    {
        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = width == Wide ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
