using Microsoft.Extensions.Primitives;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Web.Pages;

/// <summary>What a reader asked in a form: the question, or what is wrong with it, field by field.</summary>
/// <param name="Values">What was sent, to be shown again.</param>
/// <param name="Question">The question; null if nothing was asked or something is wrong.</param>
/// <param name="Errors">What is wrong: the name of the field and the words of the reader of questions.</param>
/// <param name="IsUnknownAgreement">Whether an agreement was named that is not there.</param>
public sealed record Asked(IReadOnlyDictionary<string, string> Values, Question? Question, IReadOnlyList<FieldError> Errors, bool IsUnknownAgreement)
{
    private static readonly string[] Fields = ["residence", "role", "accessFrom", "site", "service", "member", "business", "registered", "agreement", "at", "knownAt"];

    /// <summary>The fields that say who asks; without any of them nothing is asked.</summary>
    private static readonly string[] Asking = [.. Fields.Except(["agreement", "at", "knownAt"])];

    /// <summary>The value sent for a field, or nothing.</summary>
    public string this[string field] => Values.GetValueOrDefault(field, "");

    /// <summary>What is wrong with a field, or null.</summary>
    public FieldError? ErrorOf(string field) => Errors.FirstOrDefault(e => e.Field == field);

    /// <summary>Reads the fields of an address. Fields that no form has are left alone.</summary>
    internal static Asked Read(IQueryCollection query, AgreementCatalogue catalogue, DateTimeOffset now)
    {
        var values = Fields.Where(query.ContainsKey).ToDictionary(f => f, f => query[f].ToString());
        var errors = new List<FieldError>();
        var reader = new QuestionReader(catalogue);
        foreach (var field in values.Keys)
        {
            foreach (var value in query[field].Where(v => field is not ("residence" or "role") || !StringValues.IsNullOrEmpty(v)))
            {
                if (reader.Take(field, value) is { } error)
                {
                    errors.Add(new FieldError(field, error));
                }
            }
        }
        var asks = Asking.Any(f => values.GetValueOrDefault(f, "").Length > 0) || Asking.Take(2).All(values.ContainsKey);
        if (asks)
        {
            errors.AddRange(Asking.Take(2).Where(f => values.GetValueOrDefault(f, "").Length == 0).Select(f => new FieldError(f, null)));
        }
        var question = asks && errors.Count == 0 ? reader.Finish(now, out _) : null;
        return new Asked(values, question, [.. errors.OrderBy(e => Array.IndexOf(Fields, e.Field))], reader.IsUnknownAgreement);
    }
}

/// <summary>What is wrong with a field of a form.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Detail">What is wrong in the words of the API; null if nothing was sent.</param>
public sealed record FieldError(string Field, string? Detail);
