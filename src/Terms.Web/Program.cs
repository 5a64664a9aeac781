using Terms.Web.Hosting;

TermsHost.Build(args).Run();

/// <summary>The web host; public so that tests can start it.</summary>
public partial class Program;
