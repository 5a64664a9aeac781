using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Storage;
using Publication = Terms.Acceptance.Publication;

// A process that the tests can kill, starve or run as somebody else. It records with many writers at once and prints a line for each acceptance once it has
// been acknowledged, and for each version that it has published beside them; the first failure is printed and ends it with status 3.
var folders = new StoreFolders(args[0]);
var (writers, first) = (int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
var at = DateTimeOffset.Parse(args[3], CultureInfo.InvariantCulture);
var publications = int.Parse(args[4], CultureInfo.InvariantCulture);
var start = Stopwatch.GetTimestamp();
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
try
{
    // Small, so that lookups are merged and the write-ahead log is moved within the thousands of acceptances of one storm.
    await using var store = Store.Open(folders, at, new StoreLimits { LeastToFreeze = 2048, LogPages = 256 });
    output.WriteLine("open");
    var publisher = publications == 0 ? Task.CompletedTask : Task.Run(async () =>
    {
        for (var number = publications; Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2); number++)
        {
            var day = new DateOnly(2030, 1, 1).AddDays(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var files = ContentFiles.Empty.With("version.yaml", $"effective: {day}\n").With("terms.en.md", $"# {day}\n\n{new string('x', 20_000)}\n");
            var version = new PublishedVersion($"draft-{number}", Digest.Of(day), new AgreementId("storm"), new VersionId(day), files);
            var leaf = new Publication("storm", day, Digest.Of(day).Value, null, day, "official", at);
            var beside = new FurtherWrite(64, database =>
            {
                database.Statement("INSERT INTO shown(digest, media, content) VALUES (?, 'text/plain', x'')").Bind(1, version.Path).Run();
                return null;
            });
            if (await store.Versions.Publish(version, leaf, [beside]) is { } refusal)
            {
                throw new StoreException(refusal);
            }
            lock (output)
            {
                output.WriteLine($"published {version.Path}");
            }
        }
    });
    await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
    {
        for (var number = 0; Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2); number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{first}-{writer}-{number}");
            var recording = new Recording(Encoding.UTF8.GetBytes($$"""{"subject":"{{name}}","text":"{{new string('x', 500)}}"}"""), name, at, name, SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            var entry = ((Recorded.Added)await store.Record(recording)).Entry;
            lock (output)
            {
                output.WriteLine($"{name} {entry.Id}");
            }
        }
    })).Append(publisher));
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
