namespace Terms.Verifier.Receipts;

/// <summary>How a check ended.</summary>
public enum CheckOutcome
{
    /// <summary>What was checked holds.</summary>
    Passed,

    /// <summary>What was checked does not hold.</summary>
    Failed,

    /// <summary>It was not checked, because an earlier check failed that it rests on.</summary>
    NotDone,
}

/// <summary>One thing that was checked about a receipt.</summary>
/// <param name="Name">What was checked, in one word: <c>form</c>, <c>record</c>, <c>id</c>, <c>inclusion</c>, <c>checkpoint</c>, <c>signature</c>, <c>key</c>, <c>shown</c>, <c>details</c>, <c>instants</c>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Words">What was found, in a sentence.</param>
public sealed record VerificationCheck(string Name, CheckOutcome Outcome, string Words);
