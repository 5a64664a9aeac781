using System.CommandLine;
using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary><c>terms publish</c>: the way of a draft to a version, for teams who keep their texts in a Git working tree.</summary>
internal static class PublishCommand
{
    private const string About = """
        The way of a draft to a version, for teams who keep their texts as files in Git. A draft is a folder: the files of the version, events.jsonl with its steps, said.jsonl with what was
        confirmed, classified and accepted. The steps are those of the workbench, and nobody approves what they have written. Who somebody is, and who may take which step, is for the team to
        see to, with the reviews and the signed commits of its repository: the command takes --by at its word. The last step writes the version into the content folder; committing that is
        the publication, and the next start of a server puts it into the log.
        """;

    public static Command Create(TimeProvider clock)
    {
        var steps = new PublishSteps(clock);
        return new Command("publish", About)
        {
            Start(clock), Check(clock), Log(), Save(clock), Merge(clock), Confirm(clock), Classify(clock), AcceptGap(clock),
            steps.Simple("submit", "Puts the draft before a reviewer.", null, (d, who, at, _) => new Submitted(d.Id, who, at, d.Digest)),
            Comment(steps), Answer(steps), Settle(steps),
            steps.Simple("approve", "Approves exactly what the files say now. Whoever has written in the draft cannot.", "Why.", (d, who, at, why) => new Approved(d.Id, who, at, d.Digest, why)),
            steps.Simple("send-back", "Gives the draft back.", "Why.", (d, who, at, why) => new SentBack(d.Id, who, at, why)),
            Schedule(steps),
            steps.Changing("now", "Publishes: writes the version into the content folder. Commit both folders.", null, (f, who, at, _, published, content) => f.Publish(who, at, published, content)),
            steps.Changing("withdraw", "Gives the draft up, or takes its version back before it takes effect.", "Why.", (f, who, at, why, published, content) => f.Withdraw(new Withdrawn(f.Draft.Id, who, at, why), published, content)),
        };
    }

    private static Command Start(TimeProvider clock)
    {
        var (folder, by, content) = (PublishSteps.DraftArgument(), PublishSteps.By(), Folder.Option());
        var agreement = new Option<string>("--agreement") { Description = "The agreement.", Required = true };
        var from = new Option<string?>("--from") { Description = "The version that the draft is made from. Default: the last one; none for an agreement that is not there yet." };
        var command = new Command("start", "Begins a draft in a new folder, whose name is the draft's, from a version; or with the files that stand in the folder.") { folder, by, content, agreement, from };
        command.SetAction(parsed => PublishSteps.Guarded(() =>
        {
            var corpus = Folder.Load(parsed.GetValue(content));
            var id = new AgreementId(parsed.GetRequiredValue(agreement));
            var known = corpus.Catalogue.Find(id.Value);
            var version = parsed.GetValue(from) is { } named
                ? known?.Version(named) ?? throw new WrongCallException($"{id} has no version {named}. Send one of: {string.Join(", ", known?.Versions.Select(v => v.Id.Value) ?? [])}.")
                : known?.Versions.LastOrDefault(v => v.Details.Withdrawn is null);
            var path = parsed.GetRequiredValue(folder);
            foreach (var note in DraftFolder.Start(path, id, version, parsed.GetRequiredValue(by), PublishSteps.At(clock), corpus))
            {
                Console.WriteLine(note);
            }
            Console.WriteLine(version is null ? $"Began a draft of the new agreement {id} in {path}." : $"Began a draft in {path} from {version.Path}.");
            return 0;
        }));
        return command;
    }

