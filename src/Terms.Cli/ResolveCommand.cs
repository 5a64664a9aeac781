using System.CommandLine;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary><c>terms resolve</c>: what <c>/api/v1/applicable</c> answers, from a folder; <c>--sweep</c> tries all combinations of a version.</summary>
internal static class ResolveCommand
{
    private static readonly (string Option, string Name, string Help)[] Values =
    [
        ("--residence", "residence", "Where the customer lives: ISO 3166-1 alpha-2, such as FR."),
        ("--role", "role", $"One of: {string.Join(", ", Words.Roles)}."),
        ("--access-from", "accessFrom", "From where the site is used. Default: the residence."),
        ("--site", "site", $"One of: {string.Join(", ", Words.Sites)}. Default: aliexpress."),
        ("--service", "service", $"One of: {string.Join(", ", Words.Services.Skip(1))}."),
        ("--member", "member", "Sites where registered, separated by commas, or none."),
        ("--business", "business", "true for a business, false for a consumer."),
        ("--registered", "registered", "The day of registration, such as 2025-04-01."),
        ("--agreement", "agreement", "One agreement. Default: all that apply."),
        ("--at", "at", "The moment asked about: RFC 3339, or a date. Default: now."),
        ("--known-at", "knownAt", "Answers as known then. Default: now."),
    ];

    public static Command Create(TimeProvider clock)
    {
        var content = Folder.Option();
        var json = new Option<bool>("--json") { Description = "Prints the answer as data, as the API does." };
        var sweep = new Option<string?>("--sweep") { Description = "Tries every combination of a version, such as 2025-04-01, of --agreement; lists conflicts and gaps." };
        var command = new Command("resolve", "Answers which version, company, law and forum apply to a customer.") { content, json, sweep };
        var options = Values.Select(v => (v.Name, Option: new Option<string?>(v.Option) { Description = v.Help })).ToList();
        options.ForEach(o => command.Add(o.Option));
        command.SetAction(parsed =>
        {
            var resolver = new Resolver(Folder.Load(parsed.GetValue(content)));
            if (parsed.GetValue(sweep) is { } version)
            {
                return PrintSweep(resolver, parsed.GetValue(options.Find(o => o.Name == "agreement").Option), version, parsed.GetValue(json), clock.GetUtcNow());
            }
            var question = Read(resolver.Corpus.Catalogue, [.. options.Select(o => (o.Name, parsed.GetValue(o.Option)))], clock.GetUtcNow());
            return Print(resolver, question, parsed.GetValue(json));
        });
        return command;
    }

    private static Question Read(AgreementCatalogue catalogue, List<(string Name, string? Value)> values, DateTimeOffset now)
    {
        var reader = new QuestionReader(catalogue);
        foreach (var (name, value) in values)
        {
            if (value is not null && reader.Take(name, value) is { } error)
            {
                throw new WrongCallException(error);
            }
        }
        return reader.Finish(now, out var missing) ?? throw new WrongCallException(missing!);
    }

    private static int Print(Resolver resolver, Question question, bool asJson)
    {
        var answer = question.Answer(resolver);
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                AnswerDocuments.Document(resolver.Corpus.Catalogue, question.Customer, question.At, question.KnownAt, answer), TermsJson.Indented.ApplicableDocument));
        }
        else
        {
            foreach (var line in AnswerSentences.Lines(answer))
            {
                Console.WriteLine(line);
            }
        }
        return answer.Agreements.All(a => a.Outcome == Outcome.Decided) ? 0 : 1;
    }

    private static int PrintSweep(Resolver resolver, string? agreement, string version, bool asJson, DateTimeOffset now)
    {
        var catalogue = resolver.Corpus.Catalogue;
        var found = catalogue.Find(agreement ?? throw new WrongCallException("--sweep needs --agreement. Send --agreement free-membership --sweep 2025-04-01."))
            ?? throw new WrongCallException(QuestionReader.UnknownAgreement(catalogue, agreement));
        if (found.Version(version) is { } back && back.IsWithdrawn(now))
        {
            throw new WrongCallException($"{back.Path} was withdrawn before it took effect, and applies to nobody.");
        }
        var swept = Sweep.Of(resolver, found.Version(version) is { } v && v.StateAt(now) is not null
            ? v
            : throw new WrongCallException($"{found.Id} has no version {version}. Send one of: {string.Join(", ", found.Versions.Select(x => x.Id.Value))}."), now);
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(AnswerDocuments.Document(swept), TermsJson.Indented.SweepDocument));
        }
        else
        {
            foreach (var line in AnswerSentences.Lines(swept))
            {
                Console.WriteLine(line);
            }
        }
        return swept.Findings.IsEmpty ? 0 : 1;
    }
}
