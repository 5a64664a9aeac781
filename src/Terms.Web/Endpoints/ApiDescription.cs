using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Terms.Web.Endpoints;

/// <summary>What the OpenAPI document says beyond the routes themselves.</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Terms workbench",
                Version = "1",
                Description = "Which agreement, version, company, law and forum apply to whom and when; texts, clauses and facts. Errors are application/problem+json whose type ends in: "
                    + "unknown-agreement, unknown-version, unknown-clause, no-version-at-instant, invalid-parameter, too-large, not-found, too-many-requests.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(AddParameters);
    });

    /// <summary>Names the query parameters of an operation; one with an exclamation mark is required.</summary>
    public static IEndpointConventionBuilder Queries(this IEndpointConventionBuilder route, params string[] names) => route.WithMetadata(new QueryNames(names));

    /// <summary>Says what an operation answers, and with which statuses it refuses.</summary>
    public static IEndpointConventionBuilder Answers(this IEndpointConventionBuilder route, Type document, params int[] refusals)
    {
        route.WithMetadata(new ProducesResponseTypeMetadata(200, document, ["application/json"]));
        foreach (var status in refusals.Append(429))
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
        return route;
    }

    private sealed record QueryNames(string[] Names);

    private static Task AddParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        foreach (var name in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryNames>().SelectMany(q => q.Names))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name.TrimEnd('!'),
                In = ParameterLocation.Query,
                Required = name.EndsWith('!'),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        return Task.CompletedTask;
    }
}
