namespace Terms.Catalogue;

/// <summary>Which addresses a text may link to.</summary>
public static class SafeLink
{
    /// <summary>True for <c>http</c>, <c>https</c> and <c>mailto</c> addresses and for fragments of the same page; false for everything else.</summary>
    public static bool Allows(string? url) =>
        url is not null && url.AsSpan().IndexOfAnyInRange('\0', ' ') < 0
        && (url.StartsWith('#') || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto"));
}
