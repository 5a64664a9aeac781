using System.Collections.Immutable;
using System.Globalization;

namespace Terms.Catalogue;

/// <summary>
/// A sentence that the program can say, in English and with places for what goes into it: <c>{0}</c>, <c>{1}</c>. An interface in another language has a sentence of its own
/// for the name, with the same places.
/// </summary>
/// <param name="Name">Its name. It is lasting: words in other languages are found by it.</param>
/// <param name="What">What is so, without a full stop where a remedy follows.</param>
/// <param name="Remedy">What to do about it: one sentence; empty if there is nothing to do.</param>
public sealed record MessageForm(string Name, string What, string Remedy = "");

/// <summary>A sentence of the program with what goes into it.</summary>
public sealed record Message
{
    /// <summary>Puts the arguments into their places.</summary>
    /// <exception cref="FormatException">The form has a place for which there is no argument.</exception>
    public Message(MessageForm form, params ImmutableArray<string> arguments)
    {
        (Form, Arguments) = (form, arguments);
        object[] places = [.. arguments];
        (What, Remedy) = (Sentence(string.Format(CultureInfo.InvariantCulture, form.What, places)), Sentence(string.Format(CultureInfo.InvariantCulture, form.Remedy, places)));
    }

    /// <summary>Its form.</summary>
    public MessageForm Form { get; }

    /// <summary>What goes into the places, in their order: labels, names, numbers and words of the text, in no language of an interface.</summary>
    public ImmutableArray<string> Arguments { get; }

    /// <summary>What is so, in English.</summary>
    public string What { get; }

    /// <summary>What to do about it, in English.</summary>
    public string Remedy { get; }

    /// <summary>A sentence that ends with the full stop of an abbreviation, such as that of a company's name, has no second one.</summary>
    public static string Sentence(string words) => words.EndsWith("..", StringComparison.Ordinal) ? words[..^1] : words;

    /// <summary>Two are equal if they say the same in every language.</summary>
    public bool Equals(Message? other) => other is not null && Form == other.Form && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Form.Name, What, Remedy);
}

/// <summary>Makes the forms of one family, and notes each, so that none is left out where all are asked for.</summary>
/// <param name="family">What their names begin with.</param>
internal sealed class MessageForms(string family)
{
    private readonly List<MessageForm> made = [];

    public IReadOnlyList<MessageForm> All => made;

    public MessageForm Make(string name, string what, string remedy = "")
    {
        var form = new MessageForm($"{family}.{name}", what, remedy);
        made.Add(form);
        return form;
    }
}
