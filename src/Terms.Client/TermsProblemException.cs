using System.Net;

namespace Terms.Client;

/// <summary>The terms service answered with a problem (RFC 9457).</summary>
public sealed class TermsProblemException : Exception
{
    internal TermsProblemException(HttpStatusCode status, string type, string detail, string? reason, TimeSpan? retryAfter)
        : base($"{type} ({(int)status}): {detail}")
    {
        (Status, Type, Detail, Reason, RetryAfter) = (status, type, detail, reason, retryAfter);
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The last part of the problem's type, such as <c>stale-presentation</c>; <c>unreadable</c> if the answer was none that the service gives.</summary>
    public string Type { get; }

    /// <summary>What is wrong and what to send instead.</summary>
    public string Detail { get; }

    /// <summary>Of a stale presentation: <c>late</c>, <c>changed</c> or <c>used</c>; else null.</summary>
    public string? Reason { get; }

    /// <summary>How long to wait before the next try, if the service said so.</summary>
    public TimeSpan? RetryAfter { get; }
}
