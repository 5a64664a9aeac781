using Terms.Benchmarks;

switch (args)
{
    case ["compare", var content]:
        ComparisonBenchmarks.Run(content);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Terms.Benchmarks -- compare CONTENT");
        return 2;
}
