using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Publishing;

namespace Terms.Notices;

/// <summary>The sentences of notices in one language. Names in braces are filled in; each sentence says which it may use.</summary>
/// <param name="Language">The language, as an IETF tag.</param>
/// <param name="Subject">The line above: <c>{title}</c>, <c>{effective}</c>.</param>
/// <param name="Opening">What the notice is about: <c>{title}</c>, <c>{version}</c>.</param>
/// <param name="Binds">From when: <c>{effective}</c>.</param>
/// <param name="BindsCustomers">From when those who are customers: <c>{effective}</c>, <c>{existing}</c>.</param>
/// <param name="Changes">The line above the changes.</param>
/// <param name="Clause">What a clause is called: <c>{label}</c>. It stands alone where the words of the clause have changed.</param>
/// <param name="Preamble">What the preamble is called.</param>
/// <param name="ClauseAdded">A new clause: <c>{clause}</c>, as it is called.</param>
/// <param name="ClauseGone">A clause that is gone: <c>{clause}</c>.</param>
/// <param name="ClauseMoved">A clause under another label: <c>{from}</c>, <c>{clause}</c>.</param>
/// <param name="TextChanged">A change of the text as a whole.</param>
/// <param name="Classified">One of the five before, where a person has said how grave it is: <c>{change}</c>, <c>{class}</c>.</param>
/// <param name="ForYou">The line above what changes for the recipient.</param>
/// <param name="Impact">What changes for the recipient: <c>{what}</c>, <c>{before}</c>, <c>{after}</c>.</param>
/// <param name="Accept">That acceptance is asked again.</param>
/// <param name="Read">Where to read: <c>{url}</c>, <c>{digest}</c>.</param>
/// <param name="Classes">The four classes, in their order.</param>
/// <param name="Whats">Company, law, forum and cap, in this order.</param>
/// <param name="Restatement">That the text is a restatement.</param>
public sealed record NoticeWords(
    string Language, string Subject, string Opening, string Binds, string BindsCustomers, string Changes, string Clause, string Preamble, string ClauseAdded, string ClauseGone, string ClauseMoved,
    string TextChanged, string Classified, string ForYou, string Impact, string Accept, string Read, ImmutableArray<string> Classes, ImmutableArray<string> Whats, string Restatement);

/// <summary>Writes the words of a notice.</summary>
public static partial class NoticeWording
{
    private const string PreambleLabel = "preamble";
    private static readonly string[] Abouts = ["party", "law", "forum", "cap"];

    /// <summary>The subject and the words, UTF-8 with <c>\n</c> line ends.</summary>
    /// <param name="words">The sentences of the language.</param>
    /// <param name="news">What there is to tell. Changes that are editorial without a person's word are left out, and so are those of rules without a word, which the impact tells.</param>
    /// <param name="impact">What changes for this recipient; empty if nothing, or if the notice is for all.</param>
    /// <param name="url">Where the version can be read; it does not change.</param>
    /// <param name="say">Says what applied, or applies, in the language of the notice; null for English.</param>
    /// <exception cref="FormatException">A sentence uses a name that it may not use.</exception>
    public static (string Subject, ImmutableArray<byte> Bytes) Write(
        NoticeWords words, Announcement news, ImmutableArray<Impact> impact, Uri url, Func<string, Applying, string>? say = null)
    {
        var (version, plan) = (news.Version, news.Plan);
        var (effective, title) = (plan.Effective.ToFullDate(), version.Texts.FirstOrDefault(t => t.Language == words.Language)?.Title ?? version.Agreement.Title);
        var text = new List<string>
        {
            Fill(words.Opening, ("title", title), ("version", version.Id.Value)),
            plan.ExistingFrom is { } existing ? Fill(words.BindsCustomers, ("effective", effective), ("existing", existing.ToFullDate())) : Fill(words.Binds, ("effective", effective)),
        };
        if (!version.Details.IsOfficial)
        {
            text.Add(words.Restatement);
        }
        var lines = news.Changes.Where(c => c.NeedsPerson && c.Key != Classifying.Rules).Select(c => Line(words, c)).ToList();
        if (lines.Count > 0)
        {
            text.Add($"{words.Changes}\n{string.Join('\n', lines.Select(l => $"- {l}"))}");
        }
        if (!impact.IsEmpty)
        {
            text.Add($"{words.ForYou}\n{string.Join('\n', impact.Select(i => "- " + Fill(words.Impact, ("what", words.Whats[Array.IndexOf(Abouts, i.About)]), ("before", say?.Invoke(i.About, i.From) ?? i.Before), ("after", say?.Invoke(i.About, i.To) ?? i.After))))}");
        }
        if (news.Class is { } change && ClassConsequences.Of(change).NeedsAcceptance)
        {
            text.Add(words.Accept);
        }
        text.Add(Fill(words.Read, ("url", url.AbsoluteUri), ("digest", version.TextDigest.Value)));
        return (Fill(words.Subject, ("title", title), ("effective", effective)), [.. Encoding.UTF8.GetBytes(string.Join("\n\n", text) + "\n")]);
    }

    private static string Line(NoticeWords words, ChangeToClassify change)
    {
        var line = (change.From, change.To) switch
        {
            (null, null) => Fill(words.TextChanged),
            (null, { } to) => Fill(words.ClauseAdded, ("clause", Called(words, to))),
            ({ } from, null) => Fill(words.ClauseGone, ("clause", Called(words, from))),
            ({ } from, { } to) when from == to => Called(words, to),
            ({ } from, { } to) => Fill(words.ClauseMoved, ("from", Called(words, from)), ("clause", Called(words, to))),
        };
        return change.Class is { } @class ? Fill(words.Classified, ("change", line), ("class", words.Classes[(int)@class])) : line;
    }

    private static string Called(NoticeWords words, string label) =>
        label.StartsWith(PreambleLabel, StringComparison.Ordinal) ? words.Preamble + label[PreambleLabel.Length..] : Fill(words.Clause, ("label", label));

    /// <summary>A sentence with its names filled in; control characters in what is filled in become spaces, so that no line can be added.</summary>
    private static string Fill(string sentence, params (string Name, string Value)[] values) => Name().Replace(sentence, name =>
        values.FirstOrDefault(v => v.Name == name.Groups[1].Value) is { Name: not null } found
            ? string.Concat(found.Value.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c))
            : throw new FormatException($"The sentence “{sentence}” may not use {name.Value}. It may use: {string.Join(", ", values.Select(v => $"{{{v.Name}}}"))}."));

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Name();
}
