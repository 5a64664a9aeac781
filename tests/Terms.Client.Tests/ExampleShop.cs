using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Terms.Client.Tests;

/// <summary>The service of docs/examples/client.md.</summary>
internal static class ExampleShop
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // The example begins here.
        builder.Services.AddTermsClient(options =>
        {
            options.Address = new Uri(builder.Configuration["Terms:Address"]!);
            options.Key = builder.Configuration["Terms:Key"];
        });
        var app = builder.Build();

        app.MapPost("/orders", () => "ordered").RequireTerms(new RequireTermsOptions
        {
            Subject = context => context.Request.Headers["X-Member"],
            Customer = _ => new Customer("NO", "buyer") { Site = "easy-buy" },
            Surface = "checkout-web",
            ReturnTo = _ => "https://shop.example/welcome",
            RememberAccepted = TimeSpan.Zero,
        });
        // The example ends here.
        return app;
    }
}
