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
        services.AddSingleton(new Destinations([.. settings.Networks("Webhooks:AllowedNetworks")]));
        services.AddSingleton(new DeliveryTimes(
            TimeSpan.FromSeconds(settings.Number("SendEverySeconds", 2.0, 0, 86_400)), TimeSpan.FromSeconds(settings.Number("Webhooks:TimeoutSeconds", 10.0, 0.1, 3600))));
        services.AddSingleton(RetryPolicy.Usual);
        services.AddSingleton(new MailCarrier(mail is null ? null : new MailSender(mail)));
        services.AddSingleton<SignedPost>();
        services.AddSingleton<NoticeSentences>();
        services.AddSingleton<Announcements>();
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<EffectiveVersions>();
        services.AddSingleton<NoticeSender>();
        services.AddSingleton<WebhookSender>();
        services.AddTransient<NoticeReceived>(provider =>
        {
            var (served, stored) = (provider.GetRequiredService<ServedCatalogue>(), provider.GetRequiredService<ServedStore>());
            return (subject, version) => ReceivedNotices.First(stored.Store, served.Corpus, version, subject)?.Day;
        });
        services.AddHostedService<DeliveryService>();
    }
}

/// <summary>The mail server, if the settings name one.</summary>
internal sealed record MailCarrier(MailSender? Sender);
