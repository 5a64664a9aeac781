using System.Text;
using Terms.Catalogue;
using Terms.Import;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>How drafts are made, and what their digests cover.</summary>
public sealed class DraftTests
{
    [Fact]
    public void A_draft_of_the_version_in_force_says_what_it_says_but_has_no_days()
    {
        var draft = Hire.Draft();

        Assert.Equal(Hire.Published.Corpus.Files.Text("agreements/lamp-hire/2025-01-01/terms.en.md"), draft.Files.Text("terms.en.md"));
        Assert.Equal("source: invented for the tests\nedition: official\nextent: full\nincorporates:\n  - agreement: lamp-care\n    clauses: [\"1.2\"]\n" + Hire.Accepted, draft.Files.Text("version.yaml"));
        Assert.Equal("2025-01-01", draft.Base!.Value);
        Assert.Equal(1, draft.Revision);
    }

    [Theory]
    [InlineData("edition: official\n", true)]
    [InlineData("note: edition\nedition: \"official\"\n", true)]
    [InlineData("edition: restatement\n", false)]
    [InlineData("source: official\n", false)]
    [InlineData("edition: [official", false)]
    public void Its_words_are_the_operators_own_only_where_it_says_so(string version, bool isOfficial)
    {
        var draft = Hire.Draft();
        Assert.Equal(isOfficial, draft.With(draft.Files.With("version.yaml", version)).IsOfficial);
    }

    [Fact]
    public void Every_shipped_version_is_a_draft_that_nothing_stands_against()
    {
        foreach (var version in Repository.Content.Catalogue.Agreements.Select(a => a.Versions[^1]))
        {
            var draft = DraftStart.From("again", "Anna", version, Repository.Content.Files).Draft;
            var report = DraftReport.Of(draft, Repository.Resolver, Shipped.Later);

            var against = report.Obstacles.Where(o => version.Id.Effective is not null || !o.What.StartsWith("`accepted` names TW501", StringComparison.Ordinal)); // It will have a date.
            Assert.True(!against.Any(), $"{version.Path}: {string.Join('\n', against)}");
            Assert.Equal(ChangeClass.Editorial, report.Class);
            Assert.Equal(version.TextDigest, Version(draft).TextDigest);
        }
    }

    [Fact]
    public void Rules_and_facts_of_a_corrected_version_are_taken_over_as_corrected()
    {
        using var folder = new ContentFolder().Over(Repository.Folder("tests/catalogues/good/correction"));
        var published = new Resolver(folder.Load());
        var version = published.Corpus.Catalogue.Find("lamp-hire")!.Versions[^1];
        var started = DraftStart.From("draft-1", "Anna", version, published.Corpus.Files);

        Assert.StartsWith("Rules and facts are those as corrected last by ", started.Notes.Single(), StringComparison.Ordinal);
        var laid = Corpus.Load(LaidDraft.Over(started.Draft, published.Corpus, Hire.Plan("2026-01-01", "2026-01-02"), Shipped.Later, null));
        Assert.Equal(version.States[^1].Digest, laid.Catalogue.Find("lamp-hire")!.Versions[^1].States[0].Digest);
    }

    [Fact]
    public void Pasted_text_becomes_a_new_agreement()
    {
        var imported = DocumentImporter.Import("pasted.md", new MemoryStream(Encoding.UTF8.GetBytes("# Oil Delivery\n\n## 1. Oil\n\n1.1 Oil is delivered on Mondays.\n\n1.2 Cans are returned.\n")));
        var started = DraftStart.From("oil", "Anna", imported, imported.Versions, null, Hire.Published.Corpus.Files);
        var report = started.Draft.Report(Hire.Plan("2025-06-02", "2025-07-01"));

        Assert.Null(started.Draft.Base);
        Assert.DoesNotContain(report.Obstacles, o => o.Kind is ObstacleKind.Problem or ObstacleKind.Base);
        Assert.Equal(["agreement.yaml", "terms.en.md", "version.yaml"], started.Draft.Files.Paths);
    }

    [Fact]
    public void An_imported_text_over_a_version_takes_over_its_rules_and_says_so()
    {
        var imported = DocumentImporter.Import("new.md", new MemoryStream(Encoding.UTF8.GetBytes(Hire.Draft().Files.Text("terms.en.md")!.Replace("40 krone", "50 krone", StringComparison.Ordinal))));
        var started = DraftStart.From("draft-2", "Anna", imported, imported.Versions, Hire.InForce, Hire.Published.Corpus.Files);

        Assert.Contains("Rules, facts, incorporated documents and accepted findings are those of lamp-hire/2025-01-01; go through them clause by clause.", started.Notes);
        Assert.StartsWith("source: \"imported from new.md\"\nedition: official\nextent: full\nincorporates:", started.Draft.Files.Text("version.yaml"), StringComparison.Ordinal);
        Assert.Contains("The words quoted for `facts/cap` do not stand in its clauses any more. Mend the fact, then confirm it.", started.Draft.Report().Of(ObstacleKind.Fact));
    }

