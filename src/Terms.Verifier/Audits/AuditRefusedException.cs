namespace Terms.Verifier.Audits;

/// <summary>An audit cannot begin, or has to be begun again; the message says why and what to do.</summary>
public sealed class AuditRefusedException : Exception
{
    internal AuditRefusedException(string message)
        : base(message)
    {
    }
}
