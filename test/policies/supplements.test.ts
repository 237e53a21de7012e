import { describe, expect, it } from "vitest";
import type { Policy, PolicyIdentity, Rule } from "../../src/policies/model.ts";
import { readPolicy, targetOf } from "../../src/policies/registry.ts";
import { PolicySet } from "../../src/policies/set.ts";
import { RULED } from "../../src/policies/targets/appcontrol/names.ts";
import { exec } from "./tables/table.ts";

const allow = (path: string, more: Partial<Rule> = {}): Rule => ({
  id: "ID_ALLOW_X",
  action: "allow",
  on: RULED,
  object: [{ path }],
  ...more,
});
const TAKES = "Enabled:Allow Supplemental Policies";
const SUPPLEMENTAL: PolicyIdentity = { isSupplemental: true };
const policy = (rules: readonly Rule[], identity: PolicyIdentity = {}, ...options: readonly string[]): Policy => {
  const written = targetOf("appcontrol").write({
    target: "appcontrol",
    name: "one",
    mode: "enforce",
    rules,
    unknown: [],
    options: ["Enabled:UMCI", "Disabled:Runtime FilePath Rule Protection", ...options],
    identity,
  })[0];
  return readPolicy(written?.text ?? "", written?.name ?? "");
};
const decide = (...policies: readonly Policy[]) =>
  new PolicySet("set", policies).decide([exec("D:\\apps\\a.exe")])?.decision;

describe("supplemental policies of App Control", () => {
  const base = policy([allow("%WINDIR%\\*")], {}, TAKES);
  const more = policy([allow("D:\\apps\\*")], SUPPLEMENTAL);

  it("allow what their base policy does not", () => {
    expect(decide(base)).toBe("block");
    expect(decide(base, more)).toBe("allow");
    expect(decide(more, base)).toBe("allow");
  });

  it("allow nothing beside a base policy that takes none", () => {
    expect(decide(policy([allow("%WINDIR%\\*")]), more)).toBe("block");
  });

  it("allow nothing beside the base policy of another", () => {
    const other = "{11111111-2222-4333-8444-555555555555}";
    const stranger = policy([allow("D:\\apps\\*")], { ...SUPPLEMENTAL, base: other });
    expect(decide(base, stranger)).toBe("block");
  });

  it("do not lift a denial", () => {
    const deny = allow("D:\\apps\\*", { id: "ID_DENY_X", action: "deny" });
    expect(decide(policy([allow("*"), deny], {}, TAKES), more)).toBe("block");
  });

  it("deny nothing", () => {
    const deny = allow("D:\\apps\\*", { id: "ID_DENY_X", action: "deny" });
    expect(decide(policy([allow("*")], {}, TAKES), policy([deny], SUPPLEMENTAL))).toBe("allow");
  });

  it("have an id of their own", () => {
    expect(base.identity?.own).toBe(base.identity?.base);
    expect(more.identity?.base).toBe(base.identity?.own);
    expect(more.identity?.own).not.toBe(base.identity?.own);
  });
});
