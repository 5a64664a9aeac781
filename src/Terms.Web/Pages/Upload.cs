using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Terms.Import;

namespace Terms.Web.Pages;

/// <summary>A document that was sent to the page of import: a file, or pasted text.</summary>
/// <param name="Name">The name of the file, without folders and invisible characters; it is shown and told to the importer, never used as a path.</param>
/// <param name="Bytes">The document.</param>
internal sealed record Upload(string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The largest body: the largest file, and what a browser writes around it.</summary>
    public const int LargestBody = DocumentImporter.MaximumBytes + (64 * 1024);

    private const int LongestName = 120;

    /// <summary>Reads the two fields of the form, in memory. Everything else is refused.</summary>
    /// <exception cref="UploadRefusedException">The request is not the form, or it holds no document, or two.</exception>
    public static async Task<Upload> Read(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > LargestBody)
        {
            throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "Import.Refused.Large");
        }
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
        {
            throw new UploadRefusedException(StatusCodes.Status415UnsupportedMediaType, "Import.Refused.Form");
        }
        try
        {
            var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096, BodyLengthLimit = LargestBody };
            Upload? file = null, text = null;
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                var disposition = section.GetContentDispositionHeader();
                switch (HeaderUtilities.RemoveQuotes(disposition?.Name ?? "").Value)
                {
                    case "file" when file is null:
                        var name = disposition!.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                        file = new Upload(SafeName(HeaderUtilities.RemoveQuotes(name).Value ?? ""), await ReadWhole(section.Body, cancellation));
                        break;
                    case "text" when text is null:
                        text = new Upload("pasted.txt", await ReadWhole(section.Body, cancellation));
                        break;
                    default:
                        throw new UploadRefusedException(StatusCodes.Status400BadRequest, "Import.Refused.Form");
                }
            }
            var sent = new[] { file, text }.OfType<Upload>().Where(u => u.Bytes.Length > 0).ToList();
            return sent.Count switch
            {
                1 => sent[0],
                0 => throw new UploadRefusedException(StatusCodes.Status400BadRequest, "Import.Refused.Nothing"),
                _ => throw new UploadRefusedException(StatusCodes.Status400BadRequest, "Import.Refused.Both"),
            };
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "Import.Refused.Large");
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, "Import.Refused.Form");
        }
    }

    /// <summary>The document in a form that was read whole.</summary>
    /// <exception cref="UploadRefusedException">It holds none, or two.</exception>
    public static async Task<Upload> In(IFormCollection form, CancellationToken cancellation)
    {
        var text = form["text"].ToString();
        var file = form.Files.GetFile("file") is { Length: > 0 } sent ? sent : null;
        if (file is null == (text.Length == 0))
        {
            throw new UploadRefusedException(StatusCodes.Status400BadRequest, file is null ? "Import.Refused.Nothing" : "Import.Refused.Both");
        }
        if (file is null)
        {
            return new Upload("pasted.txt", System.Text.Encoding.UTF8.GetBytes(text));
        }
        using var stream = file.OpenReadStream();
        return new Upload(SafeName(file.FileName), await ReadWhole(stream, cancellation));
    }

    /// <summary>Whether a page of another site sent the request. What sends neither header is no browser, and does nothing in anybody's name.</summary>
    public static bool IsFromElsewhere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site is not ("same-origin" or "none");
        }
        return request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"{request.Scheme}://{request.Host}";
    }

    private static async Task<ReadOnlyMemory<byte>> ReadWhole(Stream body, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (memory.Length + read > DocumentImporter.MaximumBytes)
            {
                throw new UploadRefusedException(StatusCodes.Status413PayloadTooLarge, "Import.Refused.Large");
            }
            memory.Write(buffer, 0, read);
        }
        return memory.ToArray();
    }

    private static string SafeName(string sent)
    {
        var name = string.Concat(sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))).Trim();
        name = name.Length <= LongestName ? name : name[..(LongestName - 20)] + "…" + name[^19..];
        return name.Length == 0 ? "document" : name;
    }
}

/// <summary>A request to the page of import that holds no document that can be read.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="words">The words of the interface that say why, and what to do.</param>
internal sealed class UploadRefusedException(int status, string words) : Exception(words)
{
    public int Status { get; } = status;

    public string Words { get; } = words;
}
