import { expect, it } from "vitest";
import type { Request } from "../src/invocations/types.ts";
import { explain } from "../src/pipeline/explain.ts";
import { testCatalog } from "./support/events.ts";

const MANY = 300_000;
/** CPU, microseconds. What is not linear takes some times as much for this; what is, a small part, on a busy machine as well. */
const MOST = 2_000_000;

const LINES: readonly (readonly [start: string, piece: string, end: string, request: Request])[] = [
  ["", "$(", "", { platform: "linux", as: "typed" }],
  ["", "a|", "", { platform: "linux", as: "typed" }],
  ["", "<a ", "", { platform: "linux", as: "typed" }],
  ["", "1", "x", { platform: "linux", as: "typed" }],
  ["", "1.", "", { platform: "linux", as: "logged" }],
  ["", '\\"', "", { platform: "linux", as: "logged" }],
  ["", "'", "", { platform: "linux", as: "logged" }],
  ["", "<(", "", { platform: "windows", as: "typed" }],
  ["echo ", "a 1>b", "", { platform: "windows", as: "typed" }],
  ["sh -c '", "&", "", { platform: "windows", as: "typed" }],
  ["sh -c '", ";", "'x", { platform: "windows", as: "typed" }],
  ["msiexec ", '/A="', "", { platform: "windows" }],
];

const costOf = (request: Request): number => {
  const start = process.cpuUsage();
  explain(request, testCatalog());
  return process.cpuUsage(start).user;
};

it.each(LINES)("explains %s and many %s in bounded time", (start, piece, end, around) => {
  // No line comes twice: what is remembered costs nothing.
  const cost = (turn: string) =>
    costOf({ ...around, commandLine: start + piece.repeat(MANY / piece.length) + end + turn });
  expect(Math.min(cost("y"), cost("z"))).toBeLessThan(MOST);
});
