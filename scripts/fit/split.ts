import { createHash } from "node:crypto";
import type { Row } from "./data.ts";

/** What a fit sees, and what it is then asked about. */
export interface Split {
  readonly seen: readonly Row[];
  readonly unseen: readonly Row[];
}

/** Every host is unseen once: what one machine does again and again must not vouch for itself. */
export function byHost(rows: readonly Row[], folds: number): readonly Split[] {
  const fold = (host: string) => createHash("sha256").update(host).digest().readUInt32BE(0) % folds;
  const of = rows.map((row) => ({ row, fold: fold(row.host) }));
  return Array.from({ length: folds }, (_, at) => ({
    seen: of.filter((one) => one.fold !== at).map(({ row }) => row),
    unseen: of.filter((one) => one.fold === at).map(({ row }) => row),
  }));
}

/** The earlier part of each folder is seen, the later is not. */
export function later(rows: readonly Row[], share: number): Split {
  const sets = [...new Set(rows.map(({ set }) => set))];
  const parts = sets.map((set) => {
    const own = rows.filter((row) => row.set === set).toSorted((a, b) => a.time - b.time);
    const border = Math.floor(share * own.length);
    return { seen: own.slice(0, border), unseen: own.slice(border) };
  });
  return { seen: parts.flatMap(({ seen }) => seen), unseen: parts.flatMap(({ unseen }) => unseen) };
}
