using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Terms.Web.Tests;

/// <summary>A server on a port of the machine, as a browser needs it; the test server has none.</summary>
internal static class Listening
{
    /// <summary>Starts the server on a free port.</summary>
    /// <returns>Its address.</returns>
    public static Uri Listen(this WebApplicationFactory<Program> factory)
    {
        // Not with UseKestrel(0): the factory would set that port on a server that the program's own thread is starting, and may have started.
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        factory.StartServer();
        return factory.ClientOptions.BaseAddress;
    }

    /// <summary>A client that sends a large body only once the server has said that it takes it, however long a busy machine is about that.</summary>
    public static HttpClient PatientClient(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1), AllowAutoRedirect = false }) { BaseAddress = address };
        client.DefaultRequestHeaders.ExpectContinue = true;
        return client;
    }
}
