import { plainId, stableGuid } from "../../ids.ts";
import { xml } from "../../languages/escape.ts";
import type { FilePattern, Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";
import { PLATFORM } from "./names.ts";

const attribute = (name: string, value: string | undefined) => (value === undefined ? "" : ` ${name}="${xml(value)}"`);

/** A name as AppIDs takes it by itself; what has other characters can be said by a macro only. */
class Macros {
  readonly #ids = new Map<string, string>();

  of(apps: readonly FilePattern[]): string {
    const names = apps.map((app) => app.originalName ?? "*");
    return names.map((name) => `$(${this.#id(name)})`).join("");
  }

  #id(name: string): string {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = `app.${this.#ids.size + 1}`;
    this.#ids.set(name, id);
    return id;
  }

  get text(): string {
    const lines = [...this.#ids].map(
      ([name, id]) => `    <Macro${attribute("Id", id)}${attribute("Value", name)} />\n`,
    );
    return lines.length === 0 ? "" : `  <Macros>\n${lines.join("")}  </Macros>\n`;
  }
}

function fileText(rule: Rule, pattern: FilePattern, id: string, macros: Macros): string {
  const isDeny = rule.action === "deny";
  // Alone, the minimum of a deny rule is the highest version that is denied, and its maximum the lowest.
  const isSwapped = isDeny && (pattern.minVersion === undefined || pattern.maxVersion === undefined);
  const [minimum, maximum] = isSwapped
    ? [pattern.maxVersion, pattern.minVersion]
    : [pattern.minVersion, pattern.maxVersion];
  return [
    `    <${isDeny ? "Deny" : "Allow"}`,
    attribute("ID", id),
    attribute("FriendlyName", rule.description ?? rule.id),
    attribute("FileName", pattern.originalName),
    attribute("InternalName", pattern.internalName),
    attribute("FileDescription", pattern.fileDescription),
    attribute("ProductName", pattern.productName),
    attribute("PackageFamilyName", pattern.packageFamilyName),
    attribute("MinimumFileVersion", minimum),
    attribute("MaximumFileVersion", isDeny && minimum === maximum ? undefined : maximum),
    attribute("Hash", pattern.hash?.toUpperCase()),
    attribute("AppIDs", rule.subject && macros.of(rule.subject)),
    attribute("FilePath", pattern.path),
    " />",
  ].join("");
}

function uniqueId(rule: Rule, used: Set<string>): string {
  const prefix = rule.action === "deny" ? "ID_DENY_" : "ID_ALLOW_";
  const bare = rule.id.startsWith(prefix) && plainId(rule.id) === rule.id ? rule.id : `${prefix}${plainId(rule.id)}`;
  let id = bare;
  for (let n = 2; used.has(id); n++) id = `${bare}_${n}`;
  used.add(id);
  return id;
}

const scenario = (
  value: number,
  id: string,
  name: string,
  ids: readonly string[],
) => `    <SigningScenario Value="${value}" ID="${id}" FriendlyName="${name}">
      <ProductSigners>
        <FileRulesRef>
${ids.map((one) => `          <FileRuleRef RuleID="${one}" />\n`).join("")}        </FileRulesRef>
      </ProductSigners>
    </SigningScenario>
`;

const setting = (
  name: string,
  value: string,
) => `    <Setting Provider="PolicyInfo" Key="Information" ValueName="${name}">
      <Value>
        <String>${xml(value)}</String>
      </Value>
    </Setting>
`;

/** The file as ConvertFrom-CIPolicy reads it. A policy of denials must allow all else, in kernel mode too. */
export function writeAppControl(policy: Policy): readonly PolicyFile[] {
  const macros = new Macros();
  const used = new Set<string>(["ID_ALLOW_KERNEL"]);
  const files: string[] = [`    <Allow ID="ID_ALLOW_KERNEL" FriendlyName="Allow kernel drivers" FileName="*" />`];
  const references: string[] = [];
  for (const rule of policy.rules) {
    for (const pattern of rule.object ?? [{ originalName: "*" }]) {
      const id = uniqueId(rule, used);
      files.push(fileText(rule, pattern, id, macros));
      references.push(id);
    }
  }
  const { isSupplemental = false, onlyTags = false, ...ids } = policy.identity ?? {};
  const options = (policy.options ?? []).filter((one) => one !== "Enabled:Audit Mode");
  if (policy.mode === "audit") options.push("Enabled:Audit Mode");
  const made = (name: string) => `{${stableGuid(`appcontrol/${name}`).toUpperCase()}}`;
  const base = ids.base ?? made(policy.name);
  // What supplements another policy has an id of its own.
  const own = ids.own ?? (isSupplemental ? made(`${policy.name}/supplemental`) : base);
  const text = `<?xml version="1.0" encoding="utf-8"?>
<SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy" PolicyType="${isSupplemental ? "Supplemental" : onlyTags ? "AppID Tagging" : "Base"} Policy">
  <VersionEx>10.0.0.0</VersionEx>
  <PlatformID>${PLATFORM}</PlatformID>
  <PolicyID>${xml(own)}</PolicyID>
  <BasePolicyID>${xml(base)}</BasePolicyID>
  <Rules>
${options.map((one) => `    <Rule><Option>${xml(one)}</Option></Rule>\n`).join("")}  </Rules>
  <EKUs />
  <FileRules>
${files.join("\n")}
  </FileRules>
  <Signers />
  <SigningScenarios>
${scenario(131, "ID_SIGNINGSCENARIO_DRIVERS", "Kernel mode", ["ID_ALLOW_KERNEL"])}${scenario(12, "ID_SIGNINGSCENARIO_WINDOWS", "User mode", references)}  </SigningScenarios>
  <UpdatePolicySigners />
  <CiSigners />
  <HvciOptions>0</HvciOptions>
  <Settings>
${setting("Name", policy.name)}${setting("Id", "1")}  </Settings>
${macros.text}</SiPolicy>
`;
  return [{ name: isSupplemental ? "appcontrol-supplemental.xml" : "appcontrol.xml", text }];
}
