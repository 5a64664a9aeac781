using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Terms.Web.Delivery;
using Terms.Web.Editing;
using Terms.Web.Endpoints;
using Terms.Web.Pages;

namespace Terms.Web.Hosting;

/// <summary>Wires the host: content, limits, headers, proxies.</summary>
public static partial class TermsHost
{
    /// <summary>The languages of the interface, the default first.</summary>
    internal static readonly string[] Languages = ["en", "zh-Hans", "ru", "ko"];

    private const int LargestBody = 1024 * 1024;

    /// <summary>The whole program, ready to run.</summary>
    /// <param name="args">Settings, such as <c>--Terms:Content=folder</c>.</param>
    /// <exception cref="Catalogue.ContentException">The content has problems; it is not served.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.AddTerms();

        var app = builder.Build();
        var reading = Task.Run(app.Services.GetRequiredService<CurrentCatalogue>); // Takes longest, so everything else is made meanwhile.
        app.UseTerms();
        app.MapApi();
        app.MapPages();
        var current = reading.GetAwaiter().GetResult(); // Content with problems, or a store that is not sound, stops the start.
        Loaded(app.Logger, current.Now.Catalogue.Agreements.Length, current.Now.Folder, current.LoadTime.TotalMilliseconds);
        return app;
    }

    /// <summary>The services, without routes.</summary>
    internal static void AddTerms(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Terms");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.AddSingleton(TimeProvider.System);
        var content = ServedCatalogue.FindFolder(settings["Content"], builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(services => ServedStore.Open(settings, builder.Environment.ContentRootPath, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        builder.Services.AddSingleton(services => new Lazy<CurrentCatalogue>( // Read once: whoever asks after it failed is told why, and does not find the store that was closed.
            () => CurrentCatalogue.Read(content, services.GetRequiredService<ServedStore>(), services.GetRequiredService<TimeProvider>().GetUtcNow())));
        builder.Services.AddSingleton(services => services.GetRequiredService<Lazy<CurrentCatalogue>>().Value);
        builder.Services.AddScoped<SeenCatalogue>();
        builder.Services.AddTransient(services => services.GetRequiredService<SeenCatalogue>().Served);
        builder.Services.AddSingleton<Forms>();
        builder.Services.AddTransient<SubjectAnswers>();
        builder.Services.AddTransient<Presenter>();
        builder.Services.AddTransient<Recorder>();
        builder.Services.AddScoped<NoticeDesk>();
        builder.Services.AddScoped<AcceptPages>();
        builder.Services.AddScoped<AcceptancesPages>();
        builder.Services.AddSingleton<AnswerBytes>();
        builder.Services.AddSingleton<ImportDesk>();
        builder.Services.AddHostedService<Housekeeping>();
        builder.Services.AddWorkbench();
        builder.Services.AddDelivery(settings);
        builder.Services.AddRazorComponents();
        builder.Services.AddLocalization(options => options.ResourcesPath = "Resources");
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Languages[0]).AddSupportedCultures(Languages).AddSupportedUICultures(Languages);
        });
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.AllowAnyOrigin().WithMethods("GET", "HEAD").WithExposedHeaders("ETag", "Memento-Datetime", "Link", "Retry-After")));
        builder.Services.AddApiDescription();
        var proxies = settings.Networks("TrustedProxies");
        builder.Services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, proxies));
        var (requests, requestsOfKey) = (settings.Number("RequestsPerMinute", 6000, 0, int.MaxValue), settings.Number("RequestsPerMinuteAndKey", 600_000, 0, int.MaxValue));
        builder.Services.AddRateLimiter(limiter => Limit(limiter, requests, requestsOfKey));
    }

    private static void UseTerms(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Refusals>();
        app.UseCors(); // Before the limit: scripts of other sites are to read that they came too often.
        app.UseRateLimiter();
        app.UseMemento();
    }

    /// <summary>Forwarded headers count only from the addresses or networks configured; from nobody by default.</summary>
    private static void TrustProxies(ForwardedHeadersOptions options, IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }
    }

    private static void Limit(RateLimiterOptions limiter, int requestsPerMinute, int requestsPerMinuteAndKey)
    {
        limiter.OnRejected = async (context, cancellation) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 60;
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, wait).ToString(CultureInfo.InvariantCulture);
            await Problems.Write(context.HttpContext, new ApiProblem(429, "too-many-requests", Callers.Of(context.HttpContext) is { } key
                ? $"More than {requestsPerMinuteAndKey} requests came with the key {key.Id} within a minute. Wait {wait} s."
                : $"More than {requestsPerMinute} requests came from this address within a minute. Wait {wait} s, or ask for many answers in one POST."));
        };
        if (requestsPerMinute > 0 || requestsPerMinuteAndKey > 0)
        {
            // A key that opens is counted by itself: many services may come from one address, and one from many.
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, object>(context => Callers.Of(context) is { } key
                ? Window(key.Id, requestsPerMinuteAndKey)
                : Window(context.Connection.RemoteIpAddress ?? IPAddress.None, requestsPerMinute));
        }

        static RateLimitPartition<object> Window(object of, int most) => most == 0
            ? RateLimitPartition.GetNoLimiter(of)
            : RateLimitPartition.GetFixedWindowLimiter(of, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
    }

    [LoggerMessage(LogLevel.Information, "Read {Agreements} agreements from {Folder} in {Milliseconds:0.0} ms")]
    private static partial void Loaded(ILogger log, int agreements, string folder, double milliseconds);
}
