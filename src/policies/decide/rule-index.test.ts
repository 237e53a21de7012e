import fc from "fast-check";
import { expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import type { FilePattern, Policy, Rule } from "../model.ts";
import { targetOf } from "../registry.ts";
import type { Act, FileFacts } from "./act.ts";
import { anyFileMet } from "./any-file.ts";
import { decideBy, decider } from "./engine.ts";
import { fileMet, some } from "./match.ts";
import { APPLOCKER_VARIABLES } from "./paths.ts";
import { RuleIndex } from "./rule-index.ts";
import { Within } from "./within.ts";

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

const reach = fc.record({
  mode: fc.constantFrom("audit" as const, "enforce" as const),
  otherwise: fc.constantFrom("block" as const, "allow" as const, undefined),
});

it.each(["denyFirst", "firstMatch"] as const)("decides as if every rule were asked (%s)", (order) => {
  const semantics = { ...targetOf("applocker").semantics, order, variables: APPLOCKER_VARIABLES };
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 8 }), facts, facts, reach, (drawn, object, subject, where) => {
      const act: Act = { on: "execute", subject, object };
      const rules = drawn.map((one, at) => ({ ...one, id: `${at}` }));
      const found = new RuleIndex(rules, APPLOCKER_VARIABLES).of(act);
      // A rule for several files may be open for the one reason or the other.
      const said = (asked: readonly Rule[]) => {
        const answer = decideBy(semantics, asked, act, where);
        return answer && [answer.decision, answer.rule];
      };
      expect(said(found)).toEqual(said(rules));
    }),
    { numRuns: 5000 },
  );
});

it("says of a long list what it says of each of its patterns", () => {
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 16, maxLength: 24 }), facts, (list, file) => {
      const each = some(list.map((one) => fileMet(one, file, APPLOCKER_VARIABLES)));
      expect(anyFileMet(list, file, APPLOCKER_VARIABLES)).toEqual(each);
    }),
    { numRuns: 3000 },
  );
});

it("finds each piece that stands in a text, once", () => {
  const texts = fc.array(fc.constantFrom("a", "b", "ab"), { maxLength: 12 }).map((all) => all.join(""));
  fc.assert(
    fc.property(fc.uniqueArray(texts), texts, (drawn, text) => {
      const pieces = drawn.filter((one) => one !== "");
      const found = [...new Within(pieces).of(text)];
      expect(found.sort()).toEqual(pieces.filter((one) => text.includes(one)).sort());
    }),
    { numRuns: 3000 },
  );
});

/** Each of n rules for a file of its own; the acts are of files that few of them are for. */
const POLICIES: Readonly<Record<string, (n: number) => readonly [Policy, Act]>> = {
  "folders of AppLocker": (n) => windows(n, (at) => ({ path: `%PROGRAMFILES%\\maker ${at}\\*.exe` })),
  "files in any folder": (n) => windows(n, (at) => ({ path: `*\\tool${at}.exe` })),
  "files with a word in them": (n) => windows(n, (at) => ({ path: `*tool${at}x*` })),
  "files of one folder": (n) => windows(n, (at) => ({ path: `C:\\Users\\*\\${at}.exe` })),
  "folders with one end": (n) => windows(n, (at) => ({ path: `*\\${at}\\*.exe` })),
  "original names": (n) => windows(n, (at) => ({ originalName: `tool${at}.exe` })),
  hashes: (n) => windows(n, (at) => ({ hash: `${at}`.padStart(64, "0") })),
  "hashes of one rule": (n) => {
    const [{ rules, ...policy }, act] = windows(n, (at) => ({ hash: `${at}`.padStart(64, "0") }));
    return [{ ...policy, rules: [{ ...rules[0]!, object: rules.flatMap(({ object = [] }) => object) }] }, act];
  },
  "exceptions of one rule": (n) => {
    const [{ rules, ...policy }, act] = windows(n, (at) => ({ path: `*\\${at}\\*.exe` }));
    const exceptions = rules.flatMap(({ object = [] }) => object);
    return [{ ...policy, rules: [{ ...rules[0]!, object: [{ path: "*" }], exceptions }] }, act];
  },
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
  // Some tens of milliseconds each, in which the collector of garbage may come by.
  expect(cost(20_000, half * 2.5)).toBeLessThan(half * 2.5 + 40);
});
