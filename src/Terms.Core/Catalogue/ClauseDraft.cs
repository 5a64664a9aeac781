namespace Terms.Catalogue;

/// <summary>A clause while the text is read.</summary>
internal sealed class ClauseDraft(ClauseLabel label, string? heading, int line)
{
    public ClauseLabel Label { get; } = label;
    public string? Heading { get; set; } = heading;
    public string Markdown { get; set; } = "";
    public int Line { get; } = line;

    /// <summary>How many paragraphs it has so far.</summary>
    public int Paragraphs { get; set; }

    public List<string> Notes { get; } = [];
    public List<ClauseDraft> Children { get; } = [];

    public Clause Build() =>
        new(Label, Heading, Markdown, TermsMarkdown.PlainText(TermsMarkdown.FootnoteMark().Replace(Markdown, "")), [.. Notes], [.. Children.Select(c => c.Build())], Line);
}
