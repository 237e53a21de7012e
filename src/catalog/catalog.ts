import type { Platform } from "../model/event.ts";
import type { Behaviour, CatalogEntry, CompiledCatalog } from "./types.ts";

/** Look-up over the compiled catalogue: by original file name first, then by base name. */
export class Catalog {
  readonly version: string;
  readonly entries: readonly CatalogEntry[];
  readonly #byOriginal = new Map<string, CatalogEntry[]>();
  readonly #byName = new Map<string, CatalogEntry[]>();
  readonly #byId = new Map<string, CatalogEntry>();
  #behaviours: Map<string, { entry: CatalogEntry; behaviour: Behaviour }> | undefined;

  constructor(compiled: CompiledCatalog) {
    this.version = compiled.version;
    this.entries = compiled.entries;
    for (const entry of compiled.entries) {
      this.#byId.set(entry.id, entry);
      for (const name of entry.originalNames) push(this.#byOriginal, name, entry);
      for (const name of new Set([entry.name, ...entry.aliases]))
        push(this.#byName, nameKey(name, entry.platform), entry);
    }
  }

  byId(id: string): CatalogEntry | undefined {
    return this.#byId.get(id);
  }

  /** By the version resource's original file name; Windows only. */
  byOriginalName(name: string): CatalogEntry | undefined {
    return this.#byOriginal.get(name.toLowerCase())?.[0];
  }

  /** By file name, without its directory; `.exe` may be missing on Windows. */
  byName(name: string, platform?: Platform): CatalogEntry | undefined {
    if (platform !== undefined) return this.#byName.get(nameKey(name, platform))?.find((e) => e.platform === platform);
    return this.#byName.get(nameKey(name, "windows"))?.[0] ?? this.#byName.get(nameKey(name, "linux"))?.[0];
  }

  behaviour(id: string): { entry: CatalogEntry; behaviour: Behaviour } | undefined {
    if (!this.#behaviours) {
      this.#behaviours = new Map();
      for (const entry of this.entries)
        for (const behaviour of entry.behaviours) this.#behaviours.set(behaviour.id, { entry, behaviour });
    }
    return this.#behaviours.get(id);
  }
}

function nameKey(name: string, platform: Platform): string {
  if (platform !== "windows") return name;
  const lower = name.toLowerCase();
  return lower.endsWith(".exe") ? lower.slice(0, -4) : lower;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
