using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Catalogue;
using Terms.Import;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/new</c>: makes a draft from a version, from an upload, or from pasted text. Of a document the importer's report is shown first.</summary>
internal sealed class NewDraftPages(Workbench workbench, CurrentCatalogue current, ImportDesk desk, UploadShelf shelf, TimeProvider clock)
{
    /// <summary>The address.</summary>
    public const string Address = "/workbench/new";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage(Address, (context, who) => IfDrafter(context, who, () => Task.FromResult<IResult>(Pages(context).Choose(context, who))));
        app.MapStep(Address + "/version", (context, who, form) => IfDrafter(context, who, () => Pages(context).FromVersion(context, who, form)));
        app.MapStep(Address + "/document", (context, who, form) => IfDrafter(context, who, () => Pages(context).Report(context, who, form)), Upload.LargestBody);
        app.MapStep(Address + "/draft", (context, who, form) => IfDrafter(context, who, () => Pages(context).FromDocument(context, who, form)));
    }

    /// <summary>Whoever writes drafts of no agreement at all has no use for these pages, and nothing of theirs is read.</summary>
    private static Task<IResult> IfDrafter(HttpContext context, SignedIn who, Func<Task<IResult>> then)
    {
        if (who.IsDrafter)
        {
            return then();
        }
        RefusalNote.Denied(context);
        return Task.FromResult<IResult>(PageMap.Refuse(404, "Refusal.Page"));
    }

    /// <summary>An agreement that is not there, or of which somebody writes no drafts.</summary>
    private static RazorComponentResult NoAgreement(HttpContext context)
    {
        RefusalNote.Denied(context);
        return PageMap.Refuse(404, "Refusal.Agreement");
    }

    private static NewDraftPages Pages(HttpContext context) => context.RequestServices.GetRequiredService<NewDraftPages>();

    /// <summary>The version that a draft of an agreement is made from: the last that was published and not taken back.</summary>
    private static AgreementVersion? Newest(Agreement agreement) => agreement.Versions.LastOrDefault(v => v.Details.Withdrawn is null);

    private static bool MayWrite(SignedIn who, AgreementId agreement) => who.Editor.Is(EditorRole.Drafter, agreement);

    private RazorComponentResult Choose(HttpContext context, SignedIn who)
    {
        var asked = context.Request.Query["agreement"].ToString();
        return asked.Length == 0 ? Page(who, 200) : current.Now.Catalogue.Find(asked) is { } agreement && MayWrite(who, agreement.Id) && Newest(agreement) is { } version ? Version(who, 200, version) : NoAgreement(context);
    }

    private RazorComponentResult Page(SignedIn who, int status, string? refusal = null, string? why = null, string pasted = "") => PageMap.Page<NewDraftPage>(status, new()
    {
        [nameof(NewDraftPage.Who)] = who,
        [nameof(NewDraftPage.Agreements)] = current.Now.Catalogue.Agreements.Where(a => MayWrite(who, a.Id) && Newest(a) is not null).Select(a => (a, Newest(a)!)).ToImmutableArray(),
        [nameof(NewDraftPage.Refusal)] = refusal,
        [nameof(NewDraftPage.Why)] = why,
        [nameof(NewDraftPage.Pasted)] = pasted,
    });

    private RazorComponentResult Version(SignedIn who, int status, AgreementVersion version, string? name = null, string? refusal = null) => PageMap.Page<NewFromVersionPage>(status, new()
    {
        [nameof(NewFromVersionPage.Who)] = who,
        [nameof(NewFromVersionPage.Version)] = version,
        [nameof(NewFromVersionPage.Name)] = name ?? workbench.ProposedName(version.Agreement.Id),
        [nameof(NewFromVersionPage.Refusal)] = refusal,
    });

    private async Task<IResult> FromVersion(HttpContext context, SignedIn who, IFormCollection form)
    {
        if (current.Now.Catalogue.Find(form["agreement"].ToString()) is not { } agreement || agreement.Version(form["version"].ToString()) is not { } version || !MayWrite(who, agreement.Id))
        {
            return NoAgreement(context);
        }
        var name = form["name"].ToString().Trim();
        return Made(RefusalNote.Noting(context, await workbench.Start(who.Editor, version, name)), (status, because) => Version(who, status, version, name, because));
    }

    private async Task<IResult> Report(HttpContext context, SignedIn who, IFormCollection form)
    {
        try
        {
            var upload = await Upload.In(form, context.RequestAborted);
            return await Show(context, who, upload, shelf.Keep(who.Editor.Name, upload), pasted: form["text"].ToString());
        }
        catch (UploadRefusedException refused)
        {
            RefusalNote.Says(context, refused.Words);
            return Page(who, refused.Status, refused.Words, pasted: form["text"].ToString());
        }
    }

    private async Task<IResult> Show(HttpContext context, SignedIn who, Upload upload, string key, int status = 200, string? refusal = null, IFormCollection? typed = null, string pasted = "")
    {
        try
        {
            if (await desk.Read(upload, current.Now, clock.GetUtcNow(), context.RequestAborted) is not { } imported)
            {
                context.Response.Headers.RetryAfter = "5";
                RefusalNote.Says(context, "Import.Refused.Busy");
                return Page(who, 503, "Import.Refused.Busy", pasted: pasted);
            }
            return PageMap.Page<NewFromDocumentPage>(status, new()
            {
                [nameof(NewFromDocumentPage.Who)] = who,
                [nameof(NewFromDocumentPage.Imported)] = imported,
                [nameof(NewFromDocumentPage.Key)] = key,
                [nameof(NewFromDocumentPage.Agreements)] = current.Now.Catalogue.Agreements.Where(a => MayWrite(who, a.Id) && Newest(a) is not null).ToImmutableArray(),
                [nameof(NewFromDocumentPage.ProposedName)] = (Func<AgreementId, string>)workbench.ProposedName,
                [nameof(NewFromDocumentPage.Refusal)] = refusal,
                [nameof(NewFromDocumentPage.Typed)] = typed,
            });
        }
        catch (ImportRefusedException refused)
        {
            RefusalNote.Because(context, refused.Message);
            return Page(who, 422, "Import.Refused.Document", refused.Message, pasted);
        }
    }

    private async Task<IResult> FromDocument(HttpContext context, SignedIn who, IFormCollection form)
    {
        var key = form["key"].ToString();
        if (shelf.Find(who.Editor.Name, key) is not { } upload)
        {
            RefusalNote.Says(context, "New.Gone");
            return Page(who, 410, "New.Gone");
        }
        var target = form["agreement"].ToString();
        var agreement = target.Length == 0 ? null : current.Now.Catalogue.Find(target);
        if (target.Length > 0 && (agreement is null || !MayWrite(who, agreement.Id)))
        {
            return NoAgreement(context);
        }
        var document = DocumentImporter.Import(upload.Name, upload.Bytes);
        ImmutableArray<ImportedVersion> chosen = [.. document.Versions.Where((_, i) => form["text"].Contains(i.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        if (agreement is null && !chosen.IsEmpty && current.Now.Catalogue.Find(chosen[0].SuggestedId.Value) is not null)
        {
            var because = $"The agreement {chosen[0].SuggestedId} is in the catalogue. Make the draft as a new version of it.";
            RefusalNote.Because(context, because);
            return await Show(context, who, upload, key, 400, because, form);
        }
        var name = form["name"].ToString().Trim();
        return await Made(RefusalNote.Noting(context, await workbench.Start(who.Editor, document, chosen, agreement is null ? null : Newest(agreement), name)), (status, because) => Show(context, who, upload, key, status, because, form));
    }

    private static IResult Made(StepOutcome outcome, Func<int, string, IResult> refuse) => outcome switch
    {
        StepOutcome.Taken taken => Led(taken),
        StepOutcome.Denied denied => refuse(403, denied.Because),
        StepOutcome.Malformed malformed => refuse(400, malformed.Because),
        _ => PageMap.Refuse(404, "Refusal.Draft"),
    };

    private static async Task<IResult> Made(StepOutcome outcome, Func<int, string, Task<IResult>> refuse) => outcome switch
    {
        StepOutcome.Taken taken => Led(taken),
        StepOutcome.Denied denied => await refuse(403, denied.Because),
        StepOutcome.Malformed malformed => await refuse(400, malformed.Because),
        _ => PageMap.Refuse(404, "Refusal.Draft"),
    };

    private static SeeOther Led(StepOutcome.Taken taken) => new($"/workbench/drafts/{taken.Draft!.Id}?new={(taken.Notes.IsEmpty ? "yes" : "notes")}");
}
