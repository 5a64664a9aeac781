namespace Terms.Web;

/// <summary>Names the words of the interface: <c>Resources/Wording.resx</c> in English, one more file for each other language.</summary>
public sealed class Wording;
