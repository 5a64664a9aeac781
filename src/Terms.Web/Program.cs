using Terms.Web.Endpoints;
using Terms.Web.Hosting;
using Terms.Web.Pages;

var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.AddTerms();

var app = builder.Build();
app.UseTerms();
app.MapApi();
app.MapPages();
app.Run();

/// <summary>The web host; public so that tests can start it.</summary>
public partial class Program;
