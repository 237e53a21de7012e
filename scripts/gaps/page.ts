import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Behaviour, CatalogEntry, CompiledCatalog } from "../../src/catalog/types.ts";
import { shortIdOf } from "../../src/model/behaviour-id.ts";
import type { Operation, Policy, Rule } from "../../src/policies/model.ts";
import { targetOf } from "../../src/policies/registry.ts";
import { PolicySet } from "../../src/policies/set.ts";
import { asrRule } from "../../src/policies/targets/asr/rules.ts";
import { ROOT } from "../dist.ts";
import { actsOf } from "./acts.ts";

interface Facts {
  readonly title: string;
  readonly source: string;
  readonly note: string;
}

interface Standards {
  readonly blockList: Facts & { readonly names: readonly string[] };
  readonly asr: Facts & { readonly rules: readonly string[] };
  readonly aaronLocker: Facts & { readonly allowed: readonly string[]; readonly denied: readonly string[] };
  readonly fapolicyd: Facts & { readonly rules: readonly string[] };
}

interface List extends Facts {
  readonly platform: "windows" | "linux";
  readonly short: string;
  readonly set: PolicySet;
}

const policy = (target: string, rules: readonly Rule[], more: Partial<Policy> = {}): Policy => ({
  target,
  name: target,
  mode: "enforce",
  rules,
  unknown: [],
  ...more,
});

function appLocker({ allowed, denied }: Standards["aaronLocker"]): Policy {
  const collections: readonly Operation[] = ["execute", "load", "script", "install"];
  const rules = collections.flatMap((on): readonly Rule[] =>
    allowed.map((path) => ({
      id: `${on} ${path}`,
      action: "allow",
      on: [on],
      object: [{ path }],
      scope: ["S-1-1-0"],
      ...(on === "execute" && { exceptions: denied.map((name) => ({ path: `*\\${name}` })) }),
    })),
  );
  return policy("applocker", rules, { collections: collections.map((on) => ({ on, mode: "enforce" })) });
}

function listsOf(standards: Standards): readonly List[] {
  const { blockList, asr, aaronLocker, fapolicyd } = standards;
  const everything: Rule = {
    id: "all",
    action: "allow",
    on: ["execute", "load", "script", "install"],
    object: [{ originalName: "*" }],
  };
  const blocked = blockList.names.map(
    (originalName): Rule => ({ ...everything, id: originalName, action: "deny", object: [{ originalName }] }),
  );
  const appControl = policy("appcontrol", [everything, ...blocked], {
    options: ["Enabled:UMCI", "Disabled:Script Enforcement"],
  });
  const surface = policy(
    "asr",
    asr.rules.flatMap((guid) => asrRule(guid, "enforce") ?? []),
  );
  const trust = targetOf("fapolicyd").read(fapolicyd.rules.join("\n"), "default.rules");
  return [
    { ...blockList, platform: "windows", short: "Block list", set: new PolicySet("block list", [appControl]) },
    { ...asr, platform: "windows", short: "ASR", set: new PolicySet("asr", [surface]) },
    {
      ...aaronLocker,
      platform: "windows",
      short: "AaronLocker",
      set: new PolicySet("aaronlocker", [appLocker(aaronLocker)]),
    },
    { ...fapolicyd, platform: "linux", short: "fapolicyd", set: new PolicySet("fapolicyd", [trust]) },
  ];
}

interface Row {
  readonly entry: CatalogEntry;
  readonly behaviour: Behaviour;
}

const isT1218 = ({ techniques }: Behaviour) => techniques.some((technique) => /^T1218(?:\.|$)/.test(technique));

/** Whether a list lets a behaviour pass: nothing of what it needs is blocked. */
const passes = ({ set }: List, { entry, behaviour }: Row): boolean =>
  set.decide(actsOf(entry, behaviour))?.decision !== "block";

const md = (text: string) => text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");

function section(platform: List["platform"], lists: readonly List[], rows: readonly Row[]): string {
  const ours = rows.filter(({ entry }) => entry.platform === platform);
  const all = lists.filter((list) => list.platform === platform);
  const judged = ours.map((row) => ({ ...row, pass: all.map((list) => passes(list, row)) }));
  const names = new Map<string, typeof judged>();
  for (const row of judged) names.set(row.entry.name, [...(names.get(row.entry.name) ?? []), row]);
  const sums = all.map((list, at) => {
    const passing = judged.filter(({ pass }) => pass[at]);
    const whole = new Set(passing.map(({ entry }) => entry.id)).size;
    return `- **${md(list.title)}** ([source](${list.source})): ${passing.length} of ${judged.length} behaviours pass, by ${whole} of ${names.size} binaries. ${md(list.note)}\n`;
  });
  const lines = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, its]) => {
      const cells = all.map((_, at) => {
        const passing = its.filter(({ pass }) => pass[at]).map(({ behaviour }) => shortIdOf(behaviour.id));
        return passing.length === 0 ? "–" : passing.length === its.length ? `all ${its.length}` : passing.join(", ");
      });
      return `| ${md(name)} | ${cells.map(md).join(" | ")} |\n`;
    });
  const head = `| binary | ${all.map(({ short }) => short).join(" | ")} |\n| --- | ${all.map(() => "---").join(" | ")} |\n`;
  return `\n## ${platform === "windows" ? "Windows" : "Linux"}\n\n${sums.join("")}\n${head}${lines.join("")}`;
}

/** docs/gaps.md: the standard lists against the catalogue. */
export function gapsPage({ entries }: Pick<CompiledCatalog, "entries">): string {
  const standards = JSON.parse(readFileSync(join(ROOT, "scripts/gaps/standards.json"), "utf8")) as Standards;
  const lists = listsOf(standards);
  const rows = entries.flatMap((entry) => entry.behaviours.filter(isT1218).map((behaviour) => ({ entry, behaviour })));
  return `# What the standard lists let pass

Made from \`scripts/gaps/standards.json\` and the catalogue by \`npm run docs\`; do not edit.

Each behaviour of the catalogue that shows T1218 is put to each list as its product would decide: the binary is started by
somebody without rights, from where Windows or its package puts it, and what it is given lies where users write
(\`C:\\Users\\Public\`, \`/tmp\`). “–” means that none of the binary's behaviours passes. A behaviour passes where nothing that it
needs is blocked: neither its start nor what it loads or starts. Code on the command line, commands, and what comes from the
web are asked about nowhere in these lists.
${section("windows", lists, rows)}${section("linux", lists, rows)}`;
}
