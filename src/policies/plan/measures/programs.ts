import type { Catalog } from "../../../catalog/catalog.ts";
import type { CatalogEntry } from "../../../catalog/types.ts";
import { plural } from "../../../outputs/counts.ts";
import { ADMINISTRATORS, plainId } from "../../ids.ts";
import type { FilePattern, Rule } from "../../model.ts";
import type { Evidence } from "../evidence.ts";
import type { Measure } from "../measure.ts";

/** Fewer hosts than this say nothing about a part of Windows that many never use. */
const MIN_HOSTS = 3;
/**
 * Parts of Windows that the vendor's own block list or ATT&CK's page recommends to deny where they are not used.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/applications-that-can-bypass-appcontrol
 * @see https://attack.mitre.org/techniques/T1218/012/
 */
const RECOMMENDED = new Set(["infdefaultinstall.exe", "verclsid.exe"]);
/** Fewer starts than this do not say who needs a program. */
const MIN_STARTS = 10;
const MICROSOFT = "O=MICROSOFT CORPORATION, L=REDMOND, S=WASHINGTON, C=US";
/** Shells and interpreters are needed by programs that no log of starts shows. */
const INTERPRETERS = new Set(["powershell.exe", "cmd.exe", "cscript.exe", "wscript.exe", "python.exe"]);

/** Windows programs by whom T1218 is done. */
export function proxies(catalog: Catalog): readonly CatalogEntry[] {
  return catalog.entries.filter(
    ({ platform, category, signer, behaviours }) =>
      platform === "windows" &&
      (category === "binary" || category === "other") &&
      signer !== undefined &&
      behaviours.some(({ techniques }) => techniques.some((technique) => technique.startsWith("T1218"))),
  );
}

export function namesOf(entry: CatalogEntry): readonly string[] {
  const names = [entry.name, ...entry.aliases.filter((alias) => alias.endsWith(".exe")), ...entry.originalNames];
  return [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => /^[\w.+-]+$/.test(name));
}

export const originals = (entry: CatalogEntry): readonly string[] =>
  entry.originalNames.length > 0 ? entry.originalNames.filter((name) => /^[\w.+-]+$/.test(name)) : [entry.name];

/** Applications load add-ins from where their users put them; tools of Windows and of .NET do not. */
export const isOfWindows = ({ needed, signer, name }: CatalogEntry) =>
  needed === "system" || signer === "Microsoft Windows" || /^(?:installutil|regasm|regsvcs|msbuild)\.exe$/.test(name);

/** Techniques of which the program loads what it is given: control panel items, assemblies, libraries to register, classes. */
const LOADING = /^T1218\.0(?:02|04|08|09|10|11|12|14)$/;

/** Whether libraries of the proxy’s arguments run in it. */
export const loadsLibraries = (entry: CatalogEntry) =>
  entry.behaviours.some(
    ({ bindings, techniques }) =>
      techniques.some((technique) => LOADING.test(technique)) ||
      bindings.some(({ role, what }) => role === "runs" && (what === "library" || what === "assembly")),
  );

export const behavioursOf = (entry: CatalogEntry): readonly string[] =>
  entry.behaviours
    .filter(({ usual, techniques }) => usual !== "routine" && techniques.length > 0)
    .map(({ title, techniques }) => `${entry.name}: ${title} (${techniques.join(", ")})`);

/** Windows needs it, or people do without any log of it: it is not denied by name, whatever the history says. */
function isDispensable(entry: CatalogEntry, evidence: Evidence): boolean {
  if (INTERPRETERS.has(entry.name) || entry.behaviours.some(({ usual }) => usual === "routine")) return false;
  if (entry.needed === "system") return RECOMMENDED.has(entry.name) && isWide(evidence);
  if (entry.needed !== "feature") return true;
  return entry.signer === "Microsoft Windows" && evidence.hosts.size >= MIN_HOSTS;
}

/** Many hosts: what none of them did is not done every day. */
export const isWide = ({ hosts }: Evidence): boolean => hosts.size >= 20;

/** Many hosts over weeks: what nobody did in that time is not done. */
export const isBroad = (evidence: Evidence): boolean => isWide(evidence) && evidence.hostDays >= 280;

const pathsOf = (names: readonly string[]): readonly FilePattern[] => names.map((name) => ({ path: `*\\${name}` }));
export const publishersOf = (names: readonly string[]): readonly FilePattern[] =>
  names.map((originalName) => ({ publisher: MICROSOFT, originalName }));

