using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace Terms.Export;

/// <summary>The part of a redline's proof that another program makes: the Open XML SDK validates the package.</summary>
public static class WordValidity
{
    private const int MostShown = 3;

    /// <summary>Validates a Word file against the schemas of Office 2019.</summary>
    /// <exception cref="RedlineException">It is not valid; the message gives the first errors.</exception>
    public static void Check(byte[] file)
    {
        try
        {
            using var stream = new MemoryStream(file);
            using var document = WordprocessingDocument.Open(stream, isEditable: false);
            var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Take(MostShown).Select(e => $"{e.Part?.Uri}{e.Path?.XPath}: {e.Description}").ToList();
            if (errors.Count > 0)
            {
                throw new RedlineException("The Word file is not valid. " + string.Join(' ', errors));
            }
        }
        catch (Exception e) when (e is OpenXmlPackageException or IOException or FormatException or XmlException or InvalidDataException)
        {
            throw new RedlineException($"The Word file is not valid. {e.Message}");
        }
    }
}
