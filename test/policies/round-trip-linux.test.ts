import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FilePattern, Rule } from "../../src/policies/model.ts";
import { leftToRoot, REMOVES } from "../../src/policies/targets/packages/write.ts";
import { AGENTS } from "../../src/policies/targets/suricata/agents.ts";
import { hostile, policyOf, readBack, writable } from "./hostile.ts";

const meaning = ({ id: _, measure: __, description: ___, ...rest }: Rule) => rest;
/** Names after which something is always left to write, however hostile the rest is. */
const SAFE = "/usr/bin/split";
const path = fc.oneof(
  hostile.map((name) => `/opt/${name}`),
  hostile,
  fc.constant(SAFE),
);
const MODES = ["enforce", "audit"] as const;
/** Comments are one line, and blanks at their ends are not theirs. */
const said = (text: string) => text.replace(/[\0-\x1f\x7f\x85\u2028\u2029]+/g, " ").trim();

/** Writes what a target does not refuse, reads it back, and compares; `same` says in what order rules come. */
function comesBack(
  target: string,
  name: string,
  rules: readonly Rule[],
  mode: (typeof MODES)[number] = "enforce",
  same: "order" | "any" = "order",
): void {
  const kept = writable(target, rules);
  if (kept.length === 0) return;
  const read = readBack(policyOf(target, kept, { mode }), name);
  expect(read.unknown).toEqual([]);
  expect(read.mode).toBe(mode);
  if (same === "order") expect(read.rules.map(meaning)).toEqual(kept.map(meaning));
  else {
    const texts = (all: readonly Rule[]) => all.map((rule) => JSON.stringify(meaning(rule))).sort();
    expect(texts(read.rules)).toEqual(texts(kept));
  }
}

const safe = (target: string, rule: Rule) => expect(writable(target, [rule])).toHaveLength(1);