    [Fact]
    public void The_digest_covers_words_facts_confirmations_classes_and_accepted_gaps()
    {
        var draft = Hire.Draft();
        var wording = draft.Digest;
        var digests = new[]
        {
            draft, draft.Mend("40 krone", "50 krone"), draft.Mend("40 krone", "50 krone", "facts.yaml"),
            draft.With(new FactConfirmation("facts/cap", wording, "Anna", Hire.Now, "Read.")), draft.With(new FactConfirmation("facts/cap", wording, "Bo", Hire.Now, "Read.")),
            draft.With(new ClauseClassification("en.1 2.1>2.1", wording, ChangeClass.Editorial, "Anna", Hire.Now, "Read.")),
            draft.With(new ClauseClassification("en.1 2.1>2.1", wording, ChangeClass.Substantive, "Anna", Hire.Now, "Read.")),
            draft.With(new AcceptedGap("law/NoRule/", "Anna", Hire.Now, "Read.")), draft.With(draft.Files.Without("rules.yaml")),
        }.Select(d => d.Digest).ToList();

        Assert.Equal(digests.Count, digests.Distinct().Count());
        Assert.Equal(draft.Digest, draft.Mend("40 krone", "50 krone").Mend("50 krone", "40 krone").Digest);
        Assert.Equal(3, draft.Mend("40 krone", "50 krone").Mend("50 krone", "40 krone").Revision);
    }

    [Theory]
    [InlineData("corrections/x.yaml")]
    [InlineData("notes.txt")]
    [InlineData("agreement.yaml")]
    public void A_file_that_has_no_place_in_a_version_is_refused(string file)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Hire.Draft().With(Hire.Draft().Files.With(file, "x: y")));

        Assert.StartsWith($"`{file}` has no place in a draft. It holds texts such as terms.en.md", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_reasons_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new Draft("Draft 1", Hire.Agreement, null, "Anna", ContentFiles.Empty));
        Assert.Throws<ArgumentException>(() => new Draft("draft-1", Hire.Agreement, null, "Anna\nBo", ContentFiles.Empty));
        Assert.Throws<ArgumentException>(() => new FactConfirmation("facts/cap", Hire.Draft().Digest, "Anna", Hire.Now, " "));
        Assert.Throws<ArgumentException>(() => new AcceptedGap("x", "Anna", Hire.Now, new string('x', 4001)));
    }

    [Fact]
    public void A_draft_laid_over_the_content_is_a_version_with_its_days_and_names()
    {
        var plan = Hire.Plan("2025-06-02", "2025-07-01", "2025-08-01");
        var laid = Corpus.Load(LaidDraft.Over(Hire.Draft(), Hire.Published.Corpus, plan, Hire.Now, ChangeClass.Substantive));
        var version = laid.Catalogue.Find("lamp-hire")!.Versions[^1];

        Assert.Equal("2025-07-01", version.Id.Value);
        Assert.Equal((plan.Announced, plan.ExistingFrom, "2025-01-01", "substantive", Hire.Now), (version.Details.Announced!.Value, version.Details.ExistingFrom, version.Details.Supersedes!.Value, version.Details.Classification, version.Details.Recorded));
        Assert.True(laid.Catalogue.Parties["lantern-north"].Names[0].IsUsedIn(version));
        Assert.Contains("used-in: [lamp-hire/2025-01-01, \"lamp-hire/2025-07-01\"]", laid.Files.Text("parties.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-06-02", "2025-06-01", null, "The version would bind on 2025-06-01, before it is announced on 2025-06-02. Choose a later day.")]
    [InlineData("2025-06-02", "2025-06-03", "2025-06-02", "The version would bind customers on 2025-06-02, before it takes effect on 2025-06-03. Choose a later day.")]
    public void Days_out_of_order_are_refused(string announced, string effective, string? existing, string because) =>
        Assert.StartsWith(because, Assert.Throws<ArgumentException>(() => Hire.Plan(announced, effective, existing)).Message, StringComparison.Ordinal);

    private static AgreementVersion Version(Draft draft)
    {
        var agreement = Repository.Content.Catalogue.Find(draft.Agreement.Value)!;
        var laid = Corpus.Load(LaidDraft.Over(draft, Repository.Content, Hire.Plan("2027-01-01", "2027-02-01"), Shipped.Later, null));
        return laid.Catalogue.Find(agreement.Id.Value)!.Versions[^1];
    }
}
