namespace Terms.Verifier;

/// <summary>Something does not have the form that docs/evidence.md gives it. The message is a part of a sentence that says what is wrong.</summary>
internal sealed class MalformedException(string message) : Exception(message);