describe("names that would break out of a language of Linux or the network", () => {
  it("come back from sudoers, or are refused", () => {
    const noexec = (paths: readonly string[], description: string): Rule => ({
      id: "x",
      action: "deny",
      on: ["execute"],
      subject: paths.map((one) => ({ path: one, startedBy: "*/sudo" })),
      description,
    });
    safe("sudoers", noexec([SAFE], ""));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(path, { minLength: 1, maxLength: 3 }), hostile), { maxLength: 4 }),
        (all) => {
          comesBack(
            "sudoers",
            "t1218-noexec",
            all.map(([paths, text]) => noexec(paths, text)),
          );
        },
      ),
    );
  });

  it.each(MODES)("come back from AppArmor (%s), or are refused", (mode) => {
    const file = path.map((one): FilePattern => ({ path: one }));
    const rule = fc.oneof(
      fc.tuple(path, fc.array(file, { maxLength: 3 }), hostile).map(
        ([program, exceptions, description]): Rule => ({
          id: "x",
          action: "deny",
          on: ["execute"],
          subject: [{ path: program }],
          ...(exceptions.length > 0 && { exceptions }),
          description,
        }),
      ),
      path.map(
        (program): Rule => ({
          id: "x",
          action: "deny",
          on: ["connect"],
          subject: [{ path: program }],
          peer: { inbound: false },
        }),
      ),
      fc.tuple(path, file, fc.constantFrom("load", "execute", "write")).map(
        ([program, object, on]): Rule => ({
          id: "x",
          action: "deny",
          on: [on as "load"],
          subject: [{ path: program }],
          object: [object],
        }),
      ),
    );
    fc.assert(
      fc.property(fc.uniqueArray(rule, { maxLength: 4, selector: ({ subject }) => subject?.[0]?.path }), (rules) => {
        comesBack("apparmor", "t1218-apparmor", rules, mode);
      }),
    );
  });

  it.each(MODES)("come back from nftables (%s), or are refused", (mode) => {
    const address = fc.oneof(
      fc.constantFrom("Internet", "198.51.100.7", "10.0.0.0/8", "2001:db8::/32", "fe80::1"),
      hostile,
    );
    const rule = fc
      .record({
        scope: fc.option(
          fc.array(fc.oneof(fc.constantFrom("uid=33", "uid=0", "gid=5"), hostile), { minLength: 1, maxLength: 3 }),
          { nil: undefined },
        ),
        addresses: fc.option(fc.array(address, { minLength: 1, maxLength: 2 }), { nil: undefined }),
        port: fc.option(fc.oneof(fc.constantFrom("445", "6000-6999"), hostile), { nil: undefined }),
        action: fc.constantFrom("deny", "allow"),
        description: hostile,
      })
      .map(
        ({ scope, addresses, port, action, description }): Rule => ({
          id: "x",
          action: mode === "audit" ? "deny" : (action as "deny"),
          on: ["connect"],
          peer: {
            inbound: false,
            ...(addresses && { addresses }),
            ...(port !== undefined && { protocol: "tcp", ports: [port] }),
          },
          ...(scope && { scope }),
          description,
        }),
      );
    fc.assert(
      fc.property(fc.uniqueArray(rule, { maxLength: 4, selector: (one) => JSON.stringify(meaning(one)) }), (rules) => {
        comesBack("nftables", "t1218.nft", rules, mode);
      }),
    );
  });

  it.each(MODES)("come back from a script (%s), or are refused", (mode) => {
    const rules = fc.oneof(
      fc.tuple(path, hostile).map(([file, text]) => leftToRoot(file, text)),
      fc
        .tuple(fc.oneof(hostile, fc.constant("socat")), path, hostile)
        .map(([name, file, description]): readonly Rule[] => [
          { id: `${REMOVES}${name}`, action: "deny", on: ["execute"], object: [{ path: file }], description },
        ]),
    );
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 4 }), (all) => {
        comesBack("packages", "t1218-packages.sh", all.flat(), mode);
      }),
    );
  });

  it("come back from audit rules, or are refused", () => {
    const rule = fc
      .tuple(path, fc.constantFrom("execute", "connect", "write"), fc.constantFrom("audit", "allow"), hostile)
      .map(
        ([file, on, action, description]): Rule => ({
          id: "x",
          action: action as "audit",
          on: [on as "execute"],
          ...(on === "connect" ? { subject: [{ path: file }] } : { object: [{ path: file }] }),
          description,
        }),
      );
    fc.assert(
      fc.property(fc.uniqueArray(rule, { maxLength: 4, selector: (one) => JSON.stringify(meaning(one)) }), (rules) => {
        comesBack("auditd", "t1218-audit.rules", rules);
      }),
    );
  });

  it.each(MODES)("come back from Suricata (%s), or are refused", (mode) => {
    const programs = Object.values(AGENTS).flat();
    const host = fc.oneof(fc.constantFrom("a.example", "=b.example", "=*.c.example"), hostile);
    const rule = fc
      .record({
        protocol: fc.constantFrom("http", "tls", "smb", "webdav", "tcp"),
        program: fc.option(fc.oneof(fc.constantFrom(...programs), hostile), { nil: undefined }),
        extension: fc.option(
          fc.oneof(
            fc.constantFrom(".hta", ".sct"),
            hostile.map((one) => `.${one}`),
          ),
          { nil: undefined },
        ),
        address: fc.option(fc.oneof(fc.constant("Internet"), host), { nil: undefined }),
        description: hostile,
      })
      .map(
        ({ protocol, program, extension, address, description }): Rule => ({
          id: "x",
          action: "deny",
          on: ["connect"],
          ...(program !== undefined && { subject: [{ path: program }] }),
          ...(extension !== undefined && { object: [{ extension }] }),
          peer: { inbound: false, protocol, ...(address !== undefined && { addresses: [address] }) },
          description,
        }),
      );
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (rules) => {
        comesBack("suricata", "t1218-suricata.rules", rules, mode);
      }),
    );
  });

  it("come back from Squid, or are refused", () => {
    const host = fc.oneof(fc.constantFrom("a.example", "=b.example"), hostile);
    const rule = fc
      .record({
        program: fc.option(fc.constantFrom("*/curl", "*\\certutil.exe"), { nil: undefined }),
        extension: fc.option(
          fc.oneof(
            fc.constantFrom(".hta", ".sct"),
            hostile.map((one) => `.${one}`),
          ),
          { nil: undefined },
        ),
        address: fc.option(host, { nil: undefined }),
        description: hostile,
      })
      .map(
        ({ program, extension, address, description }): Rule => ({
          id: "x",
          action: "deny",
          on: ["connect"],
          ...(program !== undefined && { subject: [{ path: program }] }),
          ...(extension !== undefined && { object: [{ extension }] }),
          peer: {
            ...(address !== undefined && { addresses: [address] }),
            ...((program ?? extension) ? { protocol: "http" } : {}),
          },
          description,
        }),
      );
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (rules) => {
        comesBack("squid", "t1218-squid.conf", rules);
      }),
    );
  });

  it("come back from a zone, or are refused", () => {
    // Names of hosts have no case, and a zone is written in small letters.
    const host = fc
      .oneof(fc.constantFrom("a.example", "=b.example", "=*.c.example", "=*.a.b.example"), hostile)
      .map((one) => one.toLowerCase());
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(host, hostile), { maxLength: 4, selector: ([one]) => one }), (hosts) => {
        const rules = hosts.map(
          ([one, description]): Rule => ({
            id: "x",
            action: "deny",
            on: ["connect"],
            peer: { addresses: [one] },
            description,
          }),
        );
        comesBack("rpz", "t1218.rpz", rules, "enforce", "any");
      }),
    );
  });

  it("keep what is said of a rule, on one line", () => {
    fc.assert(
      fc.property(hostile, (description) => {
        const rule: Rule = { id: "x", action: "audit", on: ["execute"], object: [{ path: SAFE }], description };
        const [read] = readBack(policyOf("auditd", [rule]), "t1218-audit.rules").rules;
        expect(read?.description ?? "").toBe(said(description));
      }),
    );
  });
});
