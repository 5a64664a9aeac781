using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Terms.Resolution;

namespace Terms.Benchmarks;

/// <summary>Questions in process, each customer in turn; the time and the allocation of one question.</summary>
[MemoryDiagnoser]
public class ResolutionBenchmarks
{
    private Questions questions = null!;
    private Resolver resolver = null!;

    [GlobalSetup]
    public void Setup()
    {
        resolver = new Resolver(Corpus.Load(Repository.Content));
        questions = new Questions(resolver.Corpus.Catalogue);
        OneAgreement();
        AllAgreements();
    }

    /// <summary>Which version, company, law and forum: one agreement.</summary>
    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public int OneAgreement()
    {
        var decided = 0;
        foreach (ref readonly var customer in questions.Customers.AsSpan())
        {
            decided += resolver.Resolve(questions.Agreement, customer, questions.At, Questions.KnownAt).Outcome == Outcome.Decided ? 1 : 0;
        }
        return decided;
    }

    /// <summary>All agreements that apply, and where they contradict each other.</summary>
    [Benchmark(OperationsPerInvoke = Questions.Count)]
    public int AllAgreements()
    {
        var found = 0;
        foreach (ref readonly var customer in questions.Customers.AsSpan())
        {
            found += resolver.Resolve(customer, questions.At, Questions.KnownAt).Agreements.Length;
        }
        return found;
    }

    /// <summary>In this process and short: the figures are far from what is asked, so that a rough one will do.</summary>
    internal static IConfig Config => ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
        .AddLogger(NullLogger.Instance)
        .WithArtifactsPath(Repository.Scratch("BenchmarkDotNet"));
}
