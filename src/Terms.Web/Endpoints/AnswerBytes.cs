using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Web.Endpoints;

/// <summary>Answers as bytes of JSON. The answer of a class of customers is written once and kept as long as the answer itself.</summary>
internal sealed class AnswerBytes
{
    private readonly ConditionalWeakTable<ApplicableAnswer, byte[]> all = [];
    private readonly ConditionalWeakTable<AgreementAnswer, byte[]> single = [];

    /// <summary>The members <c>agreements</c>, <c>between</c> and <c>mandatoryLaw</c>, with the closing brace of the answer.</summary>
    public byte[] Tail(in Question question, Resolver resolver)
    {
        if (question.Agreement is { } agreement)
        {
            var answer = resolver.Resolve(agreement, question.Customer, question.At, question.KnownAt);
            return single.TryGetValue(answer, out var one) ? one : single.GetValue(answer, a => Write(new ApplicableAnswer([a], [])));
        }
        var answers = resolver.Resolve(question.Customer, question.At, question.KnownAt);
        return all.TryGetValue(answers, out var bytes) ? bytes : all.GetValue(answers, Write);
    }

    /// <summary>The same members for one subject. Nothing of it is kept.</summary>
    public static ReadOnlySpan<byte> Tail(Corpus corpus, in Question question, ImmutableArray<BoundAnswer> answers)
    {
        var (agreements, between) = AnswerDocuments.Parts(corpus, answers);
        return Write(agreements, question.Agreement is null ? between : []);
    }

    /// <summary>No head is longer: names of zones are short, and everything else has few values.</summary>
    public const int LargestHead = 1024;

    /// <summary>Writes the members before: the instants, the zone and the customer, beginning with the opening brace. Returns their length.</summary>
    public static int WriteHead(Span<byte> output, in Question question, string zone)
    {
        var writer = new HeadWriter(output);
        writer.Raw("{\"at\":\""u8);
        writer.Instant(question.At);
        writer.Raw("\",\"knownAt\":\""u8);
        writer.Instant(question.KnownAt);
        writer.Raw("\",\"zone\":\""u8);
        writer.Text(zone);
        writer.Raw("\",\"customer\":{\"residence\":\""u8);
        var customer = question.Customer;
        writer.Text(customer.Residence.Code);
        writer.Raw("\",\"accessFrom\":\""u8);
        writer.Text(customer.AccessFrom.Code);
        writer.Raw("\",\"role\":\""u8);
        writer.Text(customer.Role.Word());
        writer.Raw("\",\"site\":\""u8);
        writer.Text(customer.Site.Word());
        writer.Raw("\",\"service\":"u8);
        writer.OptionalText(customer.Service.Word());
        writer.Raw(",\"member\":["u8);
        var first = true;
        for (var i = 0; i < Words.Sites.Length; i++)
        {
            if ((customer.Members & (Memberships)(1 << i)) != 0)
            {
                writer.Raw(first ? "\""u8 : ",\""u8);
                writer.Text(Words.Sites[i]);
                writer.Raw("\""u8);
                first = false;
            }
        }
        writer.Raw("],\"business\":"u8);
        writer.Raw(customer.IsBusiness switch { null => "null"u8, true => "true"u8, false => "false"u8 });
        writer.Raw(",\"registered\":"u8);
        writer.OptionalDate(customer.Registered);
        writer.Raw("},"u8);
        return writer.Length;
    }

    private static byte[] Write(ApplicableAnswer answer)
    {
        var (agreements, between) = AnswerDocuments.Parts(answer);
        return Write(agreements, between);
    }

    private static byte[] Write(IReadOnlyList<AgreementAnswerDocument> agreements, IReadOnlyList<ContradictionDocument> between)
    {
        var output = new ArrayBufferWriter<byte>(8192);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WritePropertyName("agreements");
        JsonSerializer.Serialize(json, agreements, TermsJson.Plain.IReadOnlyListAgreementAnswerDocument);
        json.WritePropertyName("between");
        JsonSerializer.Serialize(json, between, TermsJson.Plain.IReadOnlyListContradictionDocument);
        json.WriteString("mandatoryLaw", AnswerDocuments.MandatoryLaw);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan[1..].ToArray();
    }

    /// <summary>Writes ASCII into a span that is known to be large enough.</summary>
    private ref struct HeadWriter(Span<byte> span)
    {
        private readonly Span<byte> span = span;

        public int Length { get; private set; }

        public void Raw(ReadOnlySpan<byte> ascii)
        {
            ascii.CopyTo(span[Length..]);
            Length += ascii.Length;
        }

        public void Text(string ascii)
        {
            System.Text.Ascii.FromUtf16(ascii, span[Length..], out var written);
            Length += written;
        }

        public void OptionalText(string? ascii)
        {
            if (ascii is null)
            {
                Raw("null"u8);
                return;
            }
            Raw("\""u8);
            Text(ascii);
            Raw("\""u8);
        }

        public void OptionalDate(DateOnly? date)
        {
            if (date is not { } day)
            {
                Raw("null"u8);
                return;
            }
            Raw("\""u8);
            day.TryFormat(span[Length..], out var written, "O", CultureInfo.InvariantCulture);
            Length += written;
            Raw("\""u8);
        }

        /// <summary>As <see cref="Instants.ToRfc3339"/> writes it, by the formats that the framework has short ways for.</summary>
        public void Instant(DateTimeOffset instant)
        {
            instant.UtcDateTime.TryFormat(span[Length..], out var written, "s", CultureInfo.InvariantCulture);
            Length += written;
            if (instant.Ticks % TimeSpan.TicksPerSecond is var fraction and not 0)
            {
                Raw("."u8);
                fraction.TryFormat(span[Length..], out written, "D7", CultureInfo.InvariantCulture);
                Length += span.Slice(Length, written).TrimEnd((byte)'0').Length;
            }
            Raw("Z"u8);
        }
    }
}
