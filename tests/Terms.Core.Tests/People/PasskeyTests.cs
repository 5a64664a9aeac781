using Terms.People;

namespace Terms.Tests.People;

/// <summary>What a passkey has to look like, and when a device has counted on.</summary>
public sealed class PasskeyTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("YWJj=")]
    [InlineData("YQ==")]
    [InlineData("<b>")]
    public void An_id_has_bytes_in_base64url(string id) => Refused("The id of a passkey has 1 to 1023 bytes in base64url, without padding.", () => Made(id: id));

    [Fact]
    public void An_id_is_no_longer_than_the_standard_has_it()
    {
        Assert.Equal(1364, Made(id: new string('A', 1364)).Id.Length); // 1023 bytes
        Refused("The id of a passkey has 1 to 1023 bytes", () => Made(id: new string('A', 1366)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("my\nphone")]
    [InlineData("my\u202Ephone")]
    [InlineData("sixty-one signs, which is one more than the name of one may have")]
    public void A_name_has_printable_characters(string name) => Refused("The name of a passkey has 1 to 60 printable characters", () => Made(name: name));

    [Fact]
    public void A_name_has_whole_signs()
    {
        Assert.Equal("My 📱", Made(name: "My 📱").Name);
        Refused("The name of a passkey has 1 to 60 printable characters", () => Made(name: "My 📱"[..^1]));
    }

    [Fact]
    public void What_it_belongs_to_is_the_name_of_an_account_and_a_random_handle()
    {
        Refused("A passkey belongs to the name of an account.", () => Made(editor: "Anna Li"));
        Refused("What a device knows its owner by has 256 bits", () => Made(handle: "anna"));
        Refused("A device is reached by ble, hybrid, internal, nfc, smart-card, usb.", () => new Passkey("YWJj", "anna", Passkey.NewHandle(), [1], "x", Now, 0, ["pigeon"], false, false));
        Refused("A passkey has a public key.", () => new Passkey("YWJj", "anna", Passkey.NewHandle(), [], "x", Now, 0, [], false, false));
        Assert.NotEqual(Passkey.NewHandle(), Passkey.NewHandle());
    }

    [Theory]
    [InlineData(0u, 0u, true)]
    [InlineData(0u, 1u, true)]
    [InlineData(7u, 8u, true)]
    [InlineData(7u, 7u, false)]
    [InlineData(7u, 6u, false)]
    [InlineData(7u, 0u, false)]
    [InlineData(uint.MaxValue - 1, uint.MaxValue, true)]
    public void A_device_counts_on_or_never(uint kept, uint said, bool may) => Assert.Equal(may, Made(count: kept).MayCountTo(said));

    private static void Refused(string says, Func<object> make) => Assert.StartsWith(says, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);

    private static Passkey Made(string id = "YWJj", string editor = "anna", string? handle = null, string name = "My phone", uint count = 0) =>
        new(id, editor, handle ?? Passkey.NewHandle(), [1, 2, 3], name, Now, count, ["internal"], isBackupEligible: true, isBackedUp: false);
}
