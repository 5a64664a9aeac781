namespace Terms.Web.Hosting;

/// <summary>A setting is wrong, and the server does not start. The message says which, and what to set.</summary>
public sealed class StartException(string message) : Exception(message);
