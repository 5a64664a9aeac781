using System.CommandLine;
using Terms.Storage;

namespace Terms.Cli;

/// <summary>The folders of the store that a command works on.</summary>
internal sealed class DataFolder
{
    private readonly Option<string> data = new("--data") { Description = "The data folder of the store (the server's setting Terms:Data).", Required = true };
    private readonly Option<string?> keys = new("--keys") { Description = "The folder of its keys (Terms:Keys). Default: the folder `keys` in the data folder." };

    public void AddTo(Command command)
    {
        command.Add(data);
        command.Add(keys);
    }

    public StoreFolders Of(ParseResult parsed)
    {
        var folder = Path.GetFullPath(parsed.GetRequiredValue(data));
        return parsed.GetValue(keys) is { } given ? new StoreFolders(folder, Path.GetFullPath(given)) : new StoreFolders(folder);
    }
}
