using System.Collections.Immutable;
using Terms.Notices;

namespace Terms.Storage;

/// <summary>How many notices of a version stand how.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Standing">How they stand.</param>
/// <param name="Count">How many.</param>
public sealed record NoticeCount(string Channel, NoticeStanding Standing, long Count);

/// <summary>
/// Counts the notices of each version that go to recipients, in the transaction in which one is added or moves on: a version may have as many as there are customers, and a page that asks for the numbers reads
/// a few rows. What is posted on the board is not counted.
/// </summary>
internal static class NoticeCounts
{
    private static readonly ImmutableArray<string> Standings = ["waiting", "sent", "delivered", "failed"];

    /// <summary>The numbers of a version, by channel; none that are zero.</summary>
    public static ImmutableArray<NoticeCount> Of(Database database, string version) =>
        [.. database.Statement("SELECT channel, standing, count FROM notice_counts WHERE version = ? AND count > 0 ORDER BY channel, standing").Bind(1, version)
            .All(r => new NoticeCount(r.Text(0), (NoticeStanding)Standings.IndexOf(r.Text(1)), r.Long(2)))];

    /// <summary>How a notice stands now.</summary>
    public static NoticeStanding Standing(Database database, KeptNotice notice) =>
        database.Statement("SELECT 1 FROM notice_troubles WHERE notice = ?").Bind(1, notice.Number).First(_ => true) ? NoticeStanding.Failed : notice.State.Stage switch
        {
            NoticeStage.Sent => NoticeStanding.Sent,
            NoticeStage.Delivered => NoticeStanding.Delivered,
            _ => NoticeStanding.Waiting,
        };

    /// <summary>Counts a notice that was added; it waits.</summary>
    public static void Add(Database database, NewNotice added) => Change(database, added.Notice, added.Carrier, NoticeStanding.Waiting, 1);

    /// <summary>Counts a notice that has moved on.</summary>
    public static void Move(Database database, KeptNotice notice, NoticeStanding from, NoticeStanding to)
    {
        Change(database, notice.Notice, notice.Carrier, from, -1);
        Change(database, notice.Notice, notice.Carrier, to, 1);
    }

    private static void Change(Database database, Notice notice, NoticeCarrier carrier, NoticeStanding standing, int by)
    {
        if (carrier != NoticeCarrier.Board)
        {
            database.Statement("INSERT INTO notice_counts(version, channel, standing, count) VALUES (?, ?, ?, ?) ON CONFLICT(version, channel, standing) DO UPDATE SET count = count + excluded.count")
                .Bind(1, notice.Version).Bind(2, notice.Channel).Bind(3, Standings[(int)standing]).Bind(4, by).Run();
        }
    }
}
