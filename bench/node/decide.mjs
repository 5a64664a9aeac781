// Usage: node decide.mjs questions.json rounds
// Decides every customer once and prints the results, then decides all of them again and again and prints the nanoseconds of one decision per round.
import { readFileSync } from "node:fs";
import { createEngine, decide, line, listen } from "./rules.mjs";

const [file, rounds] = process.argv.slice(2);
const { places, customers } = JSON.parse(readFileSync(file, "utf8"));
const engine = listen(createEngine(places));

const results = [];
for (const customer of customers) {
  results.push(line(await decide(engine, customer)));
}
const nanoseconds = [];
for (let round = 0; round < Number(rounds); round++) {
  const start = process.hrtime.bigint();
  for (const customer of customers) {
    await decide(engine, customer);
  }
  nanoseconds.push(Number(process.hrtime.bigint() - start) / customers.length);
}
console.log(JSON.stringify({ results, nanoseconds }));
