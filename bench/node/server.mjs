// Usage: node server.mjs questions.json
// Answers GET /api/v1/applicable?residence=…&role=… with what json-rules-engine decides, every rule considered
// included, in a quarter of the bytes of our answer. Listens on a free port of the loopback and prints it.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createEngine, decide, listen } from "./rules.mjs";

const { places } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const engine = listen(createEngine(places));

const server = createServer(async (request, response) => {
  const query = new URLSearchParams(request.url.slice(request.url.indexOf("?") + 1));
  const residence = query.get("residence");
  const customer = { residence, accessFrom: query.get("accessFrom") ?? residence, role: query.get("role"), service: query.get("service") };
  const { results, laws, forums, holding, failing } = await decide(engine, customer);
  const considered = [...holding.map((rule) => ({ rule: rule.name, holds: true })), ...failing.map((rule) => ({ rule: rule.name, holds: false }))];
  const body = JSON.stringify({ at: query.get("at"), customer, agreement: query.get("agreement"), results, laws, forums, considered });
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-cache" });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${server.address().port}`));
