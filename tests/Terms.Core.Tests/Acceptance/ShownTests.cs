using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Terms.Acceptance;
using Terms.Resolution;

namespace Terms.Tests.Acceptance;

public sealed class ShownTests
{
    internal static Shown Show(string sentence = "By selecting “Agree” I agree.", string button = "Agree", string residence = "FR", ImmutableArray<ShownControl>? controls = null)
    {
        var answer = Shipped.Ask("free-membership", residence, "buyer", "2025-06-01");
        var version = answer.Version!;
        return new Shown(
            AcceptanceKind.Agree, "en", "signup-web", [new ShownVersion(Acts.Version(digest: version.TextDigest.Value), version.Texts[0].Title, "restatement", null)],
            controls ?? [new ShownControl("all", sentence, ["free-membership"])], button, "Decline", new ResolvedAnswer([answer]), Acts.Digest);
    }

    [Fact]
    public void A_sentence_that_does_not_name_the_button_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => Show(button: "Continue"));

        Assert.Equal("The sentence “By selecting “Agree” I agree.” does not name the words of the button, “Continue”. Put them into the sentence.", refusal.Message);
    }

    [Fact]
    public void Every_agreement_has_one_control()
    {
        Assert.Contains("cover every agreement once", Assert.Throws<ArgumentException>(() => Show(controls: [])).Message, StringComparison.Ordinal);
        Assert.Contains("cover every agreement once", Assert.Throws<ArgumentException>(() => Show(controls: [new("all", "Agree", ["free-membership", "terms-of-use"])])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_of_one_class_are_shown_the_same_bytes()
    {
        Assert.Equal(Show(residence: "FR").Digest, Show(residence: "DE").Digest);
        Assert.NotEqual(Show(residence: "FR").Digest, Show(residence: "KR").Digest);
    }

    [Fact]
    public void What_was_shown_has_the_members_of_its_format_in_canonical_order()
    {
        var json = JsonDocument.Parse(Show().Bytes).RootElement;

        Assert.Equal(
            ["act", "agreements", "answer", "answerDigest", "button", "controls", "decline", "html", "language", "schema", "surface"], json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(Digests.Of(Encoding.UTF8.GetBytes(json.GetProperty("answer").GetRawText())), json.GetProperty("answerDigest").GetString());
        Assert.Equal("alibaba-singapore", json.GetProperty("answer").GetProperty("agreements")[0].GetProperty("party").GetProperty("parties")[0].GetProperty("id").GetString());
    }

    [Fact]
    public void A_conflict_is_shown_as_a_conflict_with_its_candidates()
    {
        var answer = Shipped.Ask("free-membership", "US", "buyer", "2025-06-01", access: "KR");
        Assert.Equal(Outcome.Conflict, answer.Party.Outcome);

        var party = JsonDocument.Parse(new ResolvedAnswer([answer]).Bytes).RootElement.GetProperty("agreements")[0].GetProperty("party");

        Assert.Equal("conflict", party.GetProperty("outcome").GetString());
        Assert.Empty(party.GetProperty("parties").EnumerateArray());
        Assert.Equal(["1.1(b)", "1.1(c)"], party.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("clauses")[0].GetString()));
        Assert.Equal(["aliexpress-ecommerce-one", "aliexpress-korea-holding", "aliexpress-korea"],
            party.GetProperty("candidates").EnumerateArray().SelectMany(c => c.GetProperty("parties").EnumerateArray()).Select(p => p.GetProperty("id").GetString()));
    }

    [Fact]
    public void Every_answer_of_the_shipped_content_can_be_reduced()
    {
        foreach (var role in Words.Roles)
        {
            foreach (var residence in new[] { "US", "KR", "CN", "HK", "RU", "FR", "TW" })
            {
                var answer = new ResolvedAnswer(Shipped.AskAll(residence, role, "2025-06-01").Agreements);
                using var json = JsonDocument.Parse(answer.Bytes);
                Assert.NotEmpty(json.RootElement.GetProperty("agreements").EnumerateArray());
                Assert.Equal(Digests.Of(answer.Bytes.Span), answer.Digest);
            }
        }
    }
}
