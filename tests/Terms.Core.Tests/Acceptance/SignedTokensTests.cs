using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

public sealed class SignedTokensTests
{
    private static readonly SignedTokens Tokens = new(new byte[32]);
    private static readonly PresentationClaims Claims = new("a-aaaaaaaaaaaaaaaa", "member-17", Acts.Digest, Acts.Digest, "en", Acts.At, Acts.At.AddHours(1));
    private static readonly WithdrawalClaims Withdrawal = new("member-17", "a17-0123456789abcdef0123", Claims.Expires);
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é";

    [Fact]
    public void A_token_says_what_was_signed()
    {
        Assert.Equal(TokenState.Valid, Tokens.Read(Tokens.Sign(Claims), Acts.At, out PresentationClaims? read));
        Assert.Equal(Claims, read);
    }

    [Fact]
    public void A_token_ends_with_its_time()
    {
        Assert.Equal(TokenState.Valid, Tokens.Read(Tokens.Sign(Claims), Claims.Expires.AddTicks(-1), out PresentationClaims? _));
        Assert.Equal(TokenState.Expired, Tokens.Read(Tokens.Sign(Claims), Claims.Expires, out PresentationClaims? late));
        Assert.Equal(Claims, late);
    }

    [Fact]
    public void Ten_thousand_altered_tokens_are_refused()
    {
        var random = new Random(20260503);
        var token = Tokens.Sign(Claims);
        var link = Tokens.Sign(new LinkClaims("member-17", Claims.Expires));
        var withdrawal = Tokens.Sign(Withdrawal);
        for (var i = 0; i < 10_000; i++)
        {
            var altered = Altered((i % 3) switch { 0 => token, 1 => link, _ => withdrawal }, random);
            Assert.Equal(TokenState.Foreign, Tokens.Read(altered, Acts.At, out PresentationClaims? claims));
            Assert.Null(claims);
            Assert.Equal(TokenState.Foreign, Tokens.Read(altered, Acts.At, out LinkClaims? opened));
            Assert.Null(opened);
            Assert.Equal(TokenState.Foreign, Tokens.Read(altered, Acts.At, out WithdrawalClaims? asked));
            Assert.Null(asked);
        }
    }

    [Fact]
    public void A_token_of_one_purpose_is_none_of_another()
    {
        var (form, link, withdrawal) = (Tokens.Sign(Claims), Tokens.Sign(new LinkClaims("member-17", Claims.Expires)), Tokens.Sign(Withdrawal));
        Assert.All(new[] { link, withdrawal }, t => Assert.Equal(TokenState.Foreign, Tokens.Read(t, Acts.At, out PresentationClaims? _)));
        Assert.All(new[] { form, withdrawal }, t => Assert.Equal(TokenState.Foreign, Tokens.Read(t, Acts.At, out LinkClaims? _)));
        Assert.All(new[] { form, link }, t => Assert.Equal(TokenState.Foreign, Tokens.Read(t, Acts.At, out WithdrawalClaims? _)));
        Assert.Equal(TokenState.Valid, Tokens.Read(withdrawal, Acts.At, out WithdrawalClaims? read));
        Assert.Equal(Withdrawal, read);
    }

    [Fact]
    public void A_token_of_another_server_is_refused() =>
        Assert.Equal(TokenState.Foreign, new SignedTokens([.. Enumerable.Repeat((byte)1, 32)]).Read(Tokens.Sign(Claims), Acts.At, out PresentationClaims? _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("e30.")]
    [InlineData(".e30")]
    [InlineData("e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_is_refused(string? text)
    {
        Assert.Equal(TokenState.Foreign, Tokens.Read(text, Acts.At, out PresentationClaims? _));
        Assert.Equal(TokenState.Foreign, Tokens.Read(new string('A', 5_000_000), Acts.At, out PresentationClaims? _));
    }

    [Fact]
    public void A_short_secret_is_refused() =>
        Assert.Contains("has 31 bytes. It needs 32", Assert.Throws<ArgumentException>(() => new SignedTokens(new byte[31])).Message, StringComparison.Ordinal);

    /// <summary>A token with a character put in, taken out, exchanged or doubled; never the token itself.</summary>
    private static string Altered(string token, Random random)
    {
        while (true)
        {
            var at = random.Next(token.Length);
            var c = Alphabet[random.Next(Alphabet.Length)].ToString();
            var altered = random.Next(6) switch
            {
                0 => token.Insert(at, c),
                1 => token.Remove(at, 1),
                2 => token[..at],
                3 => token + c,
                4 => token[..at] + token[at..].ToUpperInvariant(),
                _ => token.Remove(at, 1).Insert(at, c),
            };
            if (altered != token)
            {
                return altered;
            }
        }
    }
}
