using Microsoft.Playwright;
using Terms.Web.Tests.Pages;

namespace Terms.Web.Tests.Editing;

/// <summary>Passkeys in a browser, with the device that its developers' tools have for tests.</summary>
public sealed class PasskeyBrowserTests(EditingBrowser browser) : IClassFixture<EditingBrowser>
{
    /// <summary>A number is no site, and gets no passkey.</summary>
    private string Site => browser.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    [BrowserTheory]
    [InlineData(1280, ColorScheme.Light, "en-US")]
    [InlineData(390, ColorScheme.Dark, "ru-RU")]
    public async Task With_the_keyboard_alone_a_passkey_is_added_signs_in_is_removed_and_signs_in_no_longer(int width, ColorScheme scheme, string language)
    {
        var looks = await Looks.Begin(browser, "passkey", width, scheme, language);
        var page = looks.Page;
        var (device, authenticator) = await AddDevice(page);
        await page.GotoAsync($"{Site}/workbench/sign-in?to=/workbench/account");
        await looks.At("sign-in");
        await page.FillAsync("#name", "boris");
        await page.FillAsync("#password", EditingPeople.Password);
        await page.Enter();
        await page.WaitForSelectorAsync("#passkeys");
        await looks.At("none");

        await page.FillAsync("#passkey-name", "The phone");
        await page.FillAsync("#passkey-password", "wrong words altogether");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-said]:not(:empty)");
        await page.FillAsync("#passkey-password", EditingPeople.Password);
        await page.Enter();
        await page.WaitForSelectorAsync("[role=status] >> visible=true");
        Assert.Equal("The phone", await page.TextContentAsync("#passkey-0"));
        Assert.Equal("", await page.InputValueAsync("#passkey-password"));
        await looks.At("added");

        await page.FillAsync("#passkey-name", "The phone again");
        await page.FillAsync("#passkey-password", EditingPeople.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-said]:not(:empty)");
        Assert.Equal(await page.GetAttributeAsync("[data-passkey]", "data-known"), await page.TextContentAsync("[data-said]"));
        await looks.At("known");

        await SignOut(page);
        await page.GotoAsync($"{Site}/workbench/sign-in?to=/workbench/account");
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await page.FocusAsync("[data-passkey] button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-said]:not(:empty)");
        Assert.Equal(await page.GetAttributeAsync("[data-passkey]", "data-cancelled"), await page.TextContentAsync("[data-said]"));
        await looks.At("cancelled");
        await device.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = true });
        await page.Enter();
        await page.WaitForSelectorAsync("#passkey-0");
        Assert.EndsWith("/workbench/account", page.Url, StringComparison.Ordinal);

        await page.FocusAsync("li:has(#passkey-0) button");
        await page.Enter();
        await page.WaitForSelectorAsync("[role=status] >> visible=true");
        Assert.Equal(0, await page.Locator("#passkey-0").CountAsync());
        await SignOut(page);
        await page.GotoAsync($"{Site}/workbench/sign-in");
        await page.FocusAsync("[data-passkey] button");
        await page.Enter();
        await page.WaitForSelectorAsync(".errors:focus");
        await looks.At("refused");

        await looks.End();
        Assert.Empty(browser.Application.Store().Passkeys.Of("boris"));
    }

    [BrowserFact]
    public async Task Without_scripts_nothing_is_shown_that_needs_them()
    {
        var page = await browser.Page(390, scripts: false);
        await page.GotoAsync($"{Site}/workbench/sign-in?to=/workbench/account");
        Assert.False(await page.IsVisibleAsync("[data-passkey]"));
        await page.FillAsync("#name", "clara");
        await page.FillAsync("#password", EditingPeople.Password);
        await page.Enter();
        await page.WaitForSelectorAsync("#passkeys");
        Assert.False(await page.IsVisibleAsync("[data-passkey]"));
        await page.Context.CloseAsync();
    }

    private static async Task<(ICDPSession Device, string Authenticator)> AddDevice(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
        return (session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static async Task SignOut(IPage page)
    {
        await page.FocusAsync(".desk-bar button");
        await page.Enter();
        await page.WaitForSelectorAsync("#name");
    }
}
