import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Catalog } from "../../catalog/catalog.ts";
import { compileCatalog } from "../../catalog/compile.ts";
import type { ResolveVector } from "../../catalog/vectors.ts";
import { visible } from "../../outputs/escape.ts";
import type { Discovery } from "../../pipeline/discover.ts";
import { checkResolve } from "../../pipeline/vectors.ts";
import { makeFolder } from "../output-file.ts";
import { writeResult } from "../result-file.ts";
import { type DraftVector, draftEntry, vectorText } from "./draft.ts";

interface Draft {
  /** Path without its ending. */
  readonly path: string;
  readonly platform: "windows" | "linux";
  readonly entry: string;
  readonly vectors: readonly DraftVector[];
}

/** The vectors that hold, and beside them, as remarks, the lines which the drafted grammar does not read rightly yet. */
function vectorsOf({ path, platform, entry, vectors }: Draft, catalog: Catalog): string {
  const holds = (vector: DraftVector) =>
    checkResolve({ file: path, platform, entry, resolve: [], silent: [] }, vector as ResolveVector, catalog) ===
    undefined;
  const good = vectors.filter(holds);
  const rest = vectors.filter((vector) => !good.includes(vector));
  const remarks = rest.map(({ behaviour, line, args }) =>
    visible(`# ${behaviour} needs a grammar of its own to read: ${line ?? JSON.stringify(args)}`),
  );
  return vectorText(good) + remarks.map((remark) => `${remark}\n`).join("");
}

/** Writes an entry and its vectors for every program; existing files stay. Yields how many programs were drafted. */
export function writeDrafts(found: readonly Discovery[], folder: string): number {
  const programs = new Map<string, Discovery[]>();
  for (const one of found) {
    const name = `${one.platform}/${one.binary}`;
    programs.set(name, [...(programs.get(name) ?? []), one]);
  }
  const drafts = [...programs].flatMap(([name, discoveries]): Draft[] => {
    const [platform = "", binary = ""] = name.split("/");
    const base = binary.replace(/\.exe$/i, "");
    const path = join(folder, platform, base.replace(/[^\w.-]/g, "_"));
    const isThere = [".yaml", ".vectors.yaml"].some((ending) => existsSync(`${path}${ending}`));
    if ((platform !== "windows" && platform !== "linux") || isThere) return [];
    makeFolder(join(folder, platform));
    const { entry, vectors } = draftEntry(discoveries);
    writeResult(`${path}.yaml`, entry, false);
    return [{ path, platform, entry: `${platform}/${base.toLowerCase()}`, vectors }];
  });
  const catalog = new Catalog(compileCatalog(folder).catalog);
  const left = new Set(drafts);
  try {
    for (const draft of drafts) {
      writeResult(`${draft.path}.vectors.yaml`, vectorsOf(draft, catalog), false);
      left.delete(draft);
    }
  } finally {
    // An entry without its vectors would count as one that is there already.
    for (const { path } of left) rmSync(`${path}.yaml`, { force: true });
  }
  return drafts.length;
}
