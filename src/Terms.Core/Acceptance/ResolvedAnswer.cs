using System.Collections.Immutable;
using Terms.Resolution;

namespace Terms.Acceptance;

/// <summary>
/// A resolved answer reduced to texts: per agreement its version, company, law and forum with their clauses; a conflict stays a conflict, with its candidates. It has no
/// word about the customer and no instant, so that customers of one class have the same bytes.
/// </summary>
public sealed class ResolvedAnswer
{
    /// <summary>The format.</summary>
    public const string Schema = "terms-answer/1";

    private readonly byte[] bytes;

    /// <summary>Reduces the answers of some agreements, in their order.</summary>
    public ResolvedAnswer(ImmutableArray<AgreementAnswer> answers)
    {
        var json = new CanonicalWriter().Object().List("agreements");
        foreach (var answer in answers)
        {
            json.Object().Member("agreement", answer.Agreement.Id.Value);
            json.Object("forum").List("candidates");
            Write(json, answer.Forum.Candidates);
            json.EndList().List("forums");
            Write(json, answer.Forum.Forums);
            json.EndList().Member("outcome", Word(answer.Forum.Outcome)).EndObject();
            json.Object("law").List("candidates");
            Write(json, answer.Law.Candidates);
            json.EndList().List("laws");
            Write(json, answer.Law.Laws);
            json.EndList().Member("outcome", Word(answer.Law.Outcome)).EndObject();
            json.Member("outcome", Word(answer.Outcome));
            Write(json, answer.Party);
            json.Member("version", answer.Version?.Id.Value).EndObject();
        }
        bytes = json.EndList().Member("schema", Schema).EndObject().ToArray();
        Digest = Digests.Of(bytes);
    }

    /// <summary>The canonical bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The digest of the canonical bytes; records cite it.</summary>
    public string Digest { get; }

    private static void Write(CanonicalWriter json, PartyAnswer party)
    {
        json.Object("party").List("candidates");
        foreach (var candidate in party.Candidates)
        {
            json.Object().Member("clauses", candidate.Clauses).List("parties");
            Write(json, candidate.Parties);
            json.EndList().EndObject();
        }
        json.EndList().Member("clauses", party.Considered.Where(c => c.Stands).SelectMany(c => c.Rule.Clauses).Distinct()).List("decidedByOperator");
        Write(json, party.Decision?.Parties ?? []);
        json.EndList().Member("outcome", Word(party.Outcome)).List("parties");
        Write(json, party.Parties);
        json.EndList().EndObject();
    }

    private static void Write(CanonicalWriter json, ImmutableArray<NamedParty> parties)
    {
        foreach (var party in parties)
        {
            json.Object().Member("id", party.Id).Member("name", party.Name).Member("part", party.Part).EndObject();
        }
    }

    private static void Write(CanonicalWriter json, ImmutableArray<LawResult> laws)
    {
        foreach (var law in laws)
        {
            json.Object().Member("clauses", law.Rule.Clauses).Member("code", law.Rule.Law).Member("excludes", law.Rule.Excludes).Member("name", law.Name)
                .Member("party", law.Party).Member("subjectTo", law.Rule.SubjectTo).EndObject();
        }
    }

    private static void Write(CanonicalWriter json, ImmutableArray<ForumResult> forums)
    {
        foreach (var forum in forums)
        {
            json.Object().Member("clauses", forum.Rule.Clauses).Member("id", forum.Rule.Forum).Member("kind", forum.Rule.Kind).Member("name", forum.Name)
                .Member("party", forum.Party).EndObject();
        }
    }

    private static string Word(Outcome outcome) => Terms.Export.AnswerDocuments.Word(outcome);
}
