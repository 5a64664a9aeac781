using Terms.Verifier.Json;

namespace Terms.Verifier.Records;

/// <summary>A record <c>terms-publication/1</c> of the log <c>catalogue</c>, read from its canonical bytes.</summary>
internal readonly ref struct PublicationFields
{
    private PublicationFields(CanonicalReader reader)
    {
        reader.OpenObject();
        Agreement = reader.Filled("agreement"u8);
        _ = reader.FilledOrNull("announced"u8, out _);
        _ = reader.OneOf("edition"u8, "official", "restatement");
        _ = reader.FilledOrNull("effective"u8, out _);
        Published = reader.Moment("published"u8);
        _ = reader.OneOf("schema"u8, "terms-publication/1");
        TextDigest = reader.Digest("textDigest"u8);
        Version = reader.Filled("version"u8);
        reader.CloseObject();
        reader.End();
    }

    public ReadOnlySpan<byte> Agreement { get; }

    public ReadOnlySpan<byte> Version { get; }

    public ReadOnlySpan<byte> TextDigest { get; }

    public long Published { get; }

    /// <summary>Reads a record; the message of <see cref="MalformedException"/> says what is wrong with it.</summary>
    public static PublicationFields Read(ReadOnlySpan<byte> record) => new(new CanonicalReader(record));
}
