import type { Catalog } from "../../../catalog/catalog.ts";
import { baseName, glob } from "../../../invocations/glob.ts";
import { plural } from "../../../outputs/counts.ts";
import { ruleMet } from "../../decide/engine.ts";
import { ENVIRONMENT_VARIABLES, expandPath, isInstalled, plainPath } from "../../decide/paths.ts";
import type { Rule } from "../../model.ts";
import { ASR_RULES, asrRule } from "../../targets/asr/rules.ts";
import type { Evidence, Witnessed } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { writableInWindows } from "./folders.ts";

/** Rules whose verdict no log holds: they begin in audit mode, but for those that the vendor recommends to everybody. */
const VERDICT = new Set([
  "d3e037e1-3eb8-44c8-a917-57927947596d",
  "5beb7efe-fd9a-4556-801d-275e5ffc04cc",
  "01443614-cd74-433a-b99e-2ecdc07bfc25",
  "d1e49aac-8f56-4280-b9ba-993a6d77406c",
  "b2b3f03d-6a65-4f7b-a9c7-1c7ef74a9ba4",
  "c1db55ab-c21a-4637-bb3f-a12568109d35",
  "33ddedf1-c6e0-47cb-833e-de6133960387",
  "75668c1f-73b5-4cf0-bb93-3ecf5cb7cc84",
  "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b",
  "a8f5898e-1dc8-49a9-9878-85004b8a61e6",
]);
/** A rule with more exclusions than this protects from little that people do. */
const MOST_EXCLUDED = 8;

interface Exempted {
  readonly rule: Rule;
  readonly words: readonly string[];
}

/**
 * The program that an act of the history starts, where it may be left out of a rule: installed where users cannot write, and none
 * that runs what it is given, as leaving that out would let everything pass.
 */
function exemptable({ act: { on, object } }: Witnessed, writable: readonly string[], catalog: Catalog) {
  const path = object.path === undefined ? "" : plainPath(object.path);
  if (on !== "execute" || !isInstalled(path) || catalog.byName(baseName(path), "windows")) return undefined;
  const isOpen = writable.some((folder) =>
    expandPath(folder, ENVIRONMENT_VARIABLES)?.some((pattern) => glob(pattern, path)),
  );
  return isOpen ? undefined : (object.path as string);
}

/** A rule with exclusions of its own for what it would have stopped; as it is where that cannot be told file by file. */
function exempting(guid: string, evidence: Evidence, catalog: Catalog): Exempted | undefined {
  const mode = VERDICT.has(guid) ? "audit" : "enforce";
  const rule = asrRule(guid, mode);
  if (!rule) return undefined;
  const writable = writableInWindows([]);
  const files = new Map<string, { readonly path: string; times: number; readonly hosts: Set<string> }>();
  for (const one of evidence.acts) {
    if (!rule.on.includes(one.act.on) || ruleMet(rule, one.act, ENVIRONMENT_VARIABLES) !== true) continue;
    const path = exemptable(one, writable, catalog);
    if (path === undefined) return { rule, words: [] };
    const known = files.get(path.toLowerCase()) ?? { path, times: 0, hosts: new Set() };
    files.set(path.toLowerCase(), known);
    known.times += one.times;
    for (const host of one.hosts) known.hosts.add(host);
  }
  if (files.size === 0 || files.size > MOST_EXCLUDED) return { rule, words: [] };
  const excluded = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    rule: asrRule(guid, mode, { paths: excluded.map(({ path }) => path) }) ?? rule,
    words: excluded.map(
      ({ path, times, hosts }) =>
        `Left out of “${rule.description}”: ${path}, started so ${plural(times, "time")} on ${plural(hosts.size, "host")}.`,
    ),
  };
}

/** Microsoft Defender’s fixed rules, each with exclusions for the files that it would have stopped in the history (M1050). */
export function attackSurface(evidence: Evidence, catalog: Catalog): Measure {
  const all = Object.keys(ASR_RULES).flatMap((guid) => exempting(guid, evidence, catalog) ?? []);
  return {
    id: "attack-surface",
    mitigation: "M1050",
    title: "Attack surface reduction rules",
    why: "Documents start proxies through Office, Outlook and Adobe Reader; a copied system tool has no reason to be.",
    evidence: [
      "Rules that the history contradicts are left out, but where a few installed programs that run nothing on behalf of others can be excluded from them; those whose verdict no log holds begin in audit mode, but for the three that Microsoft recommends to everybody (drivers, LSASS, persistence through WMI).",
      ...all.flatMap(({ words }) => words),
    ],
    stops: ["children of Office, Outlook and Adobe Reader", "copied or renamed system tools"],
    blind: [
      "No rule of the set names a binary of T1218.",
      "What is excluded from a rule is neither stopped nor noted.",
    ],
    mode: "enforce",
    rules: { asr: all.map(({ rule }) => rule) },
  };
}
