import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { compileCatalog } from "../src/catalog/compile.ts";
import { packCatalog } from "../src/catalog/packed.ts";
import { DIST, ROOT, writeWhole } from "./dist.ts";

const OUT = join(DIST, "catalog.json");

/** Time of the youngest file below a folder, in milliseconds. */
export function youngest(folder: string): number {
  let time = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) time = Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return time;
}

/** Whether dist/catalog.json is younger than the YAML and the compiler. */
export function catalogIsFresh(): boolean {
  const made = statSync(OUT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return made > youngest(join(ROOT, "catalog")) && made > youngest(join(ROOT, "src/catalog"));
}

/** Compiles catalog/ to dist/catalog.json; returns what is wrong, one text each. */
export function buildCatalog(): string[] {
  const { catalog, problems } = compileCatalog(join(ROOT, "catalog"));
  writeWhole(OUT, packCatalog(catalog));
  return problems.map(
    ({ file, line, column, message, excerpt }) => `${file}:${line}:${column}: ${message}\n${excerpt}`,
  );
}
