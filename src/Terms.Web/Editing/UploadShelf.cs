using System.Security.Cryptography;
using Terms.Web.Pages;

namespace Terms.Web.Editing;

/// <summary>
/// Documents that were sent for a new draft and whose report is being read. They are kept in memory, for those alone who sent them, and for an hour at most. Where there is no room, the oldest of whoever sends
/// another goes, and only then the oldest of anybody.
/// </summary>
internal sealed class UploadShelf(TimeProvider clock)
{
    private const int Room = 64 * 1024 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly List<(string Key, string Who, DateTimeOffset At, Upload Upload)> kept = [];

    /// <summary>Keeps a document, and gives the key to it.</summary>
    public string Keep(string who, Upload upload)
    {
        var key = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 24);
        lock (gate)
        {
            kept.Add((key, who, clock.GetUtcNow(), upload));
            kept.RemoveAll(k => k.At < clock.GetUtcNow() - Longest);
            while (kept.Count > 1 && kept.Sum(k => (long)k.Upload.Bytes.Length) > Room)
            {
                kept.RemoveAt(kept.FindIndex(k => k.Who == who) is var own && own < kept.Count - 1 ? own : 0);
            }
        }
        return key;
    }

    /// <summary>A document that somebody has sent; null if it is not kept any more.</summary>
    public Upload? Find(string who, string key)
    {
        lock (gate)
        {
            return kept.FirstOrDefault(k => k.Key == key && k.Who == who && k.At >= clock.GetUtcNow() - Longest).Upload;
        }
    }
}
