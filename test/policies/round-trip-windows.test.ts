import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCommands } from "../../src/policies/languages/commands.ts";
import type { FilePattern, Rule } from "../../src/policies/model.ts";
import { targetOf } from "../../src/policies/registry.ts";
import { attachmentRule } from "../../src/policies/targets/attachments.ts";
import { browserRule } from "../../src/policies/targets/browsers.ts";
import { mitigationRule } from "../../src/policies/targets/exploitprotection/mitigations.ts";
import { partRule } from "../../src/policies/targets/features/parts.ts";
import { hostile, mapped, meaning, NO_LINE, NO_XML, policyOf, readBack, said } from "./hostile.ts";

const SEEN: Rule = {
  id: "x",
  action: "audit",
  on: ["execute"],
  object: [{ path: "*\\mshta.exe" }],
  description: "seen",
};

describe("names that would break out of a language of Windows", () => {
  it("come back from Exploit Protection", () => {
    // A name with a backslash is a path, and AppConfig without a name is none.
    const name = hostile.map((text) => `x${text.trim()}.exe`).filter((text) => !/[*?]/.test(text));
    const rule = fc
      .record({
        name,
        attribute: fc.constantFrom("DisallowChildProcessCreation", "BlockRemoteImageLoads", "MicrosoftSignedOnly"),
        isAudit: fc.boolean(),
      })
      .map((one) => mitigationRule(one.name, one.attribute, one.isAudit ? "audit" : "enforce"));
    fc.assert(
      fc.property(
        fc.uniqueArray(rule, { minLength: 1, maxLength: 4, selector: (one) => one && said(one.id, NO_XML) }),
        (all) => {
          const rules = all.flatMap((one) => one ?? []);
          const read = readBack(policyOf("exploitprotection", rules), "exploitprotection.xml");
          const by = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
          const told = ({ id, mode, subject }: Rule) => ({ id, mode, subject });
          expect(read.unknown).toEqual([]);
          expect(read.rules.map(told).sort(by)).toEqual(mapped(rules.map(told), (text) => said(text, NO_XML)).sort(by));
        },
      ),
    );
  });

  it("come back from Sysmon’s configuration, or are refused", () => {
    const file: fc.Arbitrary<FilePattern> = fc.oneof(
      hostile.map((text) => ({ path: `C:\\${text}` })),
      hostile.map((text) => ({ path: `*\\${text}.exe` })),
      hostile.map((originalName) => ({ originalName })),
    );
    const rule = fc.record({ object: file, parent: fc.option(hostile, { nil: undefined }), description: hostile }).map(
      ({ object, parent, description }): Rule => ({
        id: "x",
        action: "audit",
        on: ["execute"],
        ...(parent !== undefined && { subject: [{ path: `*\\${parent}` }] }),
        object: [object],
        description,
      }),
    );
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), (all) => {
        const rules = [SEEN, ...all].filter((one) => targetOf("sysmon").refuses(one) === undefined);
        const read = readBack(policyOf("sysmon", rules), "sysmon.xml");
        expect(read.unknown).toEqual([]);
        expect(read.rules.map(meaning)).toEqual(mapped(rules.map(meaning), (text) => said(text, NO_XML)));
      }),
    );
  });

  it.each(["features.ps1", "undo-features.ps1"])("stay inside their quotes in %s", (name) => {
    fc.assert(
      fc.property(hostile, hostile, (path, description) => {
        const rules = [{ ...partRule("acl", `C:\\${path}`), description }, partRule("feature", "TelnetClient")];
        if (name === "features.ps1") {
          const read = readBack(policyOf("features", rules), name);
          expect(read.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => said(id, NO_LINE)));
          expect(read.unknown).toEqual([]);
          return;
        }
        const text =
          targetOf("features")
            .write(policyOf("features", rules))
            .find((one) => one.name === name)?.text ?? "";
        const lines = text.split("\n");
        const { commands, unread } = readCommands(text);
        const [notes = "", ...guards] = unread.map(({ line = 0 }) => lines[line - 1] ?? "");
        expect(notes).toMatch(/^\$noted = Get-Content /);
        // What was off before stays off.
        expect(guards).toEqual(["if ($noted -contains 'feature TelnetClient') {", "}"]);
        expect(commands.map((one) => one.name)).toEqual(["icacls.exe", "icacls.exe", "Enable-WindowsOptionalFeature"]);
        expect(commands[0]?.words[0]).toBe(said(`C:\\${path}`, NO_LINE));
      }),
    );
  });

  it("are no attachment’s extension", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const rules = [`.${text.toLowerCase()}`, ".hta"].flatMap((one) => attachmentRule(`Level1=${one}`) ?? []);
        const read = readBack(policyOf("attachments", rules), "attachments.reg");
        expect(read.rules).toEqual(rules);
        expect(read.unknown).toEqual([]);
      }),
    );
  });

  it("come back from Firefox’s policies", () => {
    fc.assert(
      fc.property(hostile, hostile, (host, id) => {
        const rules = [
          browserRule("WebsiteFilter", `${host.replace(/[/*]/g, "_")}.example`),
          browserRule("ExtensionSettings", id),
        ];
        const wanted = rules.flatMap((one) => one ?? []);
        const read = readBack(policyOf("browsers", wanted), "policies.json");
        expect(read.rules).toEqual(wanted);
        expect(read.unknown).toEqual([]);
      }),
    );
  });
});
