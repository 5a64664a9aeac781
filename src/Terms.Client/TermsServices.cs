using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Terms.Client;

/// <summary>Where the terms service is, and how it is asked.</summary>
public sealed class TermsClientOptions
{
    /// <summary>The address of the service, such as <c>https://terms.example/</c>.</summary>
    public Uri? Address { get; set; }

    /// <summary>The key of this service: <c>tk_…</c>, as <c>terms key add</c> printed it. Keep it out of source files.</summary>
    public string? Key { get; set; }

    /// <summary>How long a call may take, all tries together; 10 s by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a call is tried that the service could not take at the moment (429, 503) or that did not reach it: 3 by default.</summary>
    public int Tries { get; set; } = 3;
}

/// <summary>Registers the client.</summary>
public static class TermsServices
{
    /// <summary>Registers a <see cref="TermsClient"/>.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="configure">Sets address and key.</param>
    /// <exception cref="InvalidOperationException">On first use: the address or the key is missing.</exception>
    public static IHttpClientBuilder AddTermsClient(this IServiceCollection services, Action<TermsClientOptions> configure)
    {
        var options = new TermsClientOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new AcceptedSubjects(provider.GetRequiredService<TimeProvider>()));
        return services.AddHttpClient<TermsClient>(http =>
        {
            http.BaseAddress = options.Address is { IsAbsoluteUri: true } address
                ? new Uri(address.AbsoluteUri.TrimEnd('/') + "/")
                : throw new InvalidOperationException("The address of the terms service is missing. Set TermsClientOptions.Address, such as https://terms.example/.");
            http.Timeout = options.Timeout;
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer", options.Key ?? throw new InvalidOperationException("The key for the terms service is missing. Set TermsClientOptions.Key to what `terms key add` printed."));
        }).AddHttpMessageHandler(provider => new Retrying(options.Tries, provider.GetRequiredService<TimeProvider>()));
    }
}
