import fc from "fast-check";
import { expect, it } from "vitest";
import type { FilePattern, Rule } from "../model.ts";
import type { Act } from "./act.ts";
import { ruleMet } from "./engine.ts";
import { originalNameOf } from "./match.ts";
import { APPLOCKER_VARIABLES } from "./paths.ts";
import { RuleIndex } from "./rule-index.ts";

const NAMES = ["mshta.exe", "MSHTA.EXE", "a.dll", "*", "m*.exe", "?.dll", ""];
const PATHS = [
  "%SYSTEM32%\\mshta.exe",
  "C:\\x\\*",
  "*\\a.dll",
  "*",
  "C:\\Windows\\System32\\mshta.exe",
  "%OSDRIVE%\\x\\A.DLL",
  "/usr/bin/a",
];
const FILES = [
  "C:\\Windows\\System32\\mshta.exe",
  "c:/x/a.dll",
  "C:\\x\\b.exe",
  "a.dll",
  "/usr/bin/a",
  "C:\\x\\..\\x\\a.dll",
];

it("leaves out no rule that may fit", () => {
  const optional = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
  const pattern = fc
    .record({ originalName: optional(...NAMES), path: optional(...PATHS) })
    .map((one): FilePattern => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
  const rule = fc
    .array(pattern, { maxLength: 3 })
    .map((object): Rule => ({ id: "x", action: "deny", on: ["execute"], ...(object.length > 0 && { object }) }));
  const object = fc.record({ originalName: optional(...NAMES), path: optional(...FILES) });
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 8 }), object, (rules, facts) => {
      const act: Act = { on: "execute", subject: {}, object: facts };
      const fitting = rules.filter((one) => ruleMet(one, act, APPLOCKER_VARIABLES) !== false);
      const found = new RuleIndex(rules).of(facts, originalNameOf(facts));
      expect(found.filter((one) => fitting.includes(one))).toEqual(fitting);
    }),
    { numRuns: 2000 },
  );
});
