using System.Diagnostics;
using System.Globalization;
using System.Text;
using Terms.Storage;

// A process that the tests can kill, starve or run as somebody else. It records with many writers at once and prints a line for each acceptance once it has
// been acknowledged; the first failure is printed and ends it with status 3.
var folders = new StoreFolders(args[0]);
var (writers, first) = (int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
var at = DateTimeOffset.Parse(args[3], CultureInfo.InvariantCulture);
var start = Stopwatch.GetTimestamp();
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
try
{
    await using var store = Store.Open(folders, at);
    output.WriteLine("open");
    await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        for (var number = 0; Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2); number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{first}-{writer}-{number}");
            var recording = new Recording(Encoding.UTF8.GetBytes($$"""{"subject":"{{name}}","text":"{{new string('x', 500)}}"}"""), name, at, name, name);
            var entry = ((Recorded.Added)await store.Record(recording)).Entry;
            lock (output)
            {
                output.WriteLine($"{name} {entry.Id}");
            }
        }
    })));
}
catch (StoreException e)
{
    lock (output)
    {
        output.WriteLine($"failed {e.Message}");
    }
    return 3;
}
return 0;
