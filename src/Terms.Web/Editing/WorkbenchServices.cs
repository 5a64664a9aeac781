using Terms.Web.Pages.Editing;

namespace Terms.Web.Editing;

/// <summary>What the workbench is made of.</summary>
internal static class WorkbenchServices
{
    /// <summary>Adds it to the services of the host.</summary>
    public static void AddWorkbench(this IServiceCollection services)
    {
        services.AddSingleton<EditorSessions>();
        services.AddSingleton<KeptRefusals>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<PasskeyDesk>();
        services.AddSingleton<DraftReports>();
        services.AddSingleton<Workbench>();
        services.AddSingleton<DraftAnswers>();
        services.AddSingleton<DraftNotices>();
        services.AddSingleton<PublishingClock>();
        services.AddHostedService(s => s.GetRequiredService<PublishingClock>());
        services.AddSingleton<DraftViews>();
        services.AddSingleton<BoardPages>();
        services.AddSingleton<DraftPages>();
        services.AddSingleton<FollowedEdits>();
        services.AddSingleton<UploadShelf>();
        services.AddSingleton<OpenDrafts>();
        services.AddSingleton<NewDraftPages>();
        services.AddSingleton<TextPages>();
        services.AddSingleton<EditPages>();
        services.AddSingleton<EntryPages>();
        services.AddSingleton<RevisionPages>();
        services.AddSingleton<NewerVersionPages>();
        services.AddSingleton<AccountPages>();
        services.AddSingleton<AuditPages>();
    }
}
