using System.Collections.Frozen;

namespace Terms.Catalogue;

/// <summary>For whom a floor is.</summary>
public enum FloorAudience
{
    /// <summary>Everybody.</summary>
    Any,

    /// <summary>Those who act for a business.</summary>
    Business,

    /// <summary>Those who do not.</summary>
    Consumer,
}

/// <summary>From when the days of a floor run.</summary>
public enum FloorStart
{
    /// <summary>From the day on which the recipient has received notice.</summary>
    Notice,

    /// <summary>From the day on which the version was published.</summary>
    Publication,
}

/// <summary>How many days have to pass before a changed text may bind somebody, and where that is said.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Source">The provision that says so.</param>
/// <param name="IsSecondary">Whether the provision is known here from others' accounts only.</param>
/// <param name="Places">Where the recipient lives, or is established; null for everywhere.</param>
/// <param name="Who">For whom it is.</param>
/// <param name="From">The least grave change that it counts for.</param>
/// <param name="Starts">From when the days run.</param>
/// <param name="Days">How many days; the day from which they run is not counted, and the text binds from the start of the day after the last.</param>
/// <param name="IsEnabled">False if it is switched off.</param>
/// <param name="Note">An editor's remark.</param>
public sealed record NoticeFloor(
    string Id, string Source, bool IsSecondary, FrozenSet<Place>? Places, FloorAudience Who, ChangeClass From, FloorStart Starts, int Days, bool IsEnabled, string? Note)
{
    /// <summary>Whether the floor counts for a recipient; one of whom it is not known where, or what, they are, is covered.</summary>
    /// <param name="residence">Where the recipient lives or is established.</param>
    /// <param name="isBusiness">Whether the recipient acts for a business.</param>
    /// <param name="change">How grave the change is.</param>
    public bool Covers(Place? residence, bool? isBusiness, ChangeClass change) =>
        IsEnabled && change >= From && (Places is null || residence is not { } place || Places.Contains(place))
        && (Who == FloorAudience.Any || isBusiness is not { } business || business == (Who == FloorAudience.Business));
}
