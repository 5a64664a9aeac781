using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>What stands at the head of a file about its text.</summary>
internal static partial class FrontMatter
{
    /// <summary>The title that the head of the file gives.</summary>
    public const string Title = "title";

    /// <summary>The title of a page, which often names the site too.</summary>
    public const string PageTitle = "page title";

    private const int MostLines = 200;

    [GeneratedRegex(@"^([A-Za-z][\w -]{0,40}):\s*(.*)$")]
    private static partial Regex Key();

    /// <summary>Takes the YAML between two lines <c>---</c> off the head of a Markdown file.</summary>
    /// <param name="lines">The lines of the file; those taken off become empty.</param>
    /// <returns>One block for each line.</returns>
    public static List<Block> Take(string[] lines)
    {
        var about = new List<Block>();
        var end = lines.Length > 2 && lines[0].TrimEnd() == "---" ? Array.FindIndex(lines, 1, Math.Min(lines.Length - 1, MostLines), l => l.TrimEnd() is "---" or "...") : -1;
        if (end < 2 || !lines[1..end].All(IsYaml) || !lines[1..end].Any(Key().IsMatch))
        {
            return about;
        }
        for (var i = 1; i < end; i++)
        {
            var key = Key().Match(lines[i]);
            var isTitle = key.Success && key.Groups[1].Value.Equals(Title, StringComparison.OrdinalIgnoreCase);
            var words = isTitle ? key.Groups[2].Value.Trim().Trim('"', '\'') : lines[i].Trim().Replace('_', ' ');
            about.Add(new Block(BlockKind.About, InlineMarkdown.Escape(words), i + 1, Number: isTitle ? Title : "front matter"));
        }
        Array.Fill(lines, "", 0, end + 1);
        return about;
    }

    private static bool IsYaml(string line) => line.Trim().Length == 0 || char.IsWhiteSpace(line[0]) || line[0] is '#' or '-' || Key().IsMatch(line);
}
