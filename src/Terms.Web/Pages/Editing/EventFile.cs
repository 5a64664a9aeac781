using System.Buffers;
using System.Globalization;
using System.Text;
using Terms.Catalogue;
using Terms.Storage;

namespace Terms.Web.Pages.Editing;

/// <summary>Events as a file, the oldest first, written as they are read.</summary>
internal sealed class EventFile(WorkbenchEvents stored, EventFilter filter, Func<LoggedEvent, string> line)
{
    private const int AtOnce = 500;
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n;'");

    /// <summary>The first line of a table.</summary>
    private const string Head = "number,at,who,event,draft,agreement,about,particulars\r\n";

    /// <summary>
    /// An event as a line of a table (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it: words of people stand here, and a table is opened by others.
    /// </summary>
    public static string Csv(LoggedEvent logged) => string.Join(',', new[]
    {
        logged.Number.ToString(CultureInfo.InvariantCulture), logged.At.ToRfc3339(), logged.Who, logged.Kind, logged.Draft ?? "", logged.Agreement ?? "", EventWords.About(logged) ?? "", EventWords.Particulars(logged),
    }.Select(Cell)) + "\r\n";

    /// <summary>An event as a line of JSON: its number and agreement, and the event as it is kept.</summary>
    public static string JsonLines(LoggedEvent logged) =>
        $"{{\"agreement\":{(logged.Agreement is { } agreement ? $"\"{agreement}\"" : "null")},\"event\":{Encoding.UTF8.GetString(logged.Json.Span)},\"number\":\"{logged.Number.ToString(CultureInfo.InvariantCulture)}\"}}\n";

    /// <summary>Writes the file.</summary>
    public async Task WriteTo(Stream stream)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: line == Csv), leaveOpen: true); // Spreadsheets know UTF-8 by its mark.
        if (line == Csv)
        {
            await writer.WriteAsync(Head);
        }
        for (var after = 0L; ;)
        {
            var some = stored.After(filter, after, AtOnce);
            foreach (var logged in some)
            {
                await writer.WriteAsync(line(logged));
            }
            if (some.Count < AtOnce)
            {
                return;
            }
            after = some[^1].Number;
        }
    }

    private static string Cell(string text)
    {
        var safe = text.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || text is ['\t' or '\r' or '\n', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(Quoted) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
