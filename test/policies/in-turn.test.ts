import { expect, it } from "vitest";
import type { Act } from "../../src/policies/decide/act.ts";
import { readPolicy } from "../../src/policies/registry.ts";
import { PolicySet } from "../../src/policies/set.ts";
import { connect } from "./tables/table.ts";

const HEAD = "$TTL 1h\n@ SOA localhost. root.localhost. (1 1h 15m 30d 1h)\n@ NS localhost.\n";
const zone = (name: string, ...lines: readonly string[]) => readPolicy(`${HEAD}${lines.join("\n")}\n`, `${name}.rpz`);
const ask = (host: string): Act => connect("C:\\a.exe", undefined, { host });
const set = new PolicySet("x", [
  zone("a", "one.example CNAME rpz-passthru.", "two.example CNAME ."),
  zone("b", "one.example CNAME .", "two.example CNAME .", "three.example CNAME ."),
]);

it.each([
  ["what the zones say differently hangs on which is asked first", "one.example", "undecided"],
  ["what they say alike does not", "two.example", "block"],
  ["nor what one of them says alone", "three.example", "block"],
  ["nor what none of them says", "four.example", undefined],
])("%s", (_, host, expected) => {
  expect(set.decide([ask(host)])?.decision).toBe(expected);
});
