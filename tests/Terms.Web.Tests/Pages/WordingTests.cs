using System.Text.RegularExpressions;
using System.Xml.Linq;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Web.Tests.Pages;

/// <summary>The words of the interface: the same keys in every language, none empty, and all that the pages use are there.</summary>
public sealed partial class WordingTests
{
    private static readonly string Source = FindSource();

    private static readonly Dictionary<string, Dictionary<string, string>> Languages = new[] { "", ".zh-Hans", ".ru", ".ko" }.ToDictionary(l => l, l =>
        XDocument.Load(Path.Combine(Source, "Resources", $"Wording{l}.resx")).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!));

    [Theory]
    [InlineData(".zh-Hans")]
    [InlineData(".ru")]
    [InlineData(".ko")]
    public void Every_language_has_the_same_keys_and_placeholders(string language)
    {
        Assert.Equal(Languages[""].Keys.Order(), Languages[language].Keys.Order());
        Assert.All(Languages[""], word => Assert.Equal(Placeholders(word.Value), Placeholders(Languages[language][word.Key])));
    }

    [Fact]
    public void No_word_is_empty() => Assert.All(Languages, language => Assert.All(language.Value, word => Assert.False(string.IsNullOrEmpty(word.Value), $"{word.Key}{language.Key}")));

    [Fact]
    public void Every_word_that_a_page_asks_for_is_there()
    {
        var asked = Directory.EnumerateFiles(Path.Combine(Source, "Pages"), "*", SearchOption.AllDirectories).SelectMany(f => Asked().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct();
        Assert.Empty(asked.Except(Languages[""].Keys));
    }

    /// <summary>Everything that the program can say of content in words of the interface.</summary>
    private static IEnumerable<MessageForm> Messages => [.. LintForms.All, .. AcceptanceForms.All, .. ObstacleForms.All, .. SuggestionForms.All, .. ContentForms.All];

    [Fact]
    public void What_the_program_says_of_content_is_said_alike_in_English_and_with_all_its_parts_in_every_language() => Assert.All(Messages, form =>
    {
        Assert.Equal((form.Remedy.Length == 0 ? form.What : form.What + ".", form.Remedy), Words("", form));
        Assert.All(Languages.Where(l => l.Key.Length > 0), language =>
        {
            var (what, remedy) = Words(language.Key, form);
            Assert.Equal((Placeholders(form.What), Placeholders(form.Remedy)), (Placeholders(what), Placeholders(remedy)));
            Assert.DoesNotMatch(EnglishWords(), WithoutCode(what + remedy));
        });
    });

    [Fact]
    public void Every_kind_of_finding_has_sentences_and_its_meaning_in_every_language()
    {
        Assert.Equal(LintCode.All.Select(c => c.Code), LintForms.All.Select(f => f.Name.Split('.')[1]).Distinct());
        Assert.All(LintCode.All, code => Assert.Equal(code.Means, Languages[""][$"Lint.{code.Code}.Means"]));
    }

    [Fact]
    public void Russian_has_one_word_for_a_version_and_another_for_a_revision() => Assert.All(Languages[""], word =>
    {
        var russian = Languages[".ru"][word.Key];
        Assert.DoesNotContain("верси", russian, StringComparison.OrdinalIgnoreCase);
        if (word.Value.Contains("revision", StringComparison.OrdinalIgnoreCase) && russian.Contains("редакци", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail($"{word.Key}: {russian}");
        }
    });

    [Fact]
    public void No_page_promises_more_than_it_can_keep() =>
        Assert.All(Languages[""].Values, words => Assert.DoesNotMatch("(?i)legally binding|court-proof|tamper-proof", words));

    private static string Placeholders(string words) => string.Join(' ', Placeholder().Matches(words).Select(m => m.Value).Distinct().Order());

    private static (string What, string Remedy) Words(string language, MessageForm form) => (Languages[language][form.Name], form.Remedy.Length == 0 ? "" : Languages[language][form.Name + ".Remedy"]);

    /// <summary>Names of files and fields are the same in every language.</summary>
    private static string WithoutCode(string words) => Code().Replace(words, "");

    private static string FindSource()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Terms.sln")))
        {
            folder = folder.Parent!;
        }
        return Path.Combine(folder.FullName, "src", "Terms.Web");
    }

    [GeneratedRegex(@"`[^`]*`|version\.yaml|Markdown|HTML")]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex EnglishWords();

    [GeneratedRegex(@"\{(?:\d+|[a-z]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"(?:\bT|\bwords)\[""([A-Za-z.]+[A-Za-z])""[\],]")]
    private static partial Regex Asked();
}
