using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary>The language of the interface: the browser's, unless the reader has chosen another with <c>?ui=ko</c>, which is kept in a cookie.</summary>
internal static class InterfaceLanguage
{
    /// <summary>Keeps a choice and leads back to the same page. The address is built from the path alone, so that it cannot lead elsewhere.</summary>
    public static Task Choose(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !request.Query.TryGetValue("ui", out var chosen))
        {
            return next(context);
        }
        var language = TermsHost.Languages.FirstOrDefault(l => l == chosen);
        if (language is not null)
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
                new CookieOptions { Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, MaxAge = TimeSpan.FromDays(365) });
        }
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(Local(request));
        return Task.CompletedTask;
    }

    /// <summary>Marks a page as one that differs by language.</summary>
    public static Task Mark(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.Vary = "Accept-Language, Cookie";
        context.Response.Headers.ContentLanguage = CultureInfo.CurrentUICulture.Name;
        context.Response.Headers.CacheControl = "private, no-cache";
        return next(context);
    }

    /// <summary>The address of the same page in a language.</summary>
    public static string Link(HttpRequest request, string language) =>
        Path(request) + QueryString.Create(request.Query.Where(q => q.Key != "ui").Append(new("ui", language)));

    private static string Local(HttpRequest request) => Path(request) + QueryString.Create(request.Query.Where(q => q.Key != "ui"));

    private static string Path(HttpRequest request)
    {
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        return path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) ? path : "/";
    }
}