    private static Command Check(TimeProvider clock)
    {
        var (folder, content, days) = (PublishSteps.DraftArgument(), Folder.Option(), new PublishDays(isRequired: false));
        var command = new Command("check", "Shows what stands against the draft, with the keys by which facts, changes and gaps are confirmed, classified and accepted; and the open remarks with their numbers.") { folder, content };
        days.AddTo(command);
        command.SetAction(parsed => PublishSteps.Guarded(() =>
        {
            using var draft = DraftFolder.Open(parsed.GetRequiredValue(folder));
            var report = draft.Report(new Resolver(Folder.Load(parsed.GetValue(content))), PublishSteps.At(clock), days.Of(parsed));
            if (draft.HasUnsaved)
            {
                Console.WriteLine("unsaved  The files were changed since the last step. Say who has written them with `terms publish save`.");
            }
            foreach (var obstacle in report.Obstacles)
            {
                var place = obstacle.File is null ? "" : obstacle.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{obstacle.File}:{line}: ") : $"{obstacle.File}: ";
                var key = obstacle.Kind is ObstacleKind.Fact or ObstacleKind.Change or ObstacleKind.Gap ? $"\n         key: {obstacle.Key}"
                    : obstacle is { Kind: ObstacleKind.Finding, Key.Length: > 0 } ? "\n         accept: its code and clause under `accepted` in version.yaml, with the reason"
                    : obstacle is { Kind: ObstacleKind.Base, Key.Length: > 0 } ? $"\n         with: terms publish merge {parsed.GetRequiredValue(folder)} --by NAME" : "";
                Console.WriteLine($"{obstacle.Kind.ToString().ToLowerInvariant(),-8} {place}{obstacle.Sentence} {obstacle.Remedy}{key}");
            }
            foreach (var thread in draft.State.Threads.Where(t => t.Settled is null))
            {
                Console.WriteLine(PublishSteps.OneLine($"remark   {PublishSteps.Place(thread)}, {thread.Remarks[0].Who}: {thread.Remarks[0].Words}"));
                foreach (var answer in thread.Remarks.Skip(1))
                {
                    Console.WriteLine(PublishSteps.OneLine($"         {answer.Who}: {answer.Words}"));
                }
            }
            Console.Error.WriteLine($"{draft.State.Stage} at revision {draft.State.Revision}, {report.Obstacles.Length} against it{(report.Class is { } change ? $", {change.Word()}" : "")}.");
            return report.IsClear && !draft.HasUnsaved ? 0 : 1;
        }));
        return command;
    }

    private static Command Log()
    {
        var folder = PublishSteps.DraftArgument();
        var command = new Command("log", "Lists the steps of the draft, refusals among them, and remarks with their numbers.") { folder };
        command.SetAction(parsed => PublishSteps.Guarded(() =>
        {
            using var draft = DraftFolder.Open(parsed.GetRequiredValue(folder));
            foreach (var step in draft.Steps)
            {
                Console.WriteLine(PublishSteps.Line(step, draft.State));
            }
            return 0;
        }));
        return command;
    }

    private static Command Save(TimeProvider clock)
    {
        var (folder, by, content) = (PublishSteps.DraftArgument(), PublishSteps.By(), Folder.Option());
        var what = new Option<string>("--what") { Description = "What was changed, in words.", Required = true };
        var command = new Command("save", "Says who has written what was changed in the files. Whoever it is cannot approve the draft.") { folder, by, content, what };
        command.SetAction(parsed => PublishSteps.Guarded(() =>
        {
            using var draft = DraftFolder.Open(parsed.GetRequiredValue(folder));
            return PublishSteps.Told(draft.Save(parsed.GetRequiredValue(by), PublishSteps.At(clock), parsed.GetRequiredValue(what), Folder.Load(parsed.GetValue(content)).Catalogue.Zone), draft.State);
        }));
        return command;
    }

    private static Command Merge(TimeProvider clock)
    {
        var (folder, by, content) = (PublishSteps.DraftArgument(), PublishSteps.By(), Folder.Option());
        var take = new Option<string?>("--take") { Description = "Whose words stay where the draft and the version have both changed something: draft or version. Default: nothing is merged, and the places are listed." };
        take.AcceptOnlyFromAmong("draft", "version");
        var command = new Command("merge", "Merges the draft with the version that was published since it was made.") { folder, by, content, take };
        command.SetAction(parsed => PublishSteps.Guarded(() =>
        {
            using var draft = DraftFolder.Open(parsed.GetRequiredValue(folder));
            return PublishSteps.Told(draft.Merge(parsed.GetRequiredValue(by), PublishSteps.At(clock), Folder.Load(parsed.GetValue(content)), parsed.GetValue(take) switch
            {
                "draft" => conflict => conflict.Mine ?? "",
                "version" => conflict => conflict.Theirs ?? "",
                _ => null,
            }), draft.State);
        }));
        return command;
    }

    private static Command Confirm(TimeProvider clock) => Saying(clock, "confirm", "Confirms a fact or a rule whose words have changed.", "The key that `check` shows, such as facts/cap.", null, (report, key, who, at, why, _) =>
        report.Facts.FirstOrDefault(f => f.Key == key) is { } fact ? new FactConfirmation(key, fact.Wording, who, at, why) : throw Unknown(key, "fact or rule to confirm", report.Facts.Select(f => f.Key)));

