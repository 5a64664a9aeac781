using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

public sealed class ServiceKeyTests
{
    [Fact]
    public void A_key_opens_with_its_secret_until_it_is_revoked()
    {
        var secret = ServiceKey.NewSecret();
        var key = new ServiceKey("shop-web", "The shop", ["present", "record"], ServiceKey.Hash(secret), []);

        Assert.True(ServiceKey.TrySplit(ServiceKey.Token("shop-web", secret), out var id, out var sent));
        Assert.Equal("shop-web", id);
        Assert.True(key.Opens(sent));
        Assert.False(key.Opens(ServiceKey.NewSecret()));
        Assert.False(new ServiceKey("shop-web", "The shop", [], ServiceKey.Hash(secret), [], Acts.At).Opens(secret));
        Assert.True(key.Allows("record"));
        Assert.False(key.Allows("export"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tk__secret")]
    [InlineData("tk_shop")]
    [InlineData("tk_shop_short")]
    [InlineData("tk_Shop_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("tk_sh\nop_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("xx_shop_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_key_is_not_taken_apart(string sent) => Assert.False(ServiceKey.TrySplit(sent, out _, out _));

    [Fact]
    public void An_unknown_scope_is_refused() =>
        Assert.Contains("Use: present, record, read, import, export, erase, hold, notices.", Assert.Throws<ArgumentException>(() => new ServiceKey("a", "A", ["write"], Acts.Digest, [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome", true)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome/back?from=terms", true)]
    [InlineData("https://shop.example/welcome", "https://SHOP.example/welcome", true)]
    [InlineData("https://shop.example/welcome", "https://shop.example:443/welcome", true)]
    [InlineData("https://shop.example", "https://shop.example/anywhere", true)]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/x", true)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcomes", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/Welcome", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome/../admin", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome/%2e%2e/admin", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome/%252e%252e/admin", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome%2f..%2fadmin", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome#x", false)]
    [InlineData("https://shop.example/welcome", "http://shop.example/welcome", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example:444/welcome", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example.evil.example/welcome", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example@evil.example/welcome", false)]
    [InlineData("https://shop.example/welcome", "https://evil.example\\@shop.example/welcome", false)]
    [InlineData("https://shop.example/welcome", "//shop.example/welcome", false)]
    [InlineData("https://shop.example/welcome", "javascript:alert(1)//shop.example/welcome", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/welcome\r\nSet-Cookie: x=y", false)]
    [InlineData("https://shop.example/welcome", "https://shop.example/ welcome", false)]
    public void A_return_address_covers_itself_and_what_lies_below(string registered, string wanted, bool isCovered) =>
        Assert.Equal(isCovered, new ReturnAddress(registered).Covers(wanted));

    [Theory]
    [InlineData("http://shop.example/")]
    [InlineData("https://user:word@shop.example/")]
    [InlineData("https://shop.example/#x")]
    [InlineData("https://shop.example/?x=1")]
    [InlineData("ftp://shop.example/")]
    [InlineData("/welcome")]
    public void An_address_that_could_mislead_is_not_registered(string address) =>
        Assert.Contains("A return address is an https address", Assert.Throws<ArgumentException>(() => new ReturnAddress(address)).Message, StringComparison.Ordinal);
}
