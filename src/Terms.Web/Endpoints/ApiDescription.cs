using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Terms.Facts;
using Terms.Resolution;

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
                Description = "Which agreement, version, company, law and forum apply to whom and when; texts, clauses and facts; acceptances and notices as evidence, for services with a key (Authorization: Bearer tk_…). Errors are application/problem+json whose type ends in: "
                    + "unknown-agreement, unknown-version, unknown-clause, no-version-at-instant, invalid-parameter, too-large, not-found, method-not-allowed, too-many-requests, not-allowed, no-store, "
                    + "stale-presentation, unknown-acceptance, cannot-withdraw, on-hold, unknown-notice, notice-state, no-carrier, no-address, store-busy, store-unavailable.",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            foreach (var path in document.Paths.Values)
            {
                path.Operations?.Remove(HttpMethod.Head);
            }
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
        return route.Refuses(refusals);
    }

    /// <summary>Says that an operation answers a file, and with which statuses it refuses.</summary>
    public static IEndpointConventionBuilder AnswersFile(this IEndpointConventionBuilder route, string mediaType, params int[] refusals)
    {
        route.WithMetadata(new ProducesResponseTypeMetadata(200, typeof(Stream), [mediaType]));
        return route.Refuses(refusals);
    }

    /// <summary>Says that an operation answers in other formats too, if that is asked for.</summary>
    public static IEndpointConventionBuilder InFormats(this IEndpointConventionBuilder route, params string[] mediaTypes) => route.WithMetadata(new Formats(mediaTypes));

    /// <summary>Says that each part of the answer may be a problem in its place.</summary>
    public static IEndpointConventionBuilder RefusesEach(this IEndpointConventionBuilder route) => route.WithMetadata(new PartsRefused());

    /// <summary>Says that an operation makes something, and with which statuses it refuses.</summary>
    public static IEndpointConventionBuilder Creates(this IEndpointConventionBuilder route, Type document, params int[] refusals)
    {
        route.WithMetadata(new ProducesResponseTypeMetadata(201, document, ["application/json"]));
        return route.Refuses(refusals);
    }

    /// <summary>Says that an operation answers nothing, and with which statuses it refuses.</summary>
    public static IEndpointConventionBuilder Does(this IEndpointConventionBuilder route, params int[] refusals)
    {
        route.WithMetadata(new ProducesResponseTypeMetadata(204, typeof(void), []));
        return route.Refuses(refusals);
    }

    /// <summary>Says what an operation takes. It is no <see cref="IAcceptsMetadata"/>, for that would send a body of another kind to the fallback, which knows nothing of it.</summary>
    public static IEndpointConventionBuilder Takes(this IEndpointConventionBuilder route, Type document, params string[] others) =>
        route.WithMetadata(new Body(document, ["application/json", .. others]));

    /// <summary>Names the headers of an operation; one with an exclamation mark is required.</summary>
    public static IEndpointConventionBuilder Header(this IEndpointConventionBuilder route, params string[] names) => route.WithMetadata(new HeaderNames(names));

    private static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder route, int[] refusals)
    {
        foreach (var status in refusals.Append(429))
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
        return route;
    }

    private sealed record Formats(string[] MediaTypes);

    private sealed record PartsRefused;

    private sealed record QueryNames(string[] Names);

    private sealed record HeaderNames(string[] Names);

    private sealed record Body(Type Document, string[] MediaTypes);

    private const string Place = "ISO 3166-1 alpha-2 code in capitals; CN is mainland China, and HK, MO and TW are places of their own.";
    private const string Instant = "RFC 3339 instant, or a date: the start of that day in the catalogue's zone. Default: now.";

    private static readonly Dictionary<string, (string Says, IEnumerable<string> Values)> Meanings = new(StringComparer.Ordinal)
    {
        ["residence"] = ("Where the customer lives or is established. " + Place, []),
        ["accessFrom"] = ("From where the site is used; default: the residence. " + Place, []),
        ["role"] = ("What the customer does on the site.", Words.Roles),
        ["site"] = ("The site used; default: aliexpress.", Words.Sites),
        ["service"] = ("What the question is about.", Words.Services.Skip(1)),
        ["member"] = ("Sites where the customer is registered, separated by commas, or none. Default: none for a visitor, else the site.", []),
        ["business"] = ("true for a business, false for a consumer.", ["true", "false"]),
        ["registered"] = ("Day of registration.", []),
        ["agreement"] = ("Name of an agreement, such as free-membership.", []),
        ["version"] = ("Name of a version: its effective date, or undated.", []),
        ["at"] = ("The moment asked about. " + Instant, []),
        ["knownAt"] = ("What counts is what the catalogue knew then. " + Instant, []),
        ["lang"] = ("Language of the text (IETF tag). Default: the first that the version has.", []),
        ["rendering"] = ("Number of the rendering in that language. Default: 1.", []),
        ["from"] = ("The old version: its effective date, or undated.", []),
        ["to"] = ("The new version; the same one to compare two of its renderings.", []),
        ["fromRendering"] = ("Number of the old version's rendering. Default: 1.", []),
        ["toRendering"] = ("Number of the new version's rendering. Default: 1.", []),
        ["format"] = ("Default: json.", ["html", "markdown", "text", "json", "docx"]),
        ["label"] = ("Label of a clause, such as 6.7, 1.1(c) or 2.1 ¶3, percent-encoded; or its anchor.", []),
        ["clause"] = ("Label of a clause, such as 6.7.", []),
        ["kind"] = ("Kind of fact.", FactKind.All),
        ["party"] = ("Id of a party.", []),
        ["feesPaid"] = ("Fees paid in the period of the cap: digits with a full stop as decimal point.", []),
        ["currency"] = ("ISO 4217 code of those fees.", []),
        ["direction"] = ("Who sends to whom.", FactReader.NoticeDirections),
        ["channel"] = ("By what the notice travels.", FactReader.Channels),
        ["sentAt"] = ("When it was sent or posted: RFC 3339 instant or a date.", []),
        ["start"] = ("The day of the event that starts the limit: a date or an RFC 3339 instant.", []),
        ["id"] = ("An acceptance, as a17-0f3a…; among time limits, one fact of the clause if it has several.", []),
        ["subject"] = ("Whom it is about, as the service names them, percent-encoded.", []),
        ["details"] = ("Whether personal details are given out. Default: true.", ["true", "false"]),
        ["minutes"] = ("How long the link opens: 1 to 1440. Default: 60.", []),
        ["Idempotency-Key"] = ("1 to 200 printable characters, new for each new request. The same request sent again is answered with what was recorded.", []),
    };

    private static async Task AddParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
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
        foreach (var name in context.Description.ActionDescriptor.EndpointMetadata.OfType<HeaderNames>().SelectMany(h => h.Names))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = name.TrimEnd('!'), In = ParameterLocation.Header, Required = name.EndsWith('!'), Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
        if (context.Description.RelativePath?.Contains("{subject}", StringComparison.Ordinal) == true)
        {
            operation.Parameters ??= [];
            operation.Parameters.Insert(0, new OpenApiParameter { Name = "subject", In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var (says, values) = Meanings[parameter.Name!];
            parameter.Description = says;
            if (parameter.Schema is OpenApiSchema schema && values.Any())
            {
                schema.Enum = [.. values.Select(v => (JsonNode)v)];
            }
        }
        var answered = operation.Responses?.GetValueOrDefault("200")?.Content;
        foreach (var mediaType in context.Description.ActionDescriptor.EndpointMetadata.OfType<Formats>().SelectMany(f => f.MediaTypes))
        {
            answered![mediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<PartsRefused>().Any() && answered!["application/json"].Schema is OpenApiSchema { Items: { } part } all)
        {
            all.Items = new OpenApiSchema { AnyOf = [part, await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellation)] };
        }
        foreach (var body in context.Description.ActionDescriptor.EndpointMetadata.OfType<Body>())
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Document, null, cancellation);
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = body.MediaTypes.ToDictionary(m => m, _ => new OpenApiMediaType { Schema = schema }) };
        }
    }
}
