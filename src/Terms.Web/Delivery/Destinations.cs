using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Terms.Web.Delivery;

/// <summary>A webhook leads to an address to which nothing is sent.</summary>
internal sealed class DestinationRefusedException(string message) : IOException(message);

/// <summary>
/// Where this server may send: to public addresses with https, and to the networks that <c>Terms:Webhooks:AllowedNetworks</c> names, there with http too. A name is looked up when it is connected
/// to, and the connection goes to an address that was checked, so that a name cannot lead elsewhere in between.
/// </summary>
internal sealed class Destinations(ImmutableArray<IPNetwork> allowed)
{
    /// <summary>The networks that are no part of the public internet (IANA special-purpose registries, RFC 6890), and those that carry other addresses in themselves.</summary>
    private static readonly ImmutableArray<IPNetwork> NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/9", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return !NotPublic.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    /// <summary>Whether something may be sent to an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isSecure">Whether it is sent with https.</param>
    public bool Allows(IPAddress address, bool isSecure)
    {
        var plain = Plain(address);
        return allowed.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain)) || (isSecure && IsPublic(plain));
    }

    /// <summary>Connects, if that is allowed.</summary>
    /// <exception cref="DestinationRefusedException">The name leads to no address to which anything may be sent.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var isSecure = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = Array.FindAll(await Dns.GetHostAddressesAsync(target.Host, cancellation), a => Allows(a, isSecure));
        if (addresses.Length == 0)
        {
            throw new DestinationRefusedException(isSecure
                ? $"{target.Host} leads to no public address. If it is meant, name its network in Terms:Webhooks:AllowedNetworks."
                : $"{target.Host} is to be sent to without encryption. Use https, or name its network in Terms:Webhooks:AllowedNetworks.");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
