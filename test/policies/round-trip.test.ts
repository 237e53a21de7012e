import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FilePattern, Rule } from "../../src/policies/model.ts";
import { TARGETS, targetOf } from "../../src/policies/registry.ts";
import { ASR_RULES, asrRule } from "../../src/policies/targets/asr/rules.ts";
import { browserRule } from "../../src/policies/targets/browsers.ts";
import { hostile, mapped, meaning, NO_LINE, NO_XML, policyOf, readBack, said } from "./hostile.ts";

describe("names that would break out of a language", () => {
  it("come back from App Control", () => {
    const file: fc.Arbitrary<FilePattern> = fc.oneof(
      hostile.map((originalName) => ({ originalName })),
      hostile.map((path) => ({ path })),
      fc.record({ originalName: hostile, maxVersion: fc.constant("1.2.3.4") }),
    );
    const rule = fc
      .record({ object: file, app: fc.option(hostile, { nil: undefined }), description: hostile, isDeny: fc.boolean() })
      .map(({ object, app, description, isDeny }): Rule => {
        const on = app === undefined ? (["execute", "load", "script", "install"] as const) : (["load"] as const);
        const subject = app === undefined ? {} : { subject: [{ originalName: app }] };
        // Who may write there is asked at run time of what is allowed.
        const guarded = !isDeny && object.path !== undefined ? ({ adminsOnly: true } as const) : {};
        return {
          id: "x",
          action: isDeny ? "deny" : "allow",
          on,
          ...subject,
          object: [{ ...object, ...guarded }],
          description,
        };
      });
    const id = hostile.map((text) => said(text, NO_XML).trim().toUpperCase());
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), fc.record({ own: id, base: id }), (rules, identity) => {
        const policy = policyOf("appcontrol", rules, { options: ["Enabled:UMCI"], identity });
        const read = readBack(policy, "appcontrol.xml");
        expect(read.options).toEqual(policy.options);
        expect(read.identity).toEqual(identity);
        expect(read.unknown).toEqual([]);
        expect(read.rules.map(meaning)).toEqual(mapped(rules.map(meaning), (text) => said(text, NO_XML)));
      }),
    );
  });

  it("come back from AppLocker", () => {
    // Wildcards mean something else in its names, so that rules with them are refused.
    const name = hostile.filter((text) => !/[*?]/.test(text));
    const file: fc.Arbitrary<FilePattern> = fc.oneof(
      hostile.map((path) => ({ path })),
      fc.record({ publisher: name, originalName: name, productName: name }),
      fc.constant({ hash: "ab".repeat(32), hashOf: "a'b.exe" }),
    );
    const rule = fc.record({ object: file, exception: fc.option(file, { nil: undefined }), description: hostile }).map(
      ({ object, exception, description }): Rule => ({
        id: "11111111-2222-4333-8444-555555555555",
        action: "deny",
        on: ["execute"],
        object: [object],
        scope: ["S-1-1-0"],
        ...(exception && { exceptions: [exception] }),
        description,
      }),
    );
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), (rules) => {
        const read = readBack(policyOf("applocker", rules), "applocker.xml");
        expect(read.unknown).toEqual([]);
        expect(read.rules.map(meaning)).toEqual(mapped(rules.map(meaning), (text) => said(text, NO_XML)));
      }),
    );
  });

  it.each([
    [{ publisher: "Microsoft*" }, true],
    [{ publisher: "*", productName: "Visual*" }, true],
    [{ publisher: "*", originalName: "*.exe" }, true],
    [{ publisher: "*", originalName: "*setup*" }, false],
    [{ publisher: "*", productName: "*", originalName: "*" }, false],
  ] as const)("are refused for AppLocker where a wildcard would mean something else: %j", (file, isRefused) => {
    const rule: Rule = { id: "x", action: "deny", on: ["execute"], object: [file] };
    expect(targetOf("applocker").refuses(rule) !== undefined).toBe(isRefused);
  });

  it.each(["firewall.ps1", "firewall.reg", "firewall.cmd"])("come back from %s, or are left out", (name) => {
    const service = fc.option(fc.oneof(hostile, fc.constantFrom("BITS", "any")), { nil: undefined });
    const rule = fc.record({ id: hostile, program: hostile, service }).map(
      ({ id, program, service: name }): Rule => ({
        id,
        action: "deny",
        on: ["connect"],
        subject: [{ path: program.replace(/[*?]/g, "_"), ...(name !== undefined && { service: name }) }],
        peer: { inbound: false },
      }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(rule, { minLength: 1, maxLength: 4, selector: ({ id }) => said(id, NO_LINE) }),
        (rules) => {
          const kept = rules.filter((one) => targetOf("firewall").refuses(one) === undefined);
          const read = readBack(policyOf("firewall", [...kept, SAFE]), name);
          expect(read.unknown).toEqual([]);
          const wanted = mapped(
            [...kept, SAFE].map(({ id, subject }) => ({ id, subject })),
            (text) => said(text, NO_LINE),
          );
          const found = read.rules.map(({ id, subject }) => ({ id, subject }));
          if (name === "firewall.ps1") expect(found).toEqual(wanted);
          // The other notations leave out what they cannot say, and never say anything else.
          else for (const one of found) expect(wanted).toContainEqual(one);
          expect(found).toContainEqual({ id: SAFE.id, subject: SAFE.subject });
        },
      ),
    );
  });

  it.each(["browsers.reg", "browsers.json"])("come back from %s", (name) => {
    const value = hostile.filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(
        fc.uniqueArray(value, { minLength: 1, maxLength: 4, selector: (text) => said(text, NO_LINE) }),
        (values) => {
          const rules = values.flatMap((one) => browserRule("URLBlocklist", one) ?? []);
          const read = readBack(policyOf("browsers", rules), name);
          const lost = (text: string) => (name === "browsers.reg" ? said(text, NO_LINE) : text);
          expect(read.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => lost(id)));
          expect(read.unknown).toEqual([]);
        },
      ),
    );
  });

  it("do not get into fapolicyd’s rules, which have no quotes", () => {
    fc.assert(
      fc.property(hostile, hostile, (path, description) => {
        const rule: Rule = {
          id: "rule 1",
          action: "deny",
          on: ["execute"],
          object: [{ path: `/opt/${path}` }],
          description,
        };
        if (targetOf("fapolicyd").refuses(rule) !== undefined) return;
        const read = readBack(policyOf("fapolicyd", [rule]), "10-t1218.rules");
        expect(read.rules.map(({ action, on, object }) => ({ action, on, object }))).toEqual([
          { action: "deny", on: ["execute"], object: rule.object },
        ]);
        expect(read.unknown).toEqual([]);
      }),
    );
  });

  it.each(["asr.reg", "asr.ps1"])("come back as exclusions from %s", (name) => {
    const [guid = ""] = Object.keys(ASR_RULES);
    fc.assert(
      fc.property(hostile, (path) => {
        const rule = asrRule(guid, "enforce", { paths: [`C:\\${path}.exe`] });
        if (rule === undefined || targetOf("asr").refuses(rule) !== undefined) return;
        const read = readBack(policyOf("asr", [rule]), name);
        const paths = read.rules.map(({ exceptions }) => exceptions?.map((one) => one.path));
        expect(paths).toEqual([[said(`C:\\${path}.exe`, NO_LINE)]]);
        expect(read.unknown).toEqual([]);
      }),
    );
  });

  it("are no extension", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const rule: Rule = {
          id: `.${text}`,
          action: "deny",
          on: ["open"],
          object: [{ extension: `.${text}`.toLowerCase() }],
        };
        if (targetOf("associations").refuses(rule) !== undefined) return;
        const read = readBack(policyOf("associations", [rule]), "associations.xml");
        expect(read.rules.map(({ object }) => object)).toEqual(
          [rule.object].map((one) => mapped(one, (t) => said(t, NO_XML))),
        );
      }),
    );
  });
});

const SAFE: Rule = {
  id: "safe",
  action: "deny",
  on: ["connect"],
  subject: [{ path: "C:\\Windows\\System32\\mshta.exe" }],
  peer: { inbound: false },
};

describe("every target", () => {
  it.each(TARGETS.map((target) => [target.id, target] as const))(
    "%s throws nothing but its own errors at garbage",
    (_, target) => {
      fc.assert(
        fc.property(fc.array(fc.oneof(hostile, fc.string()), { maxLength: 6 }), (pieces) => {
          try {
            target.read(pieces.join(" "), "x");
          } catch (error) {
            expect((error as { code?: string }).code).toMatch(/^policy\//);
          }
        }),
      );
    },
  );

  it.each(TARGETS.map((target) => [target.id, target] as const))(
    "%s says what it cannot do",
    (_, { cannot, title }) => {
      expect(cannot.length).toBeGreaterThan(0);
      expect(title).not.toBe("");
    },
  );
});
