using System.Globalization;
using Terms.Web.Pages;

namespace Terms.Web.Tests.Pages;

/// <summary>Words that go with a number (Unicode CLDR plural rules).</summary>
public sealed class CountingTests
{
    [Theory]
    [InlineData("en", 1, "One")]
    [InlineData("en", 0, "Many")]
    [InlineData("en", 21, "Many")]
    [InlineData("ru", 1, "One")]
    [InlineData("ru", 21, "One")]
    [InlineData("ru", 2, "Few")]
    [InlineData("ru", 34, "Few")]
    [InlineData("ru", 0, "Many")]
    [InlineData("ru", 5, "Many")]
    [InlineData("ru", 11, "Many")]
    [InlineData("ru", 112, "Many")]
    [InlineData("ko", 1, "Many")]
    [InlineData("zh-Hans", 1, "Many")]
    public void A_number_takes_the_form_of_its_language(string language, int number, string form)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            Assert.Equal(form, Counting.Form(number));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
