import type { CatalogEntry } from "../catalog/types.ts";
import { WhatranError } from "../errors.ts";
import { didYouMean } from "../model/nearest.ts";
import type { Io } from "./io.ts";

interface Bearer {
  readonly techniques: readonly string[];
}

/** `T1218` also means its sub-techniques. */
export const isOf = (id: string, wanted: string): boolean => id === wanted || id.startsWith(`${wanted}.`);

/**
 * A technique as users write it: `T1218`, `t1218.011`, `attack.t1218.011`.
 * @throws WhatranError `usage` for what is none
 */
export function techniqueOf(text: string): string {
  const id = text.toUpperCase().replace(/^ATTACK\./, "");
  if (!/^T\d{4}(?:\.\d{3})?$/.test(id))
    throw new WhatranError("usage", `“${text}” is no technique, such as T1218 or T1218.011`);
  return id;
}

/** Techniques that entries of a catalogue show, and what else of a finding bears some. */
export function shownBy(entries: readonly CatalogEntry[], others: readonly Bearer[] = []): ReadonlySet<string> {
  const bearers = [...entries.flatMap(({ behaviours }): readonly Bearer[] => behaviours), ...others];
  return new Set(bearers.flatMap(({ techniques }) => techniques));
}

/**
 * Says which techniques nothing shows: a slip of the pen must not hide all there is in silence. ATT&CK has more techniques than any
 * catalogue, and gets new ones, so that none is refused.
 */
export function warnOfUnshown(flag: string, wanted: readonly string[], shown: ReadonlySet<string>, io: Io): void {
  const known = [...shown].sort();
  for (const id of new Set(wanted))
    if (!known.some((one) => isOf(one, id)))
      io.stderr.write(
        `whatran: ${flag} ${id}: nothing in the catalogue shows this technique${didYouMean(id, known)}\n`,
      );
}
