using System.Globalization;
using System.Net;
using System.Numerics;

namespace Terms.Web.Hosting;

/// <summary>Reads settings. What is none stops the start with words.</summary>
internal static class Settings
{
    /// <summary>A number; the usual one if nothing is set.</summary>
    /// <param name="settings">The section.</param>
    /// <param name="name">The setting in it.</param>
    /// <param name="usual">The default.</param>
    /// <param name="least">The lowest that is allowed.</param>
    /// <param name="most">The highest.</param>
    /// <exception cref="StartException">It is no number, or out of its range.</exception>
    public static T Number<T>(this IConfigurationSection settings, string name, T usual, T least, T most) where T : struct, INumber<T> => settings[name] is not { Length: > 0 } text ? usual
        : T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new StartException(string.Create(CultureInfo.InvariantCulture, $"{settings.Path}:{name} is \"{text}\". Write a number from {least} to {most}."));

    /// <summary>Addresses and networks, an address being a network of its own.</summary>
    /// <exception cref="StartException">One is neither.</exception>
    public static IReadOnlyList<IPNetwork> Networks(this IConfigurationSection settings, string name) => [.. (settings.GetSection(name).Get<string[]>() ?? []).Select(text =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new StartException($"{settings.Path}:{name} has \"{text}\". Write an address, such as 10.0.0.7, or a network, such as 10.0.0.0/8."))];
}
