import type { Catalog } from "../../../../catalog/catalog.ts";
import type { CatalogEntry } from "../../../../catalog/types.ts";
import { plural } from "../../../../outputs/counts.ts";
import { plainId } from "../../../ids.ts";
import type { Rule } from "../../../model.ts";
import { leftToRoot, REMOVES } from "../../../targets/packages/write.ts";
import type { Evidence, Use } from "../../evidence.ts";
import type { Measure } from "../../measure.ts";
import { behavioursOf } from "../programs.ts";

/** Hosts and host-days of Linux that must have been watched before something that was not seen counts as not needed. */
const FEW = { hosts: 3, days: 60 };
/** … before that is believed of what a usual installation has. */
const MANY = { hosts: 20, days: 280 };
/** Starts and hosts that say who needs a program. */
const MIN_STARTS = 10;
const MIN_HOSTS = 3;
/** Behaviours that a plan names before it counts the rest. */
const MOST_NAMED = 40;

/** Programs of Linux by which others can be made to run or fetched. */
export function linuxProxies(catalog: Catalog): readonly CatalogEntry[] {
  return catalog.entries.filter(
    ({ platform, category, behaviours, name }) =>
      platform === "linux" &&
      category === "binary" &&
      /^[\w.+-]+$/.test(name) &&
      behaviours.some(({ bindings }) => bindings.some(({ role }) => role === "runs" || role === "fetches")),
  );
}

export const namesOf = ({ name, aliases }: CatalogEntry): readonly string[] => [name, ...aliases];

/** Where a program lies: where it was started from, else where its package puts it. */
export function pathsOf(entry: CatalogEntry, evidence: Evidence): readonly string[] {
  const names = new Set(namesOf(entry));
  const seen = new Set<string>();
  for (const { act } of evidence.all("execute")) {
    const path = act.platform === "linux" ? act.object.path : undefined;
    if (path && /^\/(?:usr\/)?s?bin\/[\w.+-]+$/.test(path) && names.has(path.slice(path.lastIndexOf("/") + 1)))
      seen.add(path.replace(/^\/(?=s?bin\/)/, "/usr/"));
  }
  const homes = entry.homes.filter((home) => home.startsWith("/usr/"));
  return seen.size > 0
    ? [...seen].sort()
    : (homes.length > 0 ? homes : ["/usr/bin"]).slice(0, 1).map((home) => `${home}/${entry.name}`);
}

export const useOf = (entry: CatalogEntry, evidence: Evidence): Use | undefined => evidence.use(namesOf(entry));

/** What measures stop, in words of the catalogue, the most telling first and not without end. */
export function stopped(entries: readonly CatalogEntry[]): readonly string[] {
  const all = entries.flatMap(behavioursOf);
  const more = all.length > MOST_NAMED ? [`and ${all.length - MOST_NAMED} more behaviours of these programs`] : [];
  return [...all.slice(0, MOST_NAMED), ...more];
}

function isUnneeded(entry: CatalogEntry, evidence: Evidence): boolean {
  const { hosts, days } = evidence.watched("linux");
  const least = entry.needed === "feature" ? MANY : FEW;
  return entry.needed !== "system" && hosts.size >= least.hosts && days.size >= least.days;
}

/** Whether all that the catalogue has of a package was not used: a package goes as a whole. */
function isWhole(pack: string, unused: ReadonlySet<string>, catalog: Catalog): boolean {
  return linuxProxies(catalog).every(({ id, packages }) => !packages.includes(pack) || unused.has(id));
}

function removal(entries: readonly CatalogEntry[], catalog: Catalog, evidence: Evidence): Measure | undefined {
  if (entries.length === 0) return undefined;
  const unused = new Set(entries.map(({ id }) => id));
  const { hosts, days } = evidence.watched("linux");
  const removed = new Map<string, Rule>();
  for (const entry of entries)
    for (const pack of entry.packages) {
      const [path = ""] = pathsOf(entry, evidence);
      if (!removed.has(pack) && isWhole(pack, unused, catalog))
        removed.set(pack, {
          id: `${REMOVES}${pack}`,
          action: "deny",
          on: ["execute"],
          object: [{ path }],
          description: `${entry.name} was not used`,
          measure: "M1042",
        });
    }
  const denied = entries.map(
    (entry): Rule => ({
      id: plainId(`deny_${entry.id}`),
      action: "deny",
      on: ["execute"],
      object: pathsOf(entry, evidence).map((path) => ({ path })),
      description: `${entry.name} is not needed here`,
      measure: "M1042",
    }),
  );
  return {
    id: "linux-unused",
    mitigation: "M1042",
    title: `Remove or deny ${entries.length} programs that nobody uses on Linux`,
    why: "They start or fetch on somebody’s behalf, a usual installation does without them, and nobody started one.",
    evidence: [
      `Not one start on ${plural(hosts.size, "host")} and ${plural(days.size, "host-day")} of Linux, but for starts that are findings themselves.`,
      `Programs: ${entries.map(({ name }) => name).join(" ")}.`,
    ],
    stops: stopped(entries),
    blind: [
      "A copy in another folder is another file: deny starts from folders that users write to, too.",
      "The script leaves a package alone that another one needs; then the rule of fapolicyd is what holds.",
    ],
    mode: "enforce",
    rules: { packages: [...removed.values()], fapolicyd: denied },
  };
}

function isRoots(entry: CatalogEntry, evidence: Evidence): boolean {
  const use = useOf(entry, evidence);
  if (!use || entry.behaviours.some(({ usual }) => usual === "routine")) return false;
  return (
    use.unelevated === 0 &&
    use.elevated === use.times &&
    use.times >= MIN_STARTS &&
    use.hosts.size >= MIN_HOSTS &&
    entry.needed !== "system"
  );
}

function roots(entries: readonly CatalogEntry[], evidence: Evidence): Measure | undefined {
  if (entries.length === 0) return undefined;
  const files = entries.flatMap((entry) => pathsOf(entry, evidence).map((path) => ({ entry, path })));
  const text = (name: string) => `${name} is used by root only`;
  return {
    id: "linux-root-only",
    mitigation: "M1026",
    title: `Leave ${entries.length} programs of Linux to root`,
    why: "In the history root alone started them; who is not root can start them through sudo, where that is granted and logged.",
    evidence: entries.map((entry) => `${entry.name}: ${useOf(entry, evidence)?.times ?? 0} starts, all by root.`),
    stops: stopped(entries),
    blind: [
      "Whoever is root is not stopped, and a user can bring a copy of the program.",
      "fapolicyd would need a rule that lets root start the file whether it is trusted or not: it gets none.",
    ],
    mode: "enforce",
    rules: {
      packages: files.flatMap(({ entry, path }) => leftToRoot(path, text(entry.name))),
    },
  };
}

/** Programs that can go, or be left to root (M1042, M1038, M1026). */
export function linuxProgramMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  const all = linuxProxies(catalog);
  const unused = all.filter((entry) => !useOf(entry, evidence) && isUnneeded(entry, evidence));
  const forRoot = all.filter((entry) => isRoots(entry, evidence));
  return [removal(unused, catalog, evidence), roots(forRoot, evidence)].filter((measure) => measure !== undefined);
}