/** How much a default installation depends on a program. */
const NEED: Readonly<Record<CatalogEntry["needed"], string>> = {
  system: "Windows itself hardly ever starts it.",
  feature: "It belongs to a feature that is not used here.",
  rarely: "Windows does without it.",
  absent: "A default installation does not have it.",
};

function denied(entry: CatalogEntry, evidence: Evidence): Measure {
  const id = `deny-${plainId(entry.id)}`;
  const names = originals(entry);
  const description = `${entry.name} is not needed here`;
  const base = { id: plainId(id), action: "deny", on: ["execute"], description, measure: "M1042" } as const;
  const files = namesOf(entry).filter((name) => name.endsWith(".exe"));
  return {
    id,
    mitigation: "M1042",
    title: `Deny ${entry.name}`,
    why: `${entry.purpose} ${NEED[entry.needed]}`,
    evidence: [
      `It was not started once on ${plural(evidence.hosts.size, "host")} and ${plural(evidence.hostDays, "host-day")}, but for starts that are findings themselves.`,
    ],
    stops: behavioursOf(entry),
    blind: ["AppLocker’s path rules do not follow a renamed copy; the publisher rules and App Control do."],
    mode: "enforce",
    rules: {
      appcontrol: [{ ...base, object: names.map((originalName) => ({ originalName })) }],
      applocker: [{ ...base, object: [...pathsOf(files), ...publishersOf(names)] }],
    },
  };
}

/** Used by administrators only: the others' permission has an exception for it. */
function isAdministrators(entry: CatalogEntry, evidence: Evidence): boolean {
  const use = evidence.use(namesOf(entry));
  const isRoutine = entry.behaviours.some(({ usual }) => usual === "routine");
  if (use === undefined || entry.needed === "system" || INTERPRETERS.has(entry.name) || isRoutine) return false;
  return use.unelevated === 0 && use.elevated === use.times && use.times >= MIN_STARTS && use.hosts.size >= MIN_HOSTS;
}

function everybody(restricted: readonly CatalogEntry[]): readonly Rule[] {
  const names = restricted.flatMap(namesOf).filter((name) => name.endsWith(".exe"));
  const rest: Rule = {
    id: "allow_all_programs",
    action: "allow",
    on: ["execute"],
    object: [{ path: "*" }],
    scope: ["S-1-1-0"],
    description: "Everything that no other rule denies",
    ...(names.length > 0 && { exceptions: pathsOf(names) }),
  };
  // With rules for programs and none for packaged apps, Windows starts no packaged app at all.
  const packaged: Rule = {
    id: "allow_packaged_apps",
    action: "allow",
    on: ["packagedApp"],
    object: [{ publisher: "*" }],
    scope: ["S-1-1-0"],
    description: "All packaged apps, which are always signed",
  };
  const administrators: Rule = {
    id: "allow_administrators",
    action: "allow",
    on: ["execute"],
    object: [{ path: "*" }],
    scope: [ADMINISTRATORS],
    description: "Administrators start what others may not",
  };
  return names.length > 0 ? [rest, administrators, packaged] : [rest, packaged];
}

function restricted(entries: readonly CatalogEntry[], evidence: Evidence): Measure {
  const isNone = entries.length === 0;
  return {
    id: "groups",
    mitigation: "M1026",
    title: isNone ? "Allow all other programs" : `Leave ${entries.length} programs to administrators`,
    why: isNone
      ? "AppLocker denies what no rule allows: a list of denials needs a rule that allows the rest."
      : "In the history these were started with administrative rights only; without them they are of use to intruders alone.",
    evidence: entries.map(
      (entry) => `${entry.name}: ${evidence.use(namesOf(entry))?.times ?? 0} starts, all with administrative rights.`,
    ),
    stops: entries.flatMap(behavioursOf),
    blind: [
      "Group rules hold for elevated tokens; an intruder with administrative rights is not stopped.",
      "App Control has no users.",
    ],
    mode: "enforce",
    rules: { applocker: everybody(entries) },
  };
}

/** Programs that can be denied, or left to administrators (M1042, M1038, M1026). */
export function programMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  const all = proxies(catalog);
  const unused = all.filter((entry) => !evidence.use(namesOf(entry)) && isDispensable(entry, evidence));
  const forAdministrators = all.filter((entry) => isAdministrators(entry, evidence));
  return [...unused.map((entry) => denied(entry, evidence)), restricted(forAdministrators, evidence)];
}

/** Proxies that stay, and must be cut down instead. */
export function remaining(catalog: Catalog, evidence: Evidence): readonly CatalogEntry[] {
  return proxies(catalog).filter((entry) => evidence.use(namesOf(entry)) || !isDispensable(entry, evidence));
}
