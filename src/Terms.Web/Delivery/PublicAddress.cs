using Terms.Catalogue;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>Where this server is reached from outside, as <c>Terms:Address</c> says. Never what a request claims: a notice keeps it for ever.</summary>
/// <param name="Root">The address; null if it is not set.</param>
internal sealed record PublicAddress(Uri? Root)
{
    /// <summary>Reads the setting.</summary>
    /// <exception cref="StartException">It is no address.</exception>
    public static PublicAddress Read(string? setting) => string.IsNullOrEmpty(setting) ? new((Uri?)null)
        : Uri.TryCreate(setting, UriKind.Absolute, out var root) && root.Scheme is "https" or "http" && root is { UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" } ? new(root)
        : throw new StartException($"Terms:Address is \"{setting}\". Set it to the address of this server as readers have it, such as https://terms.example.");

    /// <summary>Where a version can be read.</summary>
    public Uri Of(AgreementVersion version) => new(Root!, $"/agreements/{version.Path}");

    /// <summary>The same for words that are only looked at: where no address is set, one that leads nowhere and says so.</summary>
    public Uri ToShow(AgreementVersion version) => Root is null ? new($"https://address-not-set.invalid/agreements/{version.Path}") : Of(version);
}
