using System.Net;
using System.Net.Sockets;

namespace Terms.Web.Editing;

/// <summary>
/// How often one address may fail to sign in: 20 times in 15 minutes. IPv6 addresses count by their network of 64 bits, which one household or attacker has whole. The counts stand in memory
/// only; where too many addresses come at once, those that are new share one count.
/// </summary>
public sealed class SignInLimits(TimeProvider clock)
{
    /// <summary>Failures allowed in a <see cref="Span"/>.</summary>
    public const int Most = 20;

    /// <summary>The time after which an address begins anew.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    private const int MostAddresses = 20_000;
    private static readonly IPAddress Others = IPAddress.None;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, Count> counts = [];

    /// <summary>Counts an attempt as a failure until <see cref="Succeeded"/> takes it back.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <returns>How long to wait, if there were too many; null if it may go on.</returns>
    public TimeSpan? Begin(IPAddress? address)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var count = Of(address, now);
            if (count.Failures >= Most)
            {
                return count.Ends - now;
            }
            count.Failures++;
            return null;
        }
    }

    /// <summary>Takes back the count of an attempt.</summary>
    public void Succeeded(IPAddress? address)
    {
        lock (gate)
        {
            var count = Of(address, clock.GetUtcNow());
            count.Failures = Math.Max(0, count.Failures - 1);
        }
    }

    private Count Of(IPAddress? address, DateTimeOffset now)
    {
        var network = Network(address);
        if (counts.TryGetValue(network, out var known) && now < known.Ends)
        {
            return known;
        }
        if (counts.Count >= MostAddresses && known is null)
        {
            foreach (var (ended, _) in counts.Where(c => c.Value.Ends <= now).ToList())
            {
                counts.Remove(ended);
            }
            network = counts.Count >= MostAddresses ? Others : network;
            if (counts.TryGetValue(network, out var shared) && now < shared.Ends)
            {
                return shared;
            }
        }
        return counts[network] = new Count { Ends = now + Span };
    }

    private static IPAddress Network(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.Loopback;
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Count
    {
        public int Failures { get; set; }

        public required DateTimeOffset Ends { get; init; }
    }
}
