using Terms.Web.Editing;
using Terms.Web.Pages;

namespace Terms.Web.Tests.Editing;

/// <summary>Documents whose report is being read.</summary>
public sealed class UploadShelfTests
{
    private readonly AcceptanceApplication.SettableClock clock = new();

    private static Upload Megabytes(int count) => new("terms.txt", new byte[count * 1024 * 1024]);

    [Fact]
    public void A_document_is_there_for_whoever_sent_it_and_for_an_hour()
    {
        var shelf = new UploadShelf(clock);
        var key = shelf.Keep("anna", Megabytes(1));
        Assert.NotNull(shelf.Find("anna", key));
        Assert.Null(shelf.Find("boris", key));
        clock.Now += TimeSpan.FromMinutes(61);
        Assert.Null(shelf.Find("anna", key));
    }

    [Fact]
    public void Whoever_sends_many_documents_makes_room_with_their_own()
    {
        var shelf = new UploadShelf(clock);
        var (others, first) = (shelf.Keep("boris", Megabytes(1)), shelf.Keep("anna", Megabytes(16)));
        var last = Enumerable.Range(0, 4).Select(_ => shelf.Keep("anna", Megabytes(16))).ToList()[^1];
        Assert.NotNull(shelf.Find("boris", others));
        Assert.Null(shelf.Find("anna", first));
        Assert.NotNull(shelf.Find("anna", last));
    }
}
