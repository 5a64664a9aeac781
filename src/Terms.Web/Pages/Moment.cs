using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Localization;
using Terms.Catalogue;

namespace Terms.Web.Pages;

/// <summary>An instant for people, in UTC, with the same for programs. It is written here rather than in Razor so that no space follows it.</summary>
public sealed class Moment : ComponentBase
{
    /// <summary>The instant.</summary>
    [Parameter, EditorRequired] public required DateTimeOffset At { get; set; }

    [Inject] internal IStringLocalizer<Wording> Words { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "time");
        builder.AddAttribute(1, "datetime", At.ToRfc3339());
        builder.AddContent(2, At.ToUniversalTime().ToString(Words["InstantFormat"], CultureInfo.CurrentCulture));
        builder.CloseElement();
    }
}
