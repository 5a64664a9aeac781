using Terms.Catalogue;
using Terms.Resolution;

var p = new ProblemList();
Corpus.Read(args[0], p);
foreach (var x in p.Sorted()) Console.WriteLine(x);
