using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Terms.Webhooks;

/// <summary>An address that is told of events. Its secret is kept apart, in a file that only the owner of the server's files can read.</summary>
public sealed partial record Webhook
{
    /// <summary>A version stands in the catalogue and its log.</summary>
    public const string Published = "version.published";

    /// <summary>A version has taken effect.</summary>
    public const string Effective = "version.effective";

    /// <summary>An acceptance, or another act on an agreement, was recorded.</summary>
    public const string Recorded = "acceptance.recorded";

    /// <summary>A notice was given up, came back, or nobody knows whether it was sent.</summary>
    public const string NoticeFailed = "notice.failed";

    /// <summary>A notice to be sent on. The receiver is the platform's own mail system, and there is one.</summary>
    public const string NoticeSend = "notice.send";

    /// <summary>Everything that can be told.</summary>
    public static readonly ImmutableArray<string> KnownEvents = [Published, Effective, Recorded, NoticeFailed, NoticeSend];

    private const int LongestAddress = 2000;

    /// <summary>Checks the parts.</summary>
    /// <param name="id">Lower-case letters, digits and hyphens, 1 to 40.</param>
    /// <param name="address">An absolute address, https. An address with http is for networks that the server's settings allow; without them nothing is sent there.</param>
    /// <param name="events">Some of <see cref="KnownEvents"/>, at least one.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="disabled">When it was disabled; null while it is told.</param>
    /// <exception cref="ArgumentException">A part is malformed; the message says what to write.</exception>
    public Webhook(string id, string address, ImmutableArray<string> events, DateTimeOffset created, DateTimeOffset? disabled = null)
    {
        Id = IdForm().IsMatch(id) ? id : throw new ArgumentException("The id of a webhook has 1 to 40 lower-case letters, digits and hyphens, such as mail-system.");
        Address = address.Length <= LongestAddress && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri is { UserInfo: "", Fragment: "" }
            ? uri
            : throw new ArgumentException("The address of a webhook is absolute, begins with https:// and has no name, password or fragment in it, such as https://shop.example/terms-events.");
        Events = events.FirstOrDefault(e => !KnownEvents.Contains(e)) is { } unknown ? throw new ArgumentException($"The event `{unknown}` is not known. Use: {string.Join(", ", KnownEvents)}.")
            : events.IsEmpty ? throw new ArgumentException($"A webhook is told of at least one event. Use: {string.Join(", ", KnownEvents)}.")
            : [.. events.Distinct()];
        (Created, Disabled) = (created, disabled);
    }

    /// <summary>Its name.</summary>
    public string Id { get; }

    /// <summary>Where it is told.</summary>
    public Uri Address { get; }

    /// <summary>Of what it is told.</summary>
    public ImmutableArray<string> Events { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>When it was disabled; null while it is told.</summary>
    public DateTimeOffset? Disabled { get; }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex IdForm();
}
