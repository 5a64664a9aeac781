namespace Terms.Catalogue;

/// <summary>That a version was taken back before it took effect. It is never in force; its words stay where they are.</summary>
/// <param name="At">When it was taken back.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Why">Why.</param>
public sealed record Withdrawal(DateTimeOffset At, string Who, string Why)
{
    /// <summary>The key of <c>version.yaml</c>.</summary>
    internal const string Key = "withdrawn";

    /// <summary>The words of a <c>version.yaml</c> with this on top.</summary>
    public string On(string versionYaml) =>
        $"{Key}: {{ at: {At.ToRfc3339()}, who: {YamlScalars.Quoted(Who)}, why: {YamlScalars.Quoted(Why)} }}\n{versionYaml}";
}
