using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>The lasting thing of which texts are versions.</summary>
public sealed class Agreement
{
    internal Agreement(AgreementId id, YamlMap meta, ImmutableArray<AgreementVersion> versions)
    {
        Id = id;
        Title = meta.Text("title") ?? id.Value;
        IsContract = meta.OneOf("kind", ["contract", "rules"]) != "rules";
        Sites = [.. meta.Texts("sites")];
        Roles = [.. meta.Texts("roles")];
        Membership = meta.OptionalText("membership");
        Covers = [.. meta.Texts("covers")];
        Amendment = meta.OptionalText("amendment");
        Acceptance = meta.OptionalText("acceptance");
        HasOwnControl = meta.OneOf("control", ["own", "shared"], required: false) == "own";
        AcceptAgainAfterDays = ReadDays(meta);
        PrevailingLanguage = meta.OptionalText("prevailing-language");
        EndIsKnown = meta.OneOf("end", ["unknown"], required: false) is null;
        Withdrawn = meta.OptionalDate("withdrawn");
        Note = meta.OptionalText("note");
        Versions = versions;
        Check(meta);
        meta.Finish();
        foreach (var version in versions)
        {
            version.Agreement = this;
        }
    }

    /// <summary>Its name.</summary>
    public AgreementId Id { get; }

    /// <summary>Its position in <see cref="AgreementCatalogue.Agreements"/>.</summary>
    internal int Position { get; set; }

    /// <summary>Its title in English.</summary>
    public string Title { get; }

    /// <summary>True for a contract, false for a page of rules that a contract incorporates.</summary>
    public bool IsContract { get; }

    /// <summary>The sites it is for: <c>aliexpress</c>, <c>alibaba</c>, <c>easy-buy</c>.</summary>
    public ImmutableArray<string> Sites { get; }

    /// <summary>The roles it is for.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>The site where one has to be registered for it to apply; null if registration is not required.</summary>
    public string? Membership { get; }

    /// <summary>The subjects it regulates; two agreements on one subject can contradict each other about the party.</summary>
    public ImmutableArray<string> Covers { get; }

    /// <summary>How it is amended, in words.</summary>
    public string? Amendment { get; }

    /// <summary>How it is accepted, in words.</summary>
    public string? Acceptance { get; }

    /// <summary>Whether a form asks for it with a control of its own, rather than with one for all that share.</summary>
    public bool HasOwnControl { get; }

    /// <summary>After how many days, each of 24 hours, an acceptance has to be given again; null if it does not expire.</summary>
    public int? AcceptAgainAfterDays { get; }

    /// <summary>The language that prevails, as an IETF tag; null if no text says so.</summary>
    public string? PrevailingLanguage { get; }

    /// <summary>False if nobody says whether the last version still runs.</summary>
    public bool EndIsKnown { get; }

    /// <summary>The local day from which it is withdrawn without a successor; null if it is not.</summary>
    public DateOnly? Withdrawn { get; }

    /// <summary>An editor's note on the agreement as a whole.</summary>
    public string? Note { get; }

    /// <summary>Its versions, the undated one first, then by effective date.</summary>
    public ImmutableArray<AgreementVersion> Versions { get; }

    /// <summary>The version with a name, or null.</summary>
    public AgreementVersion? Version(string id) => Versions.FirstOrDefault(v => v.Id.Value == id);

    internal static readonly string[] KnownSites = ["aliexpress", "alibaba", "easy-buy"];
    internal static readonly string[] KnownRoles = ["visitor", "buyer", "seller", "buyer-and-seller"];

    private static int? ReadDays(YamlMap meta)
    {
        var days = meta.OptionalWhole("accept-again-after-days");
        if (days == 0)
        {
            meta.Problem("`accept-again-after-days: 0` would ask for ever", "Write a number of days from 1 on, or remove the line.", "accept-again-after-days");
        }
        return days;
    }

    private void Check(YamlMap meta)
    {
        foreach (var (key, values, known) in new[] { ("sites", Sites, KnownSites), ("roles", Roles, KnownRoles), ("membership", [.. meta.Texts("membership")], KnownSites) })
        {
            if (values.IsEmpty && key != "membership")
            {
                meta.Problem($"`{key}` is missing", $"Add `{key}: [{string.Join(", ", known)}]`, or some of these.");
            }
            foreach (var value in values.Where(v => !known.Contains(v)))
            {
                meta.Problem($"`{value}` in `{key}` is not known", $"Use: {string.Join(", ", known)}.", key);
            }
        }
    }
}
