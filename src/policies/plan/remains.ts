import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { placeOf } from "../cure/forms.ts";
import type { Act } from "../decide/act.ts";
import { askedBy, isProxying } from "../holes.ts";
import type { Policy } from "../model.ts";
import { PolicySet } from "../set.ts";
import type { Evidence } from "./evidence.ts";
import { isOfWindows, namesOf, remaining } from "./measures/programs.ts";

/** A program that stays, and what can still be done by it when all rules are enforced. */
export interface Remains {
  readonly binary: string;
  /** How often the history started it, and on how many hosts; 0: it stays because Windows needs it. */
  readonly starts: number;
  readonly hosts: number;
  readonly behaviours: readonly {
    readonly id: string;
    readonly title: string;
    readonly techniques: readonly string[];
  }[];
}

/** Its start by somebody without rights, from where it is installed. */
function startOf(entry: CatalogEntry): Act {
  return {
    on: "execute",
    platform: entry.platform,
    subject: { path: "C:\\Windows\\explorer.exe" },
    object: {
      path: placeOf({ name: entry.name, platform: entry.platform }, entry),
      originalName: entry.originalNames[0] ?? entry.name,
    },
    user: "CORP\\somebody",
    elevated: false,
  };
}

/** What these policies, enforced, let pass of T1218: each behaviour of the programs that stay, with a payload where users write. */
export function remainsOf(catalog: Catalog, evidence: Evidence, policies: readonly Policy[]): readonly Remains[] {
  const set = new PolicySet("plan", policies);
  const found = remaining(catalog, evidence).flatMap((entry): readonly Remains[] => {
    const use = evidence.use(namesOf(entry));
    if (!use && !isOfWindows(entry)) return [];
    const start = startOf(entry);
    const passing = entry.behaviours.filter(
      (one) => isProxying(one) && set.decide(askedBy(one, start))?.decision !== "block",
    );
    const behaviours = passing.map(({ id, title, techniques }) => ({ id, title, techniques }));
    return [{ binary: entry.name, starts: use?.times ?? 0, hosts: use?.hosts.size ?? 0, behaviours }];
  });
  return found
    .filter(({ behaviours }) => behaviours.length > 0)
    .sort((a, b) => b.starts - a.starts || (a.binary < b.binary ? -1 : 1));
}
