using System.Xml.Linq;

namespace Terms.Verifier.Tests;

public sealed class ProjectTests
{
    [Fact]
    public void The_verifier_references_no_other_project()
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", "Terms.Verifier", "Terms.Verifier.csproj"));

        Assert.NotEmpty(project.Descendants("PackageReference"));
        Assert.DoesNotContain(project.Descendants(), e => e.Name.LocalName is "ProjectReference" or "Reference" or "Import");
        Assert.DoesNotContain(project.Descendants("Compile"), c => c.Attribute("Include") is not null);
    }

    [Fact]
    public void Nothing_of_the_writer_is_linked_to_the_verifier() =>
        Assert.DoesNotContain(typeof(Terms.Verifier.Receipts.ReceiptVerification).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("Terms", StringComparison.Ordinal));
}
