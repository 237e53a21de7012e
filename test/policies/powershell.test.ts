import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Rule } from "../../src/policies/model.ts";
import { targetOf } from "../../src/policies/registry.ts";
import { ASR_RULES, asrRule } from "../../src/policies/targets/asr/rules.ts";
import { partRule } from "../../src/policies/targets/features/parts.ts";
import { hostile, policyOf, writable } from "./hostile.ts";

const NAME = "@vscode/tree-sitter-wasm";
const grammar = await import("@vscode/tree-sitter-wasm").catch(() => undefined);

const outbound = (id: string, path: string): Rule => ({
  id,
  action: "deny",
  on: ["connect"],
  subject: [{ path }],
  peer: { inbound: false, addresses: ["Internet"] },
  description: id,
});

/** How features.ps1 notes what is there; ForEach-Object is a word of the grammar and no command. */
const NOTING = [
  "Test-Path",
  ...["Get-WindowsOptionalFeature", "Get-WindowsCapability"].flatMap((one) => [one, "Where-Object"]),
  "Get-Service",
  "Set-Content",
];

/** Scripts by name, made for any two names. */
const SCRIPTS: Readonly<
  Record<string, (a: string, b: string) => { readonly text: string; readonly commands: readonly string[] }>
> = {
  "firewall.ps1": (a, b) => {
    const rules = writable("firewall", [outbound(a, `C:\\${b}`), outbound("safe", "C:\\x.exe")]);
    return { text: textOf("firewall", "firewall.ps1", rules), commands: rules.map(() => "New-NetFirewallRule") };
  },
  "asr.ps1": (a, b) => {
    const [guid = ""] = Object.keys(ASR_RULES);
    const rule = asrRule(guid, "enforce", { paths: [`C:\\${a}.exe`, `C:\\${b}2.exe`] });
    const rules = rule ? [rule] : [];
    return { text: textOf("asr", "asr.ps1", rules), commands: Array<string>(3).fill("Add-MpPreference") };
  },
  "features.ps1": (a, b) => ({
    text: textOf("features", "features.ps1", parts(a, b)),
    commands: [
      ...NOTING,
      "takeown.exe",
      "icacls.exe",
      "Remove-WindowsCapability",
      "Stop-Service",
      "Set-Service",
      "reg.exe",
    ],
  }),
  "undo-features.ps1": (a, b) => ({
    text: textOf("features", "undo-features.ps1", parts(a, b)),
    commands: [
      "Get-Content",
      "icacls.exe",
      "icacls.exe",
      "Add-WindowsCapability",
      "Set-Service",
      "Set-Service",
      "reg.exe",
    ],
  }),
};

const parts = (a: string, b: string): readonly Rule[] => [
  { ...partRule("acl", `C:\\${a}`), description: b },
  { ...partRule("capability", `${b}~~~~`), description: a },
  partRule("service", `${a}x`),
  partRule("setting", "AlwaysInstallElevated"),
];

const textOf = (target: string, name: string, rules: readonly Rule[]): string =>
  targetOf(target)
    .write(policyOf(target, rules))
    .find((one) => one.name === name)?.text ?? "";

/** Scripts that PowerShell refuses. */
const BAD = [
  "New-NetFirewallRule -Name 'a",
  'New-NetFirewallRule -Name "a',
  "New-NetFirewallRule -Name (a",
  "Get-Item @('a'",
  "Get-Item @{ a = ",
  "Get-Item $(",
  "if ($a { }",
  "if { }",
  "foreach ($a in) { }",
  "{ Get-Item",
  "Get-Item }",
  "Get-Item )",
  "Get-Item | | Get-Item",
  "| Get-Item",
  "'a' 'b' 'c",
  "@'\na",
  '@"\na',
  "<# a",
  "function { }",
  "param(",
  "$a = ",
  "1 +",
];

describe.skipIf(!grammar)(`PowerShell’s grammar (or skipped: ${NAME} is not installed)`, () => {
  let parse: (text: string) => { readonly isWrong: boolean; readonly commands: readonly string[] } = () => {
    throw new Error("not ready");
  };

  beforeAll(async () => {
    if (!grammar) return;
    await grammar.Parser.init();
    const wasm = fileURLToPath(import.meta.resolve(`${NAME}/wasm/tree-sitter-powershell.wasm`));
    const parser = new grammar.Parser();
    parser.setLanguage(await grammar.Language.load(new Uint8Array(readFileSync(wasm))));
    parse = (text) => {
      const tree = parser.parse(text);
      const root = tree?.rootNode;
      const commands = root?.descendantsOfType("command_name").map((node) => node?.text ?? "") ?? [];
      const result = { isWrong: root?.hasError ?? true, commands };
      tree?.delete();
      return result;
    };
  });

  it.each(BAD)("refuses %j", (text) => {
    expect(parse(`${text}\n`).isWrong).toBe(true);
  });

  it.each(Object.entries(SCRIPTS))("takes %s, whatever the names are, and finds no command beside", (_, make) => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const { text, commands } = make(a, b);
        expect(parse(text), text).toEqual({ isWrong: false, commands });
      }),
    );
  });
});
