using Terms.Catalogue;
using Terms.Storage;
using Terms.Web.Hosting;

try
{
    TermsHost.Build(args).Run();
    return 0;
}
catch (Exception wrong) when (wrong is ContentException or DirectoryNotFoundException or StoreException or StartException)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

/// <summary>The web host; public so that tests can start it.</summary>
public partial class Program;
