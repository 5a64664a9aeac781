using System.Text;
using Terms.Webhooks;

namespace Terms.Storage;

/// <summary>Webhooks beside a running server, as the command line makes and disables them: each call works on a connection of its own.</summary>
public sealed class WebhookRegister
{
    private readonly StoreFolders folders;

    /// <summary>The webhooks of a store that is there, open elsewhere or not.</summary>
    /// <exception cref="StoreException">There is no store.</exception>
    public WebhookRegister(StoreFolders folders)
    {
        StoreOpening.RequireStore(folders);
        this.folders = folders;
    }

    /// <summary>Adds a webhook. Its secret goes into a file of the folder of keys that only its owner may read; it is needed for every signature, so that no digest would do.</summary>
    /// <exception cref="StoreException">There is one of that name, or another one sends notices on.</exception>
    public void Add(Webhook webhook, WebhookSecret secret)
    {
        var file = folders.WebhookSecret(webhook.Id);
        Write(database =>
        {
            WebhookRows.Add(database, webhook);
            File.Delete(file); // One without a row was left by a machine that stopped in between.
            StoreFolders.WritePrivate(file, Encoding.ASCII.GetBytes(secret + "\n"));
        });
    }

    /// <summary>Disables a webhook for good. What waits for it is not sent any more.</summary>
    /// <exception cref="StoreException">There is none of that name, or it is disabled.</exception>
    public void Disable(string id, DateTimeOffset at) => Write(database => WebhookRows.Disable(database, id, at));

    /// <summary>All webhooks, oldest first, disabled ones too.</summary>
    public IReadOnlyList<Webhook> All()
    {
        using var database = StoreOpening.Beside(folders);
        return WebhookRows.All(database);
    }

    /// <summary>Lets messages be sent to a webhook anew, under the ids that they had. If there are any, that is an event of the workbench.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="choice">Which messages.</param>
    /// <param name="by">Who asks for it: a name to sign in with, or what <see cref="People.PersonEvent.Operator"/> gives.</param>
    /// <param name="at">Now.</param>
    /// <returns>How many.</returns>
    /// <exception cref="StoreException">There is no webhook of that name.</exception>
    public int Replay(string id, ReplayChoice choice, string by, DateTimeOffset at)
    {
        var replayed = 0;
        Write(database => replayed = WebhookRows.Find(database, id) is null
            ? throw new StoreException($"There is no webhook {id}. `terms webhook list` lists them.")
            : WebhookRows.Replay(database, id, choice, by, at));
        return replayed;
    }

    private void Write(Action<Database> action)
    {
        using var database = StoreOpening.Beside(folders);
        database.Transact(() => action(database));
    }
}
