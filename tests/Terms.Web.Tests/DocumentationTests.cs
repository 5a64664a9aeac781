using System.Text.RegularExpressions;

namespace Terms.Web.Tests;

/// <summary>Every command shown in README and docs/examples is run, and what is shown below it is what it prints.</summary>
public sealed partial class DocumentationTests(TermsApplication application) : IClassFixture<TermsApplication>
{
    private const string Cli = "dotnet run --project src/Terms.Cli -- ";
    private const string Curl = "curl -s 'http://127.0.0.1:5080";

    public static TheoryData<string, string, string> Examples()
    {
        var examples = new TheoryData<string, string, string>();
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "examples"), "*.md").Prepend(Path.Combine(Repository.Root, "README.md"));
        foreach (var file in files)
        {
            foreach (Match block in Block().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            {
                examples.Add(Path.GetFileName(file), block.Groups[1].Value, block.Groups[2].Value.Trim());
            }
        }
        return examples;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_prints_what_is_shown(string file, string command, string shown)
    {
        if (command.StartsWith(Cli, StringComparison.Ordinal))
        {
            Assert.Equal(shown, (await TermsCommand.Run(command[Cli.Length..])).Printed);
        }
        else if (command.StartsWith(Curl, StringComparison.Ordinal))
        {
            using var client = application.CreateClient();
            Assert.Equal(shown, await client.GetStringAsync(new Uri(command[Curl.Length..].TrimEnd('\''), UriKind.Relative)));
        }
        else
        {
            Assert.Fail($"{file} shows a command that this test cannot run: {command}");
        }
    }

    [Fact]
    public void There_are_examples_of_the_command_and_of_the_API()
    {
        var commands = Examples().Select(e => (string)e[1]).ToList();
        Assert.Contains(commands, c => c.StartsWith(Cli, StringComparison.Ordinal));
        Assert.Contains(commands, c => c.StartsWith(Curl, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_that_the_documents_link_to_is_there()
    {
        foreach (var file in Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(file)))
            {
                var target = Path.Combine(Path.GetDirectoryName(file)!, link.Groups[1].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{file} links to {link.Groups[1].Value}, which is not there.");
            }
        }
    }

    [GeneratedRegex(@"^```console\n\$ (.+)\n((?:(?!```).*\n)*)```", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
