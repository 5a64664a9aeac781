using Microsoft.Extensions.DependencyInjection;
using Terms.Web.Delivery;

namespace Terms.Web.Tests.Delivery;

/// <summary>Servers that may send to this machine and know their address. Tests have them send; nothing is sent by itself.</summary>
internal static class DeliveryApplication
{
    public static AcceptanceApplication New(params (string Name, string Value)[] settings)
    {
        var application = NotStarted();
        foreach (var (name, value) in settings)
        {
            application.Settings[name] = value;
        }
        _ = application.Server;
        return application;
    }

    /// <summary>The same before its start, so that its content can still be changed.</summary>
    public static AcceptanceApplication NotStarted() => new() { Settings = { ["Terms:Address"] = "https://terms.example", ["Terms:Webhooks:AllowedNetworks:0"] = "127.0.0.0/8" } };

    public static T Of<T>(this AcceptanceApplication application) where T : notnull => application.Services.GetRequiredService<T>();

    /// <summary>Sends all messages that are due, and waits until that is done.</summary>
    public static async Task SendMessages(this AcceptanceApplication application)
    {
        await application.Of<EffectiveVersions>().Pass();
        application.Of<WebhookSender>().Begin(CancellationToken.None);
        await application.Of<WebhookSender>().Idle();
    }

    /// <summary>Posts on the board and sends all notices that are due.</summary>
    public static async Task SendNotices(this AcceptanceApplication application)
    {
        await application.Of<NoticeBoard>().Pass();
        await application.Of<NoticeSender>().Pass(CancellationToken.None);
    }
}
