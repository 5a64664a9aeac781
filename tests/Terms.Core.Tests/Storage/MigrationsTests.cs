using System.Globalization;
using Terms.Catalogue;
using Terms.Storage;

namespace Terms.Tests.Storage;

/// <summary>Ledgers of earlier programs. What a migration does with what is in them is tested where that is.</summary>
public sealed class MigrationsTests
{
    private static readonly DateTimeOffset Later = StoreFolder.Now.AddDays(1);

    [Fact]
    public async Task A_ledger_of_any_earlier_shape_is_migrated_when_it_is_opened_and_never_again()
    {
        using var created = new StoreFolder();
        var (shape, newest) = (Shape(created), Migrated(created).Count);
        Assert.Equal(Enumerable.Range(1, newest).Select(n => Line(n, StoreFolder.Now)), Migrated(created));

        foreach (var known in Enumerable.Range(1, newest - 1))
        {
            using var folder = OfShape(known);
            Assert.Equal(known, Migrated(folder).Count);

            await folder.Open(at: Later).DisposeAsync();
            Assert.Equal(Enumerable.Range(1, newest).Select(n => Line(n, n <= known ? StoreFolder.Now : Later)), Migrated(folder));
            Assert.Equal(shape, Shape(folder));
            var content = Content(folder);

            await folder.Open(at: Later.AddDays(1)).DisposeAsync();
            Assert.Equal(content, Content(folder));
            Assert.Equal(shape, Shape(folder));
        }
    }

    /// <summary>A new store whose ledger was made by a program that knew so many shapes.</summary>
    private static StoreFolder OfShape(int known)
    {
        var folder = new StoreFolder();
        var made = folder.Ledger + ".made";
        File.Move(folder.Ledger, made);
        using var database = Database.Create(folder.Ledger);
        Migrations.Run(database, StoreFolder.Now, known);
        database.Execute($"ATTACH '{made}' AS made");
        foreach (var table in database.Statement("SELECT name FROM made.sqlite_master WHERE type = 'table' AND name <> 'migrations' INTERSECT SELECT name FROM main.sqlite_master").All(r => r.Text(0)))
        {
            database.Execute($"INSERT OR REPLACE INTO main.{table} SELECT * FROM made.{table}");
        }
        return folder;
    }

    private static string Line(int number, DateTimeOffset applied) => string.Create(CultureInfo.InvariantCulture, $"{number} {applied.ToRfc3339()}");

    private static List<string> Migrated(StoreFolder folder) => Read(folder, "SELECT number || ' ' || applied FROM migrations ORDER BY number");

    private static List<string> Shape(StoreFolder folder) => Read(folder, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name");

    /// <summary>Every row of every table.</summary>
    private static List<string> Content(StoreFolder folder) =>
    [
        .. Read(folder, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").SelectMany(table =>
            Read(folder, $"SELECT '{table}: ' || {string.Join(" || ', ' || ", Read(folder, $"SELECT 'quote(' || name || ')' FROM pragma_table_info('{table}')"))} FROM {table}")),
    ];

    private static List<string> Read(StoreFolder folder, string sql)
    {
        using var database = Database.OpenToRead(folder.Ledger);
        return [.. database.Statement(sql).All(r => r.Text(0))];
    }
}
