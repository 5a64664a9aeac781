
namespace Terms.Benchmarks;

/// <summary>Writes a content folder of invented agreements: small texts, with rules and a fact, one version a month.</summary>
internal static class SyntheticContent
{
    public static string Name(int agreement) => $"invented-{agreement:0000}";

    public static void Write(string folder, int versions, int agreements)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Put("catalogue.yaml", "zone: Asia/Hong_Kong\nlanguage: en\n");
        Put("places.yaml", """
            - id: north
              name: the North
              spellings: [the North]
              places: [NO, SE, FI]
            - id: south
              name: the South
              spellings: [the South]
              places: [IT, ES, PT]

            """);
        Put("jurisdictions.yaml", """
            laws:
              - { id: SE, name: laws of the North, spellings: [law of the North] }
              - { id: IT, name: laws of the South, spellings: [law of the South] }
            forums:
              - { id: north-court, name: North Court, spellings: [North Court] }
              - { id: south-court, name: South Court, spellings: [South Court] }

            """);
        Put("parties.yaml", """
            - id: north-company
              names: [{ name: North Company Ltd. }]
            - id: south-company
              names: [{ name: South Company Ltd. }]

            """);
        for (var a = 0; a < agreements; a++)
        {
            var agreement = $"agreements/{Name(a)}";
            Put($"{agreement}/agreement.yaml", $"title: Invented Agreement {a}\nkind: contract\nsites: [aliexpress]\nroles: [visitor, buyer, seller, buyer-and-seller]\ncovers: [subject-{a}]\n");
            var count = versions / agreements;
            for (var v = 0; v < count; v++)
            {
                var effective = new DateOnly(2000, 1, 1).AddMonths(v);
                var version = $"{agreement}/{effective:yyyy-MM-dd}";
                var number = (a * count) + v;
                Put($"{version}/version.yaml", $"announced:\neffective: {effective:yyyy-MM-dd}\nrecorded: {effective.AddDays(-10):yyyy-MM-dd}T00:00:00Z\nsource: invented\nedition: official\nextent: full\n");
                Put($"{version}/terms.en.md", $"""
                    # Invented Agreement {a}

                    These are invented words, number {number}, for measuring only.

                    ## 1. Parties

                    1.1 Customers from the North deal with North Company Ltd., all others, those from the South among them, with South Company Ltd.

                    ## 2. Liability

                    2.1 We pay at most {number + 1} krone for any one order.

                    ## 3. Disputes

                    3.1 Contracts with North Company Ltd. follow the law of the North and go to the North Court; those with South Company Ltd. follow the law of the South and go to the South Court.

                    """);
                Put($"{version}/rules.yaml", """
                    parties:
                      - { id: north, when: { from: north }, parties: [north-company], clauses: ["1.1"] }
                      - { id: elsewhere, when: { from-outside: north }, parties: [south-company], clauses: ["1.1"] }
                      - { id: south, when: { from: south }, parties: [south-company], clauses: ["1.1"] }
                    law:
                      - { id: north, parties: [north-company], law: SE, clauses: ["3.1"] }
                      - { id: south, parties: [south-company], law: IT, clauses: ["3.1"] }
                    forum:
                      - { id: north, parties: [north-company], forum: north-court, kind: court, clauses: ["3.1"] }
                      - { id: south, parties: [south-company], forum: south-court, kind: court, clauses: ["3.1"] }

                    """);
                Put($"{version}/facts.yaml", $"""
                    - id: cap
                      kind: cap
                      clauses: ["2.1"]
                      quote: at most {number + 1} krone
                      summary: One order costs {number + 1} krone at most.
                      basis: fixed
                      amount: {number + 1}
                      currency: NOK
                      period: none
                      scope: one order
                      protects: the company
                      binds: customer

                    """);
            }
        }

        

        void Put(string name, string text)
        {
            var file = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
