using System.Globalization;

namespace Terms.Web.Pages;

/// <summary>Shows a page in the language that a service asked for, whatever the reader's browser prefers.</summary>
internal sealed class InLanguage(string language, IResult page) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        httpContext.Response.Headers.ContentLanguage = language;
        await page.ExecuteAsync(httpContext);
    }
}
