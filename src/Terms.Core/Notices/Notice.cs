using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Notices;

/// <summary>What somebody was told of a version: the exact bytes, to whom, by what. It never changes; what became of it are its events.</summary>
public sealed partial record Notice
{
    /// <summary>The largest notice, in bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>The recipient of what is posted for everybody. No service names anybody so.</summary>
    public const string Everybody = "*";

    /// <summary>Checks the parts.</summary>
    /// <param name="id">Its lasting name; also the key by which a receiver tells a repetition from a second notice. Letters, digits and hyphens, at most 64.</param>
    /// <param name="recipient">The recipient, as the service that knows them calls them; 1 to 128 visible ASCII characters.</param>
    /// <param name="version"><c>agreement/version</c> that it tells of.</param>
    /// <param name="textDigest">The digest of that version's words.</param>
    /// <param name="channel">One of <see cref="FactReader.Channels"/>.</param>
    /// <param name="language">The language of the words, as an IETF tag (RFC 5646).</param>
    /// <param name="subject">The line above it, as mail shows it.</param>
    /// <param name="bytes">The words, UTF-8.</param>
    /// <exception cref="ArgumentException">A part is malformed; the message says which.</exception>
    public Notice(string id, string recipient, string version, Digest textDigest, string channel, string language, string subject, ImmutableArray<byte> bytes)
    {
        Id = IdForm().IsMatch(id) ? id : throw new ArgumentException("A notice's name has 1 to 64 letters, digits and hyphens.", nameof(id));
        Recipient = RecipientForm().IsMatch(recipient) ? recipient : throw new ArgumentException("A recipient is named by 1 to 128 visible ASCII characters, and never by an address.", nameof(recipient));
        Channel = FactReader.Channels.Contains(channel) ? channel : throw new ArgumentException($"The channel `{channel}` is not known. Use: {string.Join(", ", FactReader.Channels)}.", nameof(channel));
        Language = LanguageForm().IsMatch(language) ? language : throw new ArgumentException($"`{language}` is not a language. Use a tag such as en or zh-Hans.", nameof(language));
        Subject = subject.Length is > 0 and <= 300 && !subject.Any(char.IsControl) ? subject : throw new ArgumentException("The subject has 1 to 300 characters on one line.", nameof(subject));
        Bytes = bytes.Length is > 0 and <= MaximumBytes ? bytes : throw new ArgumentException($"A notice has 1 to {MaximumBytes} bytes.", nameof(bytes));
        (Version, TextDigest) = (version, textDigest);
        Digest = Digest.OfBytes(bytes.AsSpan());
    }

    /// <summary>Its lasting name.</summary>
    public string Id { get; }

    /// <summary>The recipient, opaque.</summary>
    public string Recipient { get; }

    /// <summary><c>agreement/version</c> that it tells of.</summary>
    public string Version { get; }

    /// <summary>The agreement of that version.</summary>
    public string Agreement => Version.Split('/')[0];

    /// <summary>The digest of that version's words.</summary>
    public Digest TextDigest { get; }

    /// <summary>By what it travels.</summary>
    public string Channel { get; }

    /// <summary>The language of its words.</summary>
    public string Language { get; }

    /// <summary>The line above it.</summary>
    public string Subject { get; }

    /// <summary>Its words, as they are sent.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>The digest of <see cref="Bytes"/>.</summary>
    public Digest Digest { get; }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]{0,63}\z")]
    private static partial Regex IdForm();

    [GeneratedRegex(@"^[!-?A-~]{1,128}\z")]
    private static partial Regex RecipientForm();

    [GeneratedRegex(@"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\z")]
    private static partial Regex LanguageForm();
}
