using System.Text.RegularExpressions;

namespace Terms.Web.Editing;

/// <summary>Where somebody is led after they have signed in: a page of the workbench, never another site.</summary>
internal static partial class LocalAddress
{
    /// <summary>The board.</summary>
    public const string Board = "/workbench";

    private const int Longest = 500;

    /// <summary>The address if it is a page of the workbench in plain characters, else the board.</summary>
    public static string Of(string? address) => address is { Length: <= Longest } && Page().IsMatch(address) ? address : Board;

    [GeneratedRegex(@"^/(?:workbench|audit)(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*(?:\?[A-Za-z0-9=&%._~+:-]*)?\z")]
    private static partial Regex Page();
}
