using Terms.Catalogue;

namespace Terms.Rendering;

/// <summary>Whose words a text shows.</summary>
public static class EditionNotice
{
    /// <summary>Stands wherever a restatement is shown.</summary>
    public const string Restatement = "A restatement, not the operator's official text.";

    /// <summary>Stands wherever the operator's own words are shown.</summary>
    public const string Official = "The operator's own words.";

    /// <summary>The notice that a version is shown with.</summary>
    public static string Of(AgreementVersion version) => version.Details.IsOfficial ? Official : Restatement;
}
