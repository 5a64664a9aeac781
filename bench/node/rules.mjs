// The rules of free-membership/2025-04-01 (content/agreements/free-membership/2025-04-01/rules.yaml) for json-rules-engine:
// seven on the company (clause 1.1), two on the law and two on the forum (clause 8.7).
import { Engine } from "json-rules-engine";

const hangzhou = ["hangzhou-alibaba-advertising"];
const others = ["alibaba-singapore", "aliexpress-ecommerce-one", "aliexpress-us", "aliexpress-cis", "aliexpress-korea-holding", "aliexpress-korea"];

export function createEngine(places) {
  const china = places["mainland-china"];
  const us = places["united-states"];
  const korea = places["south-korea"];
  const relevant = places["relevant-jurisdictions"];
  const is = (fact, operator, value) => ({ fact, operator, value });

  const engine = new Engine();
  engine.addOperator("sharesAny", (found, wanted) => found.some((company) => wanted.includes(company)));

  const company = (id, conditions, companies, clause) =>
    engine.addRule({ name: id, priority: 2, conditions, event: { type: "company", params: { companies, clause } } });
  company("mainland-china", { all: [is("residence", "in", china), is("service", "notEqual", "promotion")] }, hangzhou, "1.1(a)");
  company("mainland-china-promotion", { all: [is("residence", "in", china), is("service", "equal", "promotion")] }, ["alibaba-singapore"], "1.1(a)");
  company("us-buyer-or-visitor", { all: [is("residence", "in", us), is("role", "in", ["buyer", "visitor", "buyer-and-seller"])] }, ["aliexpress-ecommerce-one"], "1.1(b)");
  company("us-seller", { all: [is("residence", "in", us), is("role", "in", ["seller", "buyer-and-seller"])] }, ["aliexpress-us"], "1.1(b)");
  company("south-korea", { any: [is("residence", "in", korea), is("access", "in", korea)] }, ["aliexpress-korea-holding", "aliexpress-korea"], "1.1(c)");
  company("elsewhere", { all: [is("residence", "notIn", [...china, ...us, ...korea, ...relevant])] }, ["alibaba-singapore"], "1.1(d)");
  // "Notwithstanding": comes first, and what it finds is not added to.
  engine.addRule({
    name: "relevant-jurisdictions",
    priority: 3,
    conditions: { any: [is("residence", "in", relevant), is("access", "in", relevant)] },
    event: { type: "company", params: { companies: ["aliexpress-cis"], clause: "1.1(e)", overrides: true } },
  });

  const follows = (type, value, companies) =>
    engine.addRule({ name: value, priority: 1, conditions: { all: [is("companies", "sharesAny", companies)] }, event: { type, params: { value, clause: "8.7" } } });
  follows("law", "CN", hangzhou);
  follows("law", "HK", others);
  follows("forum", "hangzhou-internet-court", hangzhou);
  follows("forum", "hkiac", others);
  return engine;
}

/** Decides one customer. The engine was built once; this is one `engine.run(facts)`. */
export async function decide(engine, customer) {
  const found = { results: [], laws: [], forums: [], overridden: false };
  const facts = { residence: customer.residence, access: customer.accessFrom, role: customer.role, service: customer.service ?? "none", companies: [], found };
  const { results, failureResults } = await engine.run(facts);
  found.holding = results;
  found.failing = failureResults;
  return found;
}

/** Notes what a rule that holds says. Law and forum follow from the companies, so these become a fact. */
export function listen(engine) {
  engine.on("success", async ({ type, params }, almanac) => {
    const found = await almanac.factValue("found");
    if (type === "law") {
      found.laws.push(params.value);
    } else if (type === "forum") {
      found.forums.push(params.value);
    } else if (!found.overridden) {
      found.overridden = params.overrides === true;
      found.results.push(params);
      (await almanac.factValue("companies")).push(...params.companies);
    }
  });
  return engine;
}

/** The result in one line, as the .NET side writes it: companies joined by "+", results that stand against each other by "|". */
export function line(found) {
  const results = [...new Set(found.results.map((r) => [...r.companies].sort().join("+")))].sort();
  return `${results.join("|")};${[...found.laws].sort().join("|")};${[...found.forums].sort().join("|")}`;
}
