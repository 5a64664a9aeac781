using System.Net;
using Terms.Notices;
using Terms.Storage;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>What sends, with its settings.</summary>
internal static class DeliverySetup
{
    public static void AddDelivery(this IServiceCollection services, IConfigurationSection settings)
    {
        var mail = MailSettings.Read(settings.GetSection("Smtp"));
        services.AddSingleton(PublicAddress.Read(settings["Address"]));
        services.AddSingleton(new Destinations([.. (settings.GetSection("Webhooks:AllowedNetworks").Get<string[]>() ?? []).Select(Network)]));
        services.AddSingleton(new DeliveryTimes(TimeSpan.FromSeconds(settings.GetValue("SendEverySeconds", 2.0)), TimeSpan.FromSeconds(settings.GetValue("Webhooks:TimeoutSeconds", 10.0))));
        services.AddSingleton(RetryPolicy.Usual);
        services.AddSingleton(new MailCarrier(mail is null ? null : new MailSender(mail)));
        services.AddSingleton<SignedPost>();
        services.AddSingleton<NoticeSentences>();
        services.AddSingleton<Announcements>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<EffectiveVersions>();
        services.AddSingleton<NoticeSender>();
        services.AddSingleton<WebhookSender>();
        services.AddScoped<NoticeReceived>(provider =>
        {
            var (served, stored) = (provider.GetRequiredService<ServedCatalogue>(), provider.GetRequiredService<ServedStore>());
            return (subject, version) => ReceivedNotices.First(stored.Store, served.Corpus, version, subject)?.Day;
        });
        services.AddHostedService<DeliveryService>();
    }

    private static IPNetwork Network(string text) => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new StartException($"Terms:Webhooks:AllowedNetworks has \"{text}\". Write a network, such as 10.1.0.0/16.");
}

/// <summary>The mail server, if the settings name one.</summary>
internal sealed record MailCarrier(MailSender? Sender);