    private static Command Classify(TimeProvider clock)
    {
        var grade = new Option<string>("--as") { Description = $"How grave it is: {string.Join(", ", ChangeClasses.Words)}.", Required = true };
        grade.AcceptOnlyFromAmong([.. ChangeClasses.Words]);
        return Saying(clock, "classify", "Classifies a change.", "The key that `check` shows, such as \"en.1 2.1>2.1\".", grade, (report, key, who, at, why, word) => report.Changes.FirstOrDefault(c => c.Key == key) is { } change
            ? new ClauseClassification(key, change.Wording, ChangeClasses.Of(word)!.Value, who, at, why)
            : throw Unknown(key, "change to classify", report.Changes.Select(c => c.Key)));
    }

    private static Command AcceptGap(TimeProvider clock) => Saying(clock, "accept-gap", "Says that a conflict or gap of the rules is in the text, and is meant to stay.", "The key that `check` shows.", null, (report, key, who, at, why, _) =>
        report.Obstacles.Any(o => o.Kind == ObstacleKind.Gap && o.Key == key)
            ? new AcceptedGap(key, who, at, why)
            : throw Unknown(key, "open conflict or gap", report.Obstacles.Where(o => o.Kind == ObstacleKind.Gap).Select(o => o.Key)));

    private static Command Saying(TimeProvider clock, string verb, string does, string keyIs, Option<string>? grade, Func<DraftReport, string, string, DateTimeOffset, string, string?, object> say)
    {
        var (folder, by, content, why) = (PublishSteps.DraftArgument(), PublishSteps.By(), Folder.Option(), PublishSteps.Why("Why."));
        var key = new Argument<string>("key") { Description = keyIs };
        var command = new Command(verb, does) { folder, key, by, why, content };
        if (grade is not null)
        {
            command.Add(grade);
        }
        command.SetAction(parsed => PublishSteps.Guarded(() =>
        {
            using var draft = DraftFolder.Open(parsed.GetRequiredValue(folder));
            var published = new Resolver(Folder.Load(parsed.GetValue(content)));
            var (at, zone) = (PublishSteps.At(clock), published.Corpus.Catalogue.Zone);
            var said = say(draft.Report(published, at), parsed.GetRequiredValue(key), parsed.GetRequiredValue(by), at, parsed.GetRequiredValue(why), grade is null ? null : parsed.GetValue(grade));
            return PublishSteps.Told(said switch
            {
                FactConfirmation fact => draft.Say(fact, zone),
                ClauseClassification change => draft.Say(change, zone),
                var gap => draft.Say((AcceptedGap)gap, zone),
            }, draft.State);
        }));
        return command;
    }

    private static Command Comment(PublishSteps steps)
    {
        var clause = new Option<string?>("--clause") { Description = "The label of the clause. Default: the draft as a whole." };
        return steps.Simple("comment", "Remarks on a clause, or on the whole.", "The remark.", (d, who, at, why, parsed) => new Commented(d.Id, who, at, parsed.GetValue(clause), why), c => c.Add(clause));
    }

    private static Command Answer(PublishSteps steps)
    {
        var number = Number();
        return steps.Simple("answer", "Answers a remark; a settled one is open again.", "The answer.", (d, who, at, why, parsed) => new Commented(d.Id, who, at, null, why, parsed.GetValue(number)), c => c.Add(number));
    }

    private static Command Settle(PublishSteps steps)
    {
        var number = Number();
        return steps.Simple("settle", "Says that what a remark asked for is done, or needs nothing.", null, (d, who, at, _, parsed) => new Settled(d.Id, who, at, parsed.GetValue(number)), c => c.Add(number));
    }

    private static Argument<int> Number() => new("number")
    {
        Description = "The number of the remark, which `check` and `log` show.",
        CustomParser = result =>
        {
            var word = result.Tokens[0].Value;
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                result.AddError($"{word} is not the number of a remark. Send one that `terms publish check` or `log` shows.");
            }
            return number;
        },
    };

    private static Command Schedule(PublishSteps steps)
    {
        var days = new PublishDays(isRequired: true);
        return steps.Simple("schedule", "Sets the days of an approved draft.", null, (d, who, at, _, parsed) => new Scheduled(d.Id, who, at, d.Digest, days.Of(parsed)!), days.AddTo);
    }

    private static WrongCallException Unknown(string key, string what, IEnumerable<string> known) =>
        new($"There is no {what} with the key {key}. {(known.Any() ? $"There are: {string.Join("; ", known)}." : "There is none at all.")}");
}
