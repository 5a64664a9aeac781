namespace Terms.Verifier.Audits;

/// <summary>What several kinds of findings mean alike.</summary>
internal static class Meanings
{
    public const string Record = "It was not written by this system, or it was changed afterwards.";
    public const string CutOff = "Records at the end were taken away, or an older copy was put in the place of this one.";
    public const string Order = "The clock ran backwards, or records were put in another order.";
}
