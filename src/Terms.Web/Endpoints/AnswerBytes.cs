namespace Terms.Web.Endpoints;

internal sealed class AnswerBytes;
