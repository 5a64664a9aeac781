using Terms.People;

namespace Terms.Tests.People;

/// <summary>Which passwords are taken, and how long an account is locked.</summary>
public sealed class PasswordsTests
{
    [Theory]
    [InlineData("kettle orbit velvet nine")]
    [InlineData("вереск камыш облако семь")]
    [InlineData("창문 구름 바다 여섯 자전거 나무")]
    [InlineData("grüner Wüstenfuchs träumt")]
    [InlineData("p3Z!vQ8_tN2x")]
    [InlineData("~^|=+<>$`!@#%&*()_-")]
    [InlineData("🦊🌵🎻🧊🚲🪁🍋🎲🧭🪶🥁🌋")]
    [InlineData("a+/%~=!?&#@*")]
    public void A_long_password_of_any_characters_is_taken(string password) => Assert.Null(Passwords.Weakness(password, "anna", "Anna Li"));

    [Theory]
    [InlineData("elevensigns", PasswordWeakness.TooShort)]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀", PasswordWeakness.TooShort)]
    [InlineData("password1234", PasswordWeakness.Common)]
    [InlineData("PassWord!!!!99", PasswordWeakness.Common)]
    [InlineData("qwertyuiop12", PasswordWeakness.Common)]
    [InlineData("aaaaaaaaaaaaaa", PasswordWeakness.Common)]
    [InlineData("123456789012", PasswordWeakness.Common)]
    [InlineData("abcdefghijklmnop", PasswordWeakness.Common)]
    [InlineData("a-b-c-d-e-f-g-h-i-j-k-l", PasswordWeakness.Common)]
    [InlineData("!!!!!!!!!!!!", PasswordWeakness.Common)]
    [InlineData("!\"#$%&'()*+,-./", PasswordWeakness.Common)]
    [InlineData("anna.li anna.li", PasswordWeakness.Name)]
    [InlineData("AnnaAnnaAnna1!", PasswordWeakness.Name)]
    [InlineData("twelve\tsigns or more", PasswordWeakness.Malformed)]
    public void A_password_that_is_guessed_first_is_not(string password, PasswordWeakness weakness) => Assert.Equal(weakness, Passwords.Weakness(password, "anna.li", "Anna"));

    [Fact]
    public void A_password_has_an_end_and_whole_characters()
    {
        Assert.Equal(PasswordWeakness.TooLong, Passwords.Weakness(string.Concat(Enumerable.Range(0, 60).Select(i => $"w{i * 7} "))));
        Assert.Equal(PasswordWeakness.Malformed, Passwords.Weakness("kettle orbit velvet \uD800"));
    }

    [Fact]
    public void Every_weakness_says_what_to_do() => Assert.All(Enum.GetValues<PasswordWeakness>(), w => Assert.Matches(@"^The password .+\. (Take|Type) .+\.$", w.Words()));

    [Fact]
    public void A_password_matches_its_own_hash_alone_however_the_keyboard_writes_it()
    {
        var hash = Passwords.Hash("grüner Wüstenfuchs träumt");

        Assert.True(Passwords.Match(hash, "gru\u0308ner Wu\u0308stenfuchs tra\u0308umt", out var isOld));
        Assert.False(isOld);
        Assert.False(Passwords.Match(hash, "gruner Wustenfuchs traumt", out _));
        Assert.False(Passwords.Match(hash, "", out _));
        Assert.False(Passwords.Match(hash, "\uD800", out _));
        Assert.NotEqual(hash, Passwords.Hash("grüner Wüstenfuchs träumt"));
    }

    [Fact]
    public void Nobody_s_password_matches_nothing() => Assert.False(Passwords.Match(null, "kettle orbit velvet nine", out _));

    [Theory]
    [InlineData(1, null)]
    [InlineData(4, null)]
    [InlineData(5, 15)]
    [InlineData(6, 30)]
    [InlineData(7, 60)]
    [InlineData(8, 120)]
    [InlineData(9, 240)]
    [InlineData(10, 240)]
    [InlineData(int.MaxValue, 240)]
    public void A_lock_grows_with_every_failure_up_to_four_hours(int failures, int? minutes)
    {
        var at = new DateTimeOffset(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);

        Assert.Equal(minutes is { } m ? at.AddMinutes(m) : null, LockOut.After(failures, at));
    }
}
