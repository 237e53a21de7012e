import { existsSync, openSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { WhatranError } from "../errors.ts";
import { Catalog } from "./catalog.ts";
import { checkOverrides } from "./chains/overrides.ts";
import type { CompiledChains, Overrides } from "./chains/types.ts";
import { openPacked, type ReadBytes } from "./packed.ts";
import type { CatalogEntry } from "./types.ts";

/** The text of dist/catalog.json, put in place by `npm run bundle` for the single-file program; undefined elsewhere. */
declare const WHATRAN_CATALOG: string | undefined;

let builtin: Catalog | undefined;

/** dist/catalog.json, from a file in dist/ as well as from src/. */
function compiledPath(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 4; up++, folder = dirname(folder))
    for (const candidate of [join(folder, "catalog.json"), join(folder, "dist", "catalog.json")])
      if (existsSync(candidate)) return candidate;
  return undefined;
}

function packed(): ReadBytes {
  if (typeof WHATRAN_CATALOG !== "undefined" && WHATRAN_CATALOG) {
    const bytes = Buffer.from(WHATRAN_CATALOG);
    return (from, length) => bytes.subarray(from, from + length);
  }
  const path = compiledPath();
  if (path === undefined) throw new WhatranError("config", "dist/catalog.json is missing: run “npm run build” first");
  // Stays open, so that a later build cannot slip another file under the index.
  const file = openSync(path, "r");
  return (from, length) => {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, from));
  };
}

/** The catalogue that whatran ships. Loaded once. */
export function builtinCatalog(): Catalog {
  builtin ??= new Catalog(openPacked(packed()));
  return builtin;
}

/**
 * The shipped catalogue with the user's own folders laid over it; an entry of the same id replaces the shipped one.
 * @param settings values of a site's own for settings of chains, over those of the folders
 * @throws WhatranError `config` naming file, line and column where a folder's YAML is wrong, a folder that holds none, or a setting that there is not
 */
export async function loadCatalog(folders: readonly string[] = [], settings: Overrides = {}): Promise<Catalog> {
  const shipped = builtinCatalog();
  const catalog = folders.length === 0 ? shipped : await overlaid(shipped, folders);
  if (Object.keys(settings).length === 0) return catalog;
  const chains = catalog.openChains;
  const own = checkOverrides(chains.chains, settings, (_, __, message) => {
    throw new WhatranError("config", message);
  });
  return catalog.with(laidOver(chains, { chains: [], settings: own }));
}

async function overlaid(base: Catalog, folders: readonly string[]): Promise<Catalog> {
  // The compiler brings a YAML parser and a validator along, which a run without own folders need not load.
  const { compileCatalog, noCatalog } = await import("./compile.ts");
  const { told } = await import("./problem.ts");
  const entries = new Map<string, CatalogEntry>(base.entries.map((entry) => [entry.id, entry]));
  let version = base.version;
  let chains = base.openChains;
  for (const folder of folders) {
    const wrong = noCatalog(folder);
    if (wrong !== undefined) throw new WhatranError("config", wrong);
    const { catalog, problems } = compileCatalog(folder, chains.chains);
    const [problem] = problems;
    if (problem) throw new WhatranError("config", told(problem));
    for (const entry of catalog.entries) entries.set(entry.id, entry);
    if (catalog.chains) chains = laidOver(chains, catalog.chains);
    version += `+${catalog.version}`;
  }
  return new Catalog({ schema: "whatran/catalog/1", version, entries: [...entries.values()], chains });
}

/** Chains of the same id replace the shipped ones, and settings are added to theirs. */
function laidOver(lower: CompiledChains, upper: CompiledChains): CompiledChains {
  const chains = new Map([...lower.chains, ...upper.chains].map((chain) => [chain.id, chain]));
  const settings: Record<string, Overrides[string]> = { ...lower.settings };
  for (const [id, values] of Object.entries(upper.settings)) settings[id] = { ...settings[id], ...values };
  return { chains: [...chains.values()], settings };
}
