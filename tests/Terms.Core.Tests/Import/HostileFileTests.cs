using System.IO.Compression;
using System.Text;
using Terms.Import;
using static Terms.Tests.Import.WordFile;

namespace Terms.Tests.Import;

/// <summary>What is no agreement is refused with words, within bounded memory and time.</summary>
public sealed class HostileFileTests
{
    /// <summary>No measure of speed: a reader that goes through such a file again and again would need hours.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void A_hundred_megabytes_of_text_are_refused_unread() =>
        Refused("larger than", () => DocumentImporter.Import("a.txt", new EndlessStream(100L * 1024 * 1024)));

    [Fact]
    public void More_text_than_any_agreement_has_is_refused() => Refused("more text", "a.md", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Words and words and more words.\n\n", 300_000))));

    [Fact]
    public void A_zip_bomb_is_refused_while_it_is_unpacked() =>
        Refused("packed more than", "a.docx", WithBody(P(new string('a', 20_000_000))).Bytes());

    [Fact]
    public void A_part_that_unpacks_to_too_much_is_refused()
    {
        var random = new Random(1);
        var text = string.Create(26_000_000, random, (span, r) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = (char)('a' + r.Next(26) % (i % 40 == 0 ? 26 : 2));
            }
        });
        Refused("unpacks to more than", "a.docx", WithBody(P(text)).Bytes());
    }

    [Fact]
    public void Entities_in_a_Word_file_are_refused() =>
        Refused("declares entities", "a.docx", WithBody("").With("word/document.xml", "<!DOCTYPE w [<!ENTITY a \"b\">]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>").Bytes());

    [Fact]
    public void Entities_in_a_page_are_refused() => Refused("entities", "a.html", "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x;</p>"u8.ToArray());

    [Fact]
    public void Deeply_nested_elements_of_a_Word_file_are_refused() =>
        Refused("deep", "a.docx", WithBody(string.Concat(Enumerable.Repeat("<w:sdt><w:sdtContent>", 5000)) + string.Concat(Enumerable.Repeat("</w:sdtContent></w:sdt>", 5000))).Bytes());

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ol><li>")]
    public void Deeply_nested_elements_of_a_page_are_refused(string tag) => Refused("nests", "a.html", Encoding.UTF8.GetBytes("<html>" + string.Concat(Enumerable.Repeat(tag, 100_000)) + "x"));

    [Fact]
    public void Formatting_that_every_paragraph_opens_anew_is_refused() =>
        Refused("nests", "a.html", Encoding.UTF8.GetBytes("<html><p>" + string.Concat(Enumerable.Range(0, 300).Select(i => $"<b a={i}>")) + string.Concat(Enumerable.Repeat("<p>x", 200_000))));

    [Theory]
    [InlineData(5)]
    [InlineData(200)]
    [InlineData(700)]
    public void A_truncated_Word_file_is_refused(int bytes) => Refused("", "a.docx", WithBody(P("Some words")).Bytes()[..bytes]);

    [Fact]
    public void A_damaged_Word_file_is_refused()
    {
        var damaged = WithBody(P(string.Concat(Enumerable.Range(0, 500).Select(i => $"word {i} ")))).Bytes();
        for (var i = 600; i < damaged.Length - 400; i += 7)
        {
            damaged[i] ^= 0x5A;
        }
        Refused("", "a.docx", damaged);
    }

    [Fact]
    public void A_part_whose_name_leads_out_is_refused() => Refused("leads out", "a.docx", WithBody(P("Some words")).With("../../evil.xml", "<a/>").Bytes());

    [Fact]
    public void A_zip_that_is_no_Word_file_is_refused()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("readme.txt");
        }
        Refused("no Word file", "a.docx", memory.ToArray());
    }

    [Fact]
    public void Binary_garbage_is_refused()
    {
        var garbage = new byte[100_000];
        new Random(7).NextBytes(garbage);
        Refused("not text", "a.txt", garbage);
        Refused("not", "a.html", garbage);
        Refused("", "a.docx", [.. "PK\u0003\u0004"u8, .. garbage]);
    }

    [Theory]
    [InlineData("%PDF-1.7\n", "PDF")]
    [InlineData("{\\rtf1 x}", "rich text")]
    [InlineData("", "no text")]
    [InlineData("   \n\n \n", "no text")]
    public void Other_formats_and_empty_files_are_refused_by_name(string text, string words) => Refused(words, "a.txt", Encoding.Latin1.GetBytes(text));

    [Fact]
    public void An_old_Word_file_is_refused_by_name() => Refused("old Word file", "a.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);

    [Fact]
    public void Text_that_is_not_UTF_8_and_declares_nothing_is_refused() => Refused("not UTF-8", "a.txt", [0x41, 0xE4, 0x20, 0x42]);

    [Fact]
    public void A_zip_of_very_many_small_parts_is_refused()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 60_000; i++)
            {
                zip.CreateEntry($"word/header{i}.xml");
            }
        }
        Refused("holds more than 4000 parts", "a.docx", memory.ToArray());
    }

    [Fact]
    public void Parts_that_share_their_bytes_are_unpacked_within_the_same_bounds()
    {
        // Every entry of the directory points to one and the same packed part.
        var bomb = WithBody("").With("word/header1.xml", "<w:hdr>" + string.Concat(Enumerable.Range(0, 150_000).Select(i => $"<w:p a='{i * 7919 % 100_003}'/>")) + "</w:hdr>");
        for (var i = 2; i < 40; i++)
        {
            bomb.With($"word/header{i:00}.xml", "x");
        }
        var bytes = bomb.Bytes();
        var first = 0;
        for (var at = bytes.Length - 4; at >= 0; at--)
        {
            if (bytes.AsSpan(at).StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 1, 2]) && Encoding.ASCII.GetString(bytes, at + 46, BitConverter.ToUInt16(bytes, at + 28)) == "word/header1.xml")
            {
                first = at;
            }
        }
        for (var at = 0; at < bytes.Length - 46; at++)
        {
            if (bytes.AsSpan(at).StartsWith((ReadOnlySpan<byte>)[0x50, 0x4B, 1, 2]) && Encoding.ASCII.GetString(bytes, at + 46, BitConverter.ToUInt16(bytes, at + 28)).StartsWith("word/header", StringComparison.Ordinal))
            {
                bytes.AsSpan(first + 16, 12).CopyTo(bytes.AsSpan(at + 16));
                bytes.AsSpan(first + 42, 4).CopyTo(bytes.AsSpan(at + 42));
            }
        }
        Refused("", "a.docx", bytes);
    }

    [Fact]
    public void A_part_with_more_elements_than_any_agreement_is_refused() =>
        Refused("million elements", "a.docx", WithBody(string.Concat(Enumerable.Range(0, 400_000).Select(i => $"<w:p a='{i * 7919 % 100_003}' b='{i}'/>"))).Bytes());

    [Fact]
    public void A_file_in_the_strict_form_is_refused_by_name() =>
        Refused("strict form", "a.docx", WithBody("").With("word/document.xml", "<document xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"/>").Bytes());

    [Fact]
    public void A_huge_attribute_is_refused() =>
        Refused("", "a.docx", WithBody("").With("word/document.xml", $"<w:document xmlns:w=\"x\" a=\"{new string('a', 25_000_000)}\"/>").Bytes());

    [Theory]
    [InlineData("<div a=\"</div>\">")]
    [InlineData("<div a='>'>")]
    [InlineData("<div\n\"a>")]
    public void Nesting_that_hides_in_attributes_is_refused(string tag) => Refused("nests", "a.html", Encoding.UTF8.GetBytes("<html>" + string.Concat(Enumerable.Repeat(tag, 100_000)) + "x"));

    [Theory]
    [InlineData("<b>x</b>")]
    [InlineData("<a href=\"#n\"><sup>1</sup></a>")]
    [InlineData("<td>x")]
    [InlineData("<a \"")]
    [InlineData("<a href='")]
    [InlineData("<!--")]
    [InlineData("<i id=n1>1</i>")]
    [InlineData("<li><p>1. x")]
    public void Pages_of_one_thing_over_and_over_are_read_or_refused_in_bounded_time(string piece) =>
        Bounded(() => DocumentImporter.Import("a.html", Encoding.UTF8.GetBytes("<html><table><tr><p>" + string.Concat(Enumerable.Repeat(piece, 1_500_000 / piece.Length)))));

    [Theory]
    [InlineData("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>HYPERLINK \"http://x.example\"</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t>x</w:t></w:r>", "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")]
    [InlineData("<w:r><w:fldChar w:fldCharType=\"begin\"/><w:t>x</w:t></w:r>", "")]
    public void Fields_inside_fields_are_read_or_refused_in_bounded_time(string begin, string end)
    {
        var random = new Random(3);
        var noise = string.Concat(Enumerable.Range(0, 60_000).Select(_ => $"<w:r><w:t>{random.Next()}</w:t></w:r>"));
        Bounded(() => DocumentImporter.Import("a.docx", WithBody("<w:p>" + noise + string.Concat(Enumerable.Repeat(begin, 40_000)) + string.Concat(Enumerable.Repeat(end, 40_000)) + "</w:p>").Bytes()));
    }

    [Theory]
    [InlineData("{0}. Words\n\n")]
    [InlineData("1.{0} Words\n\n")]
    [InlineData("({0}) words\n\n")]
    [InlineData("(a) words {0}\n\n")]
    [InlineData("Article {0}\n\n")]
    [InlineData("# Title {0}\n\n1. One\n\n")]
    [InlineData("[^{0}]: words\n\n")]
    [InlineData("words[^{0}]\n\n[^{0}]: words\n\n")]
    [InlineData("[^(({0}]: words\n\n")]
    [InlineData("| {0} | words |\n")]
    [InlineData("Part A: new version effective {0} May 2020\n\n1. One\n\n")]
    public void A_text_of_very_many_clauses_is_read_or_refused_in_bounded_time(string clause)
    {
        var text = new StringBuilder("# Endless\n\n");
        for (var i = 1; i < 40_000; i++)
        {
            text.Append(string.Format(System.Globalization.CultureInfo.InvariantCulture, clause, i));
        }
        Bounded(() => DocumentImporter.Import("a.md", Encoding.UTF8.GetBytes(text.ToString())));
    }

    [Fact]
    public void A_million_clauses_are_refused() => Refused("more text", "a.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 1_000_000).Select(i => $"{i}. x\n"))));

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    public void Deeply_nested_quotations_and_lists_of_Markdown_are_read_or_refused_in_bounded_time(string mark) =>
        Bounded(() => DocumentImporter.Import("a.md", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 2000).Select(i => string.Concat(Enumerable.Repeat(mark, i % 500)) + "words" + i)))));

    private static void Bounded(Action import)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            import();
        }
        catch (ImportRefusedException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
        Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData("*a **b ")]
    [InlineData("[a](")]
    [InlineData("[")]
    [InlineData("![[](")]
    [InlineData("> ")]
    [InlineData("1.1.")]
    [InlineData("(a)")]
    [InlineData("\\")]
    [InlineData("< p>")]
    [InlineData("1 January 2020 ")]
    [InlineData("Article 1 ")]
    [InlineData("`")]
    [InlineData("<a")]
    [InlineData("&#1;")]
    public void Long_runs_of_marks_are_read_or_refused_in_bounded_time(string mark)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat(mark, 200_000 / mark.Length));
        try
        {
            DocumentImporter.Import("a.md", Encoding.UTF8.GetBytes(text));
            DocumentImporter.Import("a.html", Encoding.UTF8.GetBytes("<html><p>" + text));
        }
        catch (ImportRefusedException)
        {
            // Refusing is as good as reading.
        }
        Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
    }

    private static void Refused(string words, string name, byte[] bytes) => Refused(words, () => DocumentImporter.Import(name, bytes));

    private static void Refused(string words, Action import)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<ImportRefusedException>(import);

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < Patience, $"It took {watch.Elapsed}.");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 500_000_000, "It took more than 500 MB.");
    }

    private sealed class EndlessStream(long length) : Stream
    {
        private long read;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var n = (int)Math.Min(count, length - read);
            Array.Fill(buffer, (byte)'a', offset, n);
            read += n;
            return n;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
