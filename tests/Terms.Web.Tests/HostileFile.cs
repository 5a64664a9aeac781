using System.IO.Compression;

namespace Terms.Web.Tests;

/// <summary>Files that harm whoever reads them without care.</summary>
internal static class HostileFile
{
    /// <summary>What calls itself a Word file and grows to 200 MB when it is unpacked.</summary>
    public static byte[] Bomb()
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = archive.CreateEntry("word/document.xml", CompressionLevel.Optimal).Open();
            stream.Write(new byte[200 * 1024 * 1024]);
        }
        return memory.ToArray();
    }
}
