using System.Collections.Immutable;
using System.Text.Json;

namespace Terms.Acceptance;

/// <summary>
/// What a form showed: the sentences and the buttons, the versions, the answer, and the digest of the HTML. Texts only, without subject and without instant, so that
/// what many readers saw is kept once.
/// </summary>
public sealed class Shown
{
    /// <summary>The format.</summary>
    public const string Schema = "terms-shown/1";

    private readonly byte[] bytes;

    /// <summary>Checks that it is whole, and that each sentence names the button's words.</summary>
    /// <param name="act">What the button does: <see cref="AcceptanceKind.Agree"/> or <see cref="AcceptanceKind.Acknowledge"/>.</param>
    /// <param name="language">The language of sentences and buttons.</param>
    /// <param name="surface">Where it was shown, as the service names it.</param>
    /// <param name="agreements">The versions, in the order in which they were shown.</param>
    /// <param name="controls">The controls to tick, each with its sentence; together they cover every agreement once.</param>
    /// <param name="button">The words of the button that agrees.</param>
    /// <param name="decline">The words of the button that declines.</param>
    /// <param name="answer">The resolved answer.</param>
    /// <param name="html">The digest of the HTML that was sent.</param>
    /// <exception cref="ArgumentException">Something is missing or malformed, or a sentence does not name the button's words.</exception>
    public Shown(
        AcceptanceKind act, string language, string surface, ImmutableArray<ShownVersion> agreements, ImmutableArray<ShownControl> controls, string button, string decline,
        ResolvedAnswer answer, string html)
    {
        Act = act is AcceptanceKind.Agree or AcceptanceKind.Acknowledge ? act : throw new ArgumentException("A form asks to agree or to acknowledge.");
        Language = PlainText.Checked(language, 35, "language");
        Surface = PlainText.Checked(surface, 100, "surface");
        Agreements = agreements.IsDefaultOrEmpty ? throw new ArgumentException("A form shows at least one agreement.") : agreements;
        Controls = controls;
        Button = PlainText.Checked(button, 100, "button");
        Decline = PlainText.Checked(decline, 100, "decline");
        Answer = answer;
        Html = PlainText.Digest(html, "html");
        if (controls.FirstOrDefault(c => !c.Sentence.Contains(button, StringComparison.Ordinal)) is { } silent)
        {
            throw new ArgumentException($"The sentence “{silent.Sentence}” does not name the words of the button, “{button}”. Put them into the sentence.");
        }
        if (!controls.SelectMany(c => c.Agreements).Order(StringComparer.Ordinal).SequenceEqual(agreements.Select(a => a.Version.Agreement).Order(StringComparer.Ordinal)))
        {
            throw new ArgumentException("The controls have to cover every agreement once.");
        }
        bytes = Write();
        Digest = Digests.Of(bytes);
    }

    /// <summary>What the button does.</summary>
    public AcceptanceKind Act { get; }

    /// <summary>The language of sentences and buttons.</summary>
    public string Language { get; }

    /// <summary>Where it was shown.</summary>
    public string Surface { get; }

    /// <summary>The versions, in the order in which they were shown.</summary>
    public ImmutableArray<ShownVersion> Agreements { get; }

    /// <summary>The controls to tick.</summary>
    public ImmutableArray<ShownControl> Controls { get; }

    /// <summary>The words of the button that agrees.</summary>
    public string Button { get; }

    /// <summary>The words of the button that declines.</summary>
    public string Decline { get; }

    /// <summary>The resolved answer.</summary>
    public ResolvedAnswer Answer { get; }

    /// <summary>The digest of the HTML that was sent.</summary>
    public string Html { get; }

    /// <summary>The canonical bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The digest of the canonical bytes; tokens and records cite it.</summary>
    public string Digest { get; }

    /// <summary>The digest of the HTML that bytes of this format name.</summary>
    /// <exception cref="FormatException">They are not of this format.</exception>
    public static string HtmlOf(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return PlainText.Digest(json.RootElement.GetProperty("html").GetString(), "html");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The bytes are no {Schema}: {wrong.Message}", wrong);
        }
    }

    private byte[] Write()
    {
        var json = new CanonicalWriter().Object().Member("act", Act.Word()).List("agreements");
        foreach (var a in Agreements)
        {
            json.Object().Member("agreement", a.Version.Agreement).Member("edition", a.Edition).Member("language", a.Version.Language).Member("rendering", a.Version.Rendering)
                .Member("since", a.Since).Member("textDigest", a.Version.TextDigest).Member("title", a.Title).Member("version", a.Version.Version).EndObject();
        }
        json.EndList().Raw("answer", Answer.Bytes.Span).Member("answerDigest", Answer.Digest).Member("button", Button).List("controls");
        foreach (var c in Controls)
        {
            json.Object().Member("agreements", c.Agreements).Member("name", c.Name).Member("sentence", c.Sentence).EndObject();
        }
        return json.EndList().Member("decline", Decline).Member("html", Html).Member("language", Language).Member("schema", Schema).Member("surface", Surface).EndObject().ToArray();
    }
}

/// <summary>A version as it was shown.</summary>
/// <param name="Version">Agreement, version, digest, language and rendering of the text.</param>
/// <param name="Title">The title that was shown.</param>
/// <param name="Edition"><c>official</c> or <c>restatement</c>.</param>
/// <param name="Since">The version that the subject had accepted before, from which the form told the changes; null if there was none.</param>
public sealed record ShownVersion(AcceptedVersion Version, string Title, string Edition, string? Since);

/// <summary>A control to tick, with the sentence that is its label.</summary>
/// <param name="Name">Its name in the form: that of its agreement, or <c>all</c>.</param>
/// <param name="Sentence">The sentence; it names the words of the button.</param>
/// <param name="Agreements">The agreements that it is for.</param>
public sealed record ShownControl(string Name, string Sentence, ImmutableArray<string> Agreements);
