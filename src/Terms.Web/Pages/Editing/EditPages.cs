using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary>
/// <c>POST /workbench/drafts/{draft}/edit</c>: every edit of a draft. It says which revision it was made from, as a field or, from a script, as <c>If-Match</c> (RFC 9110, section 13.1.1). If somebody has
/// saved since, nothing is overwritten: both are shown, and sent again with what a person has chosen.
/// </summary>
internal sealed class EditPages(Workbench workbench, OpenDrafts drafts, CurrentCatalogue current, FollowedEdits followed, TextPages texts, TimeProvider clock, IStringLocalizer<Wording> words)
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapStep("/workbench/drafts/{draft}/edit", (context, who, form) => context.RequestServices.GetRequiredService<EditPages>().Save(context, who, form), TextPages.LargestForm);

    /// <summary>The revision that a form was made from. Shown again, it still says so: what was saved since is merged with it, and not overwritten.</summary>
    internal static int? From(IFormCollection? form) => Number(form?["from"]);

    private async Task<IResult> Save(HttpContext context, SignedIn who, IFormCollection form)
    {
        if (drafts.Find(who, context) is not { } open)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        var isRestored = form["op"] == "restore"; // A revision is brought back whole, and never merged.
        var isScript = context.Request.Headers.IfMatch.Count > 0;
        if (form["op"] == "preview" && form["clause"].ToString() is { Length: > 0 } shown)
        {
            return texts.Clause(context, open, form["file"], c => c.Label.Value == shown, typed: form) ?? PageMap.Refuse(404, "Refusal.Clause");
        }
        try
        {
            if ((isScript ? Number(context.Request.Headers.IfMatch.ToString().Trim('"')) : From(form)) is not { } from || workbench.Revision(open.Standing, from) is not { } @base)
            {
                const string unsaid = "It is not said which revision of the draft the edit was made from. Open the page again.";
                RefusalNote.Because(context, unsaid);
                return Refused(context, open, form, 400, unsaid, []);
            }
            var edit = DraftEdit.Read(form, current.Now, number => workbench.Revision(open.Standing, number), clock.GetUtcNow());
            EditResult? result = null;
            var outcome = !isRestored && Number(form["onto"]) is { } onto
                ? await Merge(open, form, edit, @base, onto)
                : await workbench.Edit(who.Editor, open.Draft.Id, from, edit.What, draft => (result = edit.Make(draft)).Draft);
            RefusalNote.Noting(context, outcome ?? await workbench.RefuseEdit(who.Editor, open.Draft.Id, RefusalNote.English(context, "Merge.Choose")));
            return outcome switch
            {
                null => Merging(open, form, @base, edit, workbench.Newest(open.Standing), [], isUnchosen: true),
                StepOutcome.Taken taken => Saved(open, form, taken.Draft!.Revision, result),
                StepOutcome.Unchanged => Saved(open, form, 0, result),
                StepOutcome.Overtaken overtaken when isScript => Answer(412, open.Draft.Revision, words["Edit.Overtaken.Script", overtaken.Since.LastOrDefault()?.Who ?? ""]),
                StepOutcome.Overtaken overtaken when isRestored => Refused(context, open, form, 409, $"{overtaken.Since.LastOrDefault()?.Who} has saved meanwhile, and nothing was restored. Look at the history, and restore the revision again if you still want it.", []),
                StepOutcome.Overtaken overtaken => Merging(open, form, @base, edit, overtaken.Newest, overtaken.Since, isUnchosen: false),
                StepOutcome.Denied denied => Refused(context, open, form, 403, denied.Because, []),
                StepOutcome.Malformed malformed => Refused(context, open, form, 400, malformed.Because, []),
                _ => PageMap.Refuse(404, "Refusal.Draft"),
            };
        }
        catch (EditRefusedException refused)
        {
            await KeepRefusal(refused);
            return Refused(context, open, form, 422, refused.Message, []);
        }
        catch (EntryRefusedException refused)
        {
            await KeepRefusal(refused);
            return Refused(context, open, form, 422, refused.Message, refused.Problems);
        }
        catch (ArgumentException malformed)
        {
            RefusalNote.Because(context, malformed.Words());
            return Refused(context, open, form, 400, malformed.Words(), []);
        }

        // What is half written when the script saves was not asked for by anybody.
        async Task KeepRefusal(Exception refused)
        {
            if (isScript)
            {
                RefusalNote.IsKept(context);
            }
            else
            {
                RefusalNote.Noting(context, await workbench.RefuseEdit(who.Editor, open.Draft.Id, refused.Message));
            }
        }

        IResult Saved(OpenDraft before, IFormCollection sent, int revision, EditResult? result)
        {
            if (isScript)
            {
                var now = revision == 0 ? before.Draft.Revision : revision;
                return Answer(200, now, words["Edit.SavedAt", clock.GetUtcNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture), now]);
            }
            if (result?.Followed is { } edit && revision > 0)
            {
                followed.Keep(before.Draft.Id, revision, edit);
            }
            return new SeeOther(After(before, sent, revision, result));
        }
    }

    /// <summary>Saves an edit together with what was saved since, as a person has chosen; null if they have left a conflict open.</summary>
    private async Task<StepOutcome?> Merge(OpenDraft open, IFormCollection form, DraftEdit edit, Draft @base, int onto)
    {
        if (workbench.Revision(open.Standing, onto) is not { } theirs)
        {
            return new StepOutcome.Malformed("The draft has no revision of that number. Open the page again.");
        }
        var merge = DraftMerge.Of(@base.Files, edit.Make(@base).Draft.Files, theirs.Files);
        if (MergeChoices.Read(form, merge) is not { } choose)
        {
            return null;
        }
        var files = merge.Files(choose);
        return await workbench.Edit(open.Who.Editor, open.Draft.Id, onto, $"{edit.What}, merged with revision {onto.ToString(CultureInfo.InvariantCulture)}", draft => draft.With(files));
    }

    private static RazorComponentResult Merging(OpenDraft open, IFormCollection form, Draft @base, DraftEdit edit, Draft theirs, ImmutableArray<Edited> since, bool isUnchosen) =>
        PageMap.Page<MergePage>(isUnchosen ? 422 : 409, new()
        {
            [nameof(MergePage.Open)] = open,
            [nameof(MergePage.Sent)] = form,
            [nameof(MergePage.What)] = edit.What,
            [nameof(MergePage.Theirs)] = theirs,
            [nameof(MergePage.Since)] = since,
            [nameof(MergePage.Merge)] = DraftMerge.Of(@base.Files, edit.Make(@base).Draft.Files, theirs.Files),
            [nameof(MergePage.IsUnchosen)] = isUnchosen,
        });

    private static string After(OpenDraft open, IFormCollection form, int revision, EditResult? result)
    {
        var (file, clause) = (form["file"].ToString(), result?.Clause ?? form["clause"].ToString());
        return form["op"].ToString() switch
        {
            "restore" => $"{open.Address}?done={revision.ToString(CultureInfo.InvariantCulture)}",
            "entry" or "remove-entry" when file.Length == 0 => $"{open.Address}/facts?done={revision.ToString(CultureInfo.InvariantCulture)}",
            "delete" or "title" => ClauseAddress.Of(open, file, null, revision),
            _ when file.Length == 0 => open.Address,
            _ => ClauseAddress.Of(open, file, clause.Length is > 0 and <= 80 ? clause : null, revision),
        };
    }

    private IResult Refused(HttpContext context, OpenDraft open, IFormCollection form, int status, string because, ImmutableArray<Catalogue.Problem> problems)
    {
        if (context.Request.Headers.IfMatch.Count > 0)
        {
            return Answer(status, open.Draft.Revision, because);
        }
        var clause = form["clause"].ToString();
        return (form["op"].ToString() is "entry" or "remove-entry" ? EntryPages.Refused(open, form, status, because, problems)
                : clause.Length > 0 ? texts.Clause(context, open, form["file"], c => c.Label.Value == clause, status, because, form) : null)
            ?? PageMap.Page<RefusedPage>(status, new() { [nameof(RefusedPage.Open)] = open, [nameof(RefusedPage.Because)] = because });
    }

    private static JsonHttpResult<SavedAnswer> Answer(int status, int revision, string message) => TypedResults.Json(new SavedAnswer(revision, message), statusCode: status);

    internal static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>What a script is told.</summary>
    private sealed record SavedAnswer(int Revision, string Message);
}
