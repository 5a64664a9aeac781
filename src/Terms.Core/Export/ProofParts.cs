using System.IO.Compression;
using System.Xml;

namespace Terms.Export;

/// <summary>Opens the parts of a redline that hold its text, for the proof.</summary>
internal static class ProofParts
{
    /// <summary>The namespace of WordprocessingML.</summary>
    public const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>Reads a redline once, as it is after all changes are accepted and after all are rejected.</summary>
    /// <exception cref="RedlineException">It cannot be read, or holds what nobody has accounted for.</exception>
    public static ProofReading Read(byte[] file)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            using var numbering = Open(zip, "word/numbering.xml");
            var reading = new ProofReading(ProofNumbering.Read(numbering));
            using (var footnotes = Open(zip, "word/footnotes.xml"))
            {
                reading.ReadFootnotes(footnotes);
            }
            using var document = Open(zip, "word/document.xml") ?? throw new RedlineException("The file has no word/document.xml.");
            reading.ReadDocument(document);
            return reading;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            throw new RedlineException($"The file cannot be read: {e.Message}");
        }
    }

    private static XmlReader? Open(ZipArchive zip, string name)
    {
        if (zip.GetEntry(name) is not { } entry)
        {
            return null;
        }
        // A name that the table knows is compared by reference.
        var names = new NameTable();
        names.Add(W);
        return XmlReader.Create(entry.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, NameTable = names });
    }
}
