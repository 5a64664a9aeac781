using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Terms.Import;

/// <summary>The parts of a Word file, unpacked within bounds: what a header says of sizes is not believed.</summary>
internal sealed class WordPackage
{
    private const int MaximumPart = 24 * 1024 * 1024;
    private const int MaximumTotal = 40 * 1024 * 1024;
    private const int MaximumRatio = 100;
    private const int MaximumEntries = 4000;
    private const int MaximumDepth = 200;
    private const int MaximumNodes = 1_000_000;

    private readonly string name;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);
    private long total;

    private WordPackage(string name) => this.name = name;

    /// <summary>The names of the parts.</summary>
    public IEnumerable<string> Parts => entries.Keys;

    /// <summary>Opens a package; entries whose names lead out of it are refused.</summary>
    public static WordPackage Open(string name, ZipArchive archive)
    {
        var package = new WordPackage(name);
        if (archive.Entries.Count > MaximumEntries)
        {
            throw new ImportRefusedException($"{name} holds more than {MaximumEntries} parts, which no Word file does.");
        }
        foreach (var entry in archive.Entries)
        {
            var path = entry.FullName.Replace('\\', '/');
            if (path.StartsWith('/') || path.Contains(':') || path.Split('/').Contains(".."))
            {
                throw new ImportRefusedException($"{name} holds a part with the name `{entry.FullName}`, which leads out of it.");
            }
            if (!package.entries.TryAdd(path, entry))
            {
                throw new ImportRefusedException($"{name} holds the part {path} twice.");
            }
        }
        return package;
    }

    /// <summary>A part as XML, or null if it is not there.</summary>
    /// <exception cref="ImportRefusedException">The part is too large, packed too tightly, nested too deeply, declares entities or is broken.</exception>
    public XDocument? Read(string path)
    {
        if (!entries.TryGetValue(path, out var entry))
        {
            return null;
        }
        try
        {
            using var unpacked = Unpack(entry, path);
            RefuseOverlarge(unpacked, path);
            unpacked.Position = 0;
            using var reader = XmlReader.Create(unpacked, Settings());
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or EndOfStreamException or IOException)
        {
            throw new ImportRefusedException(e is XmlException && e.Message.Contains("DTD", StringComparison.Ordinal)
                ? $"{name} declares entities in {path}, which no Word file does."
                : $"{name} is broken in {path}: {e.Message}");
        }
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaximumPart, IgnoreComments = true, IgnoreProcessingInstructions = true,
    };

    private MemoryStream Unpack(ZipArchiveEntry entry, string path)
    {
        var unpacked = new MemoryStream();
        using var packed = entry.Open();
        var buffer = new byte[81920];
        for (int read; (read = packed.Read(buffer, 0, buffer.Length)) > 0;)
        {
            total += read;
            unpacked.Write(buffer, 0, read);
            if (unpacked.Length > MaximumPart || total > MaximumTotal)
            {
                throw new ImportRefusedException($"{name} unpacks to more than {MaximumPart / 1024 / 1024} MB in {path}. No agreement is that large.");
            }
            if (unpacked.Length > 2 * 1024 * 1024 && unpacked.Length > Math.Max(entry.CompressedLength, 1) * MaximumRatio)
            {
                throw new ImportRefusedException($"{name} is packed more than {MaximumRatio} to 1 in {path}, as zip bombs are.");
            }
        }
        unpacked.Position = 0;
        return unpacked;
    }

    private void RefuseOverlarge(Stream part, string path)
    {
        using var reader = XmlReader.Create(part, Settings());
        for (var nodes = 0; reader.Read();)
        {
            nodes += 1 + reader.AttributeCount;
            if (nodes > MaximumNodes)
            {
                throw new ImportRefusedException($"{name} holds more than {MaximumNodes / 1_000_000} million elements in {path}. No agreement is that large.");
            }
            if (reader.Depth > MaximumDepth)
            {
                throw new ImportRefusedException($"{name} nests the elements of {path} more than {MaximumDepth} deep, which no Word file does.");
            }
        }
    }
}
