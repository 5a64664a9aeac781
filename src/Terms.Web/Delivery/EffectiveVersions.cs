using Terms.Catalogue;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>Notices that a version has taken effect, and has it told once. The store remembers what was told, so that a server that stood still tells it later.</summary>
internal sealed class EffectiveVersions(CurrentCatalogue current, ServedStore stored, TimeProvider clock)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>Looks at the clock.</summary>
    public async Task Pass()
    {
        var (served, now) = (current.Now, clock.GetUtcNow());
        var effective = served.Catalogue.Agreements.SelectMany(a => Timeline.Of(a, served.Catalogue.Zone, now)).Where(s => s.Version is not null && (s.From is null || s.From <= now)).Select(s => s.Version!).ToList();
        if (effective.Exists(v => !known.Contains(v.Path)) || known.Count == 0)
        {
            await stored.Store.Webhooks.TellEffective(effective, now);
            known.UnionWith(effective.Select(v => v.Path));
        }
    }
}
