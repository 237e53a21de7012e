import { expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { readVectors } from "../catalog/vectors.ts";
import { resolve } from "../invocations/resolve.ts";
import { subjectsOf } from "../score/subjects.ts";
import { SIGNALS } from "./index.ts";
import { hasOf } from "./signal.ts";

const needing = SIGNALS.filter(({ needs }) => needs !== undefined);

it("lets a signal go without being asked only where it would say nothing", () => {
  const asked = new Set<string>();
  const spoke = new Set<string>();
  const missed: string[] = [];
  for (const { platform, resolve: lines } of readVectors("catalog"))
    for (const { line, args, image, env } of lines) {
      const request = { platform, ...(line !== undefined && { commandLine: line }), ...(args && { args }) };
      const resolution = resolve({ ...request, ...(image && { image }), ...(env && { env }) }, builtinCatalog());
      for (const parent of [undefined, "winword.exe"])
        for (const subject of subjectsOf(resolution, { parent, ancestors: [] }, false)) {
          const has = hasOf(subject);
          for (const { id, needs, evaluate } of needing) {
            const fact = evaluate(subject);
            if (fact) spoke.add(id);
            if (has[needs!]) continue;
            asked.add(id);
            if (fact) missed.push(`${id} of ${subject.behaviour.id}`);
          }
        }
    }
  expect(missed).toEqual([]);
  expect(asked.size).toBe(needing.length);
  expect(spoke.size).toBeGreaterThan(needing.length / 2);
});
