namespace Terms.Client;

/// <summary>
/// Remembers for a short while who has accepted everything. Only that: who has not is asked about each time, so that nobody who has just accepted is sent back to the form.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class AcceptedSubjects(TimeProvider clock)
{
    private const int Most = 10_000;
    private readonly Dictionary<(string Subject, string Facts), long> until = [];

    public bool Has(string subject, Customer customer)
    {
        lock (until)
        {
            return until.TryGetValue((subject, customer.Query()), out var end) && clock.GetTimestamp() < end;
        }
    }

    public void Add(string subject, Customer customer, TimeSpan time)
    {
        lock (until)
        {
            if (until.Count >= Most)
            {
                until.Clear();
            }
            until[(subject, customer.Query())] = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
        }
    }
}
