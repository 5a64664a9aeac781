using System.Text;
using Terms.People;
using Terms.Webhooks;

namespace Terms.Storage;

/// <summary>Webhooks beside a running server, as the command line makes and disables them: each call works on a connection of its own.</summary>
public sealed class WebhookRegister
{
    /// <summary>Why nothing was sent again, as events have it.</summary>
    public const string NothingToReplay = "No such message was sent or given up.";

    private const string Asked = "terms webhook replay";

    private readonly StoreFolders folders;

    /// <summary>The webhooks of a store that is there, open elsewhere or not.</summary>
    /// <exception cref="StoreException">There is no store.</exception>
    public WebhookRegister(StoreFolders folders)
    {
        StoreOpening.RequireStore(folders);
        this.folders = folders;
    }

    /// <summary>Adds a webhook. Its secret goes into a file of the folder of keys that only its owner may read; it is needed for every signature, so that no digest would do.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="secret">Its secret. No event has it.</param>
    /// <param name="by">Who makes it: what <see cref="PersonEvent.Operator"/> gives.</param>
    /// <exception cref="StepRefusedException">There is one of that name, or another one sends notices on. That is kept as an event.</exception>
    public void Add(Webhook webhook, WebhookSecret secret, string by)
    {
        var file = folders.WebhookSecret(webhook.Id);
        Write("terms webhook add", null, by, webhook.Created, database =>
        {
            WebhookRows.Add(database, webhook, by);
            File.Delete(file); // One without a row was left by a machine that stopped in between.
            StoreFolders.WritePrivate(file, Encoding.ASCII.GetBytes(secret + "\n"));
        });
    }

    /// <summary>Disables a webhook for good. What waits for it is not sent any more.</summary>
    /// <exception cref="StepRefusedException">There is none of that name, or it is disabled. That is kept as an event.</exception>
    public void Disable(string id, string by, DateTimeOffset at) => Write("terms webhook disable", id, by, at, database => WebhookRows.Disable(database, id, by, at));

    /// <summary>All webhooks, oldest first, disabled ones too.</summary>
    public IReadOnlyList<Webhook> All()
    {
        using var database = StoreOpening.Beside(folders);
        return WebhookRows.All(database);
    }

    /// <summary>Lets messages be sent to a webhook anew, under the ids that they had. That is an event of the workbench, also if there are none.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="choice">Which messages.</param>
    /// <param name="by">Who asks for it: a name to sign in with, or what <see cref="PersonEvent.Operator"/> gives.</param>
    /// <param name="at">Now.</param>
    /// <returns>How many.</returns>
    /// <exception cref="StepRefusedException">There is no webhook of that name. That is kept as an event.</exception>
    public int Replay(string id, ReplayChoice choice, string by, DateTimeOffset at)
    {
        var replayed = 0;
        Write(Asked, id, by, at, database =>
        {
            replayed = WebhookRows.Find(database, id) is null
                ? throw new StepRefusedException($"There is no webhook {id}. `terms webhook list` lists them.")
                : WebhookRows.Replay(database, id, choice, by, at);
            if (replayed == 0)
            {
                WorkbenchEvents.Insert(database, PersonEvent.Refusal(by, at, null, $"{Asked} {id}", NothingToReplay));
            }
        });
        return replayed;
    }

    /// <summary>A refusal is kept as well, without what was typed in the place of a webhook if there is none of that name: it may be a secret.</summary>
    private void Write(string asked, string? id, string by, DateTimeOffset at, Action<Database> action)
    {
        using var database = StoreOpening.Beside(folders);
        WorkbenchEvents.Step(database, action, refused => PersonEvent.Refusal(by, at, null, asked, id is null || WebhookRows.Find(database, id) is not null ? refused.Message : "There is no webhook of that name."));
    }
}
