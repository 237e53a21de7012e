import fc from "fast-check";
import { expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import type { FilePattern, Policy, Rule } from "../model.ts";
import { targetOf } from "../registry.ts";
import type { Act, FileFacts } from "./act.ts";
import { decider, ruleMet } from "./engine.ts";
import { APPLOCKER_VARIABLES } from "./paths.ts";
import { RuleIndex } from "./rule-index.ts";

const NAMES = ["mshta.exe", "MSHTA.EXE", "a.dll", "*", "m*.exe", "?.dll", "*sht*", ""];
const PATHS = [
  "%SYSTEM32%\\mshta.exe",
  "C:\\x\\*",
  "*\\a.dll",
  "*",
  "*x*",
  "C:\\x\\?.dll",
  "%OSDRIVE%\\x\\A.DLL",
  "%REMOVABLE%\\*",
  "%NOBODY%\\a.dll",
  "/usr/bin/a",
  "*/a",
];
const FILES = [
  "C:\\Windows\\System32\\mshta.exe",
  "c:/x/a.dll",
  "C:\\x\\b.exe",
  "a.dll",
  "/usr/bin/a",
  "C:\\y\\..\\x\\a.dll",
];
const HASHES = ["ab", "cd", ""];

/** Paths of a few parts, so that patterns and files of them meet often. */
const pieces = (...more: readonly string[]) =>
  fc
    .array(fc.constantFrom("C:", "\\", "/", "x", "A", ".dll", "mshta", ".exe", ...more), { maxLength: 7 })
    .map((all) => all.join(""));

function optional<T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(of, { nil: undefined, freq: 2 });
}

function files(paths: fc.Arbitrary<string>, names: fc.Arbitrary<string>) {
  return { path: optional(paths), originalName: optional(names) };
}

const pattern = fc
  .record({
    ...files(fc.oneof(fc.constantFrom(...PATHS), pieces("*", "?", "%OSDRIVE%")), fc.constantFrom(...NAMES)),
    hash: optional(fc.constantFrom(...HASHES)),
    hashOf: optional(fc.constantFrom("mshta.exe", "A", "*", "")),
    extension: optional(fc.constant(".dll")),
  })
  .map((one): FilePattern => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
const patterns = optional(fc.array(pattern, { maxLength: 3 }));
const rule = fc.record({ action: fc.constantFrom("deny", "allow", "audit"), object: patterns, subject: patterns }).map(
  ({ action, object, subject }): Rule => ({
    id: "",
    action,
    on: ["execute"],
    ...(object && { object }),
    ...(subject && { subject }),
  }),
);
const facts: fc.Arbitrary<FileFacts> = fc.record({
  ...files(fc.oneof(fc.constantFrom(...FILES), pieces()), fc.constantFrom("mshta.exe", "A.dll", "")),
  hashes: optional(fc.constantFrom("SHA256=AB,MD5=0", "cd", "AB".repeat(2000))),
});

it("leaves out no rule that may fit, and keeps their order", () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 8 }), facts, facts, (rules, object, subject) => {
      const act: Act = { on: "execute", subject, object };
      const found = new RuleIndex(rules, APPLOCKER_VARIABLES).of(act);
      expect(found).toEqual(rules.filter((one) => found.includes(one)));
      const fitting = rules.filter((one) => ruleMet(one, act, APPLOCKER_VARIABLES) !== false);
      expect(found.filter((one) => fitting.includes(one))).toEqual(fitting);
    }),
    { numRuns: 5000 },
  );
});

/** Each of n rules for a file of its own; the acts are of files that few of them are for. */
const POLICIES: Readonly<Record<string, (n: number) => readonly [Policy, Act]>> = {
  "folders of AppLocker": (n) => windows(n, (at) => ({ path: `%PROGRAMFILES%\\maker ${at}\\*.exe` })),
  "files in any folder": (n) => windows(n, (at) => ({ path: `*\\tool${at}.exe` })),
  "hashes of named files": (n) => windows(n, (at) => ({ hash: `${at}`.padStart(64, "0"), hashOf: `tool${at}.exe` })),
  "programs of fapolicyd": (n) => linux(n, (at) => ({ object: [{ path: `/opt/${at}/tool` }] })),
  "processes of fapolicyd": (n) => linux(n, (at) => ({ subject: [{ path: `/opt/${at}/tool` }] })),
};

function policyOf(target: string, n: number, ruleOf: (at: number) => Partial<Rule>): Policy {
  const rules = Array.from(
    { length: n },
    (_, at): Rule => ({ id: `${at}`, action: "deny", on: ["execute"], ...ruleOf(at) }),
  );
  return {
    target,
    name: "many",
    mode: "enforce",
    rules,
    unknown: [],
    collections: [{ on: "execute", mode: "enforce" }],
  };
}

function windows(n: number, of: (at: number) => FilePattern): readonly [Policy, Act] {
  const object = { path: "C:\\Users\\a\\other.exe", hashes: `SHA256=${"a".repeat(64)}` };
  return [policyOf("applocker", n, (at) => ({ object: [of(at)] })), { on: "execute", subject: {}, object, user: "a" }];
}

function linux(n: number, of: (at: number) => Partial<Rule>): readonly [Policy, Act] {
  const act: Act = { on: "execute", subject: { path: "/bin/sh" }, object: { path: "/bin/ls" } };
  return [policyOf("fapolicyd", n, of), act];
}

it.each(Object.entries(POLICIES))("costs no more for more %s", (_, make) => {
  const cost = (n: number, enough: number) => {
    const [policy, act] = make(n);
    const ready = decider(policy, targetOf(policy.target).semantics);
    ready.decide(act);
    return millis(() => {
      for (let i = 0; i < 2000; i++) ready.decide(act);
    }, enough);
  };
  const few = cost(1000, 1);
  expect(cost(20_000, few * 2.5)).toBeLessThan(few * 2.5 + 20);
});

it.each(Object.entries(POLICIES))("gets ready in a time that grows with %s", (_, make) => {
  const cost = (n: number, enough: number) => {
    const [policy, act] = make(n);
    return millis(() => {
      decider(policy, targetOf(policy.target).semantics).decide(act);
    }, enough);
  };
  const half = cost(10_000, 1);
  expect(cost(20_000, half * 2.5)).toBeLessThan(half * 2.5 + 20);
});
