import { entryIdOf } from "../model/behaviour-id.ts";
import type { Platform } from "../model/event.ts";
import { bindChain } from "./chains/bind.ts";
import type { Chain, CompiledChains } from "./chains/types.ts";
import { type EntryNames, type EntrySource, NO_CHAINS, type OptionOwners, optionOwners } from "./packed.ts";
import type { Behaviour, CatalogEntry, CompiledCatalog } from "./types.ts";
import { uniformEntry } from "./uniform.ts";

const sourceOf = ({ version, entries, chains = NO_CHAINS }: CompiledCatalog): EntrySource => ({
  version,
  names: entries,
  read: (index) => entries[index] as CatalogEntry,
  chains: () => chains,
  options: () => optionOwners(entries),
});

/** Look-up over the compiled catalogue: by original file name first, then by base name. Entries are read when they are met. */
export class Catalog {
  readonly version: string;
  readonly #source: EntrySource;
  readonly #read: (CatalogEntry | undefined)[] = [];
  readonly #byOriginal = new Map<string, number>();
  readonly #windows = new Map<string, number>();
  readonly #others = new Map<string, number>();
  readonly #byId = new Map<string, number>();
  readonly #byWord = new Map<Platform, Map<string, number[]>>();
  #byShort: ReadonlyMap<string, number | null> | undefined;
  #all: readonly CatalogEntry[] | undefined;
  #chains: readonly Chain[] | undefined;
  #options: OptionOwners | undefined;
  readonly #byOption = new Map<readonly number[], readonly CatalogEntry[]>();

  constructor(catalog: CompiledCatalog | EntrySource) {
    this.#source = "read" in catalog ? catalog : sourceOf(catalog);
    this.version = this.#source.version;
    this.#source.names.forEach((names, index) => {
      this.#index(names, index);
    });
  }

  /** The first entry of a name has it. */
  #index({ id, platform, name, aliases, originalNames, words }: EntryNames, index: number): void {
    const add = (map: Map<string, number>, key: string) => {
      if (!map.has(key)) map.set(key, index);
    };
    this.#byId.set(id, index);
    for (const original of originalNames) add(this.#byOriginal, original);
    const byName = platform === "windows" ? this.#windows : this.#others;
    add(byName, nameKey(name, platform));
    for (const alias of aliases) add(byName, nameKey(alias, platform));
    for (const word of words ?? []) {
      const byWord = this.#byWord.get(platform) ?? new Map<string, number[]>();
      this.#byWord.set(platform, byWord);
      const owners = byWord.get(word);
      if (owners) owners.push(index);
      else byWord.set(word, [index]);
    }
  }

  #entry(index: number | undefined): CatalogEntry | undefined {
    if (index === undefined) return undefined;
    this.#read[index] ??= uniformEntry(this.#source.read(index));
    return this.#read[index];
  }

  get entries(): readonly CatalogEntry[] {
    this.#all ??= this.#source.names.map((_, index) => this.#entry(index) as CatalogEntry);
    return this.#all;
  }

  /** What the entries are called, with and without `.exe`; none is read for it. */
  *names(): Generator<string> {
    for (const { name, aliases } of this.#source.names)
      for (const one of [name, ...aliases]) {
        yield one;
        if (one.endsWith(".exe")) yield one.slice(0, -4);
      }
  }

  byId(id: string): CatalogEntry | undefined {
    return this.#entry(this.#byId.get(id));
  }

  /** By the version resource's original file name; Windows only. That of a language's resources ends in `.mui`. */
  byOriginalName(name: string): CatalogEntry | undefined {
    const key = name.toLowerCase();
    const bare = key.endsWith(".mui") ? key.slice(0, -".mui".length) : key;
    return this.#entry(this.#byOriginal.get(key) ?? this.#byOriginal.get(bare));
  }

  /** By file name, without its directory; `.exe` may be missing on Windows. */
  byName(name: string, platform?: Platform): CatalogEntry | undefined {
    if (platform === undefined) return this.byName(name, "windows") ?? this.byName(name, "linux");
    return this.#entry((platform === "windows" ? this.#windows : this.#others).get(nameKey(name, platform)));
  }

  /** The one name of a program that fits, or one of those that the only program has which do; undefined where several do. */
  onlyName(fits: (name: string) => boolean, platform: Platform): string | undefined {
    const names = platform === "windows" ? this.#windows : this.#others;
    let only: string | undefined;
    for (const [name, index] of names) {
      if (!fits(name)) continue;
      if (only !== undefined && names.get(only) !== index) return undefined;
      only ??= name;
    }
    return only;
  }

  /** By a short name that Windows makes of a long one, `REGASM~1.EXE`, where one program's name alone can be meant by it; Windows only. */
  byShortName(name: string): CatalogEntry | undefined {
    const start = SHORT_NAME.exec(name.toLowerCase())?.[1];
    if (start === undefined) return undefined;
    this.#byShort ??= shortNames(this.#windows);
    return this.#entry(this.#byShort.get(start) ?? undefined);
  }

  /** Programs that a word among the arguments of an unknown one may give away, in lower case and without dashes. */
  byWord(word: string, platform: Platform): readonly CatalogEntry[] {
    return (
      this.#byWord
        .get(platform)
        ?.get(word)
        ?.map((index) => this.#entry(index) as CatalogEntry) ?? NONE
    );
  }

  /** Programs other than shells that have an option or a subcommand of that name, as grammars write it; none where more than `most` have. */
  byOption(name: string, platform: Platform, most = Number.POSITIVE_INFINITY): readonly CatalogEntry[] {
    this.#options ??= this.#source.options();
    const owners = this.#options[platform]?.get(name);
    if (owners === undefined || owners.length > most) return NONE;
    let entries = this.#byOption.get(owners);
    if (!entries) {
      entries = owners.map((index) => this.#entry(index) as CatalogEntry);
      this.#byOption.set(owners, entries);
    }
    return entries;
  }

  /** Chains of events, with the values of their settings; read when they are first asked for. */
  get chains(): readonly Chain[] {
    if (!this.#chains) {
      const { chains, settings } = this.#source.chains();
      this.#chains = chains.map((chain) => bindChain(chain, settings));
    }
    return this.#chains;
  }

  /** The same binaries with other chains, or other values of their settings. */
  with(chains: CompiledChains): Catalog {
    return new Catalog({ ...this.#source, chains: () => chains });
  }

  /** What the chains were bound from. */
  get openChains(): CompiledChains {
    return this.#source.chains();
  }

  /** By `platform/binary/behaviour`. */
  behaviour(id: string): { entry: CatalogEntry; behaviour: Behaviour } | undefined {
    const entry = this.byId(entryIdOf(id));
    const behaviour = entry?.behaviours.find((one) => one.id === id);
    return entry && behaviour && { entry, behaviour };
  }
}

/** Six characters of the long name, and the number of those that begin so. */
const SHORT_NAME = /^([^.~]{1,6})~\d\.exe$/;
const SHORT_LENGTH = 6;
const LONGEST_PLAIN = 8;

/** Entries by the beginnings of the long ones among their names; null where several begin so. */
function shortNames(names: ReadonlyMap<string, number>): ReadonlyMap<string, number | null> {
  const short = new Map<string, number | null>();
  for (const [name, index] of names) {
    const plain = name.replace(/[. ]/g, "");
    if (plain.length === name.length && name.length <= LONGEST_PLAIN) continue;
    const start = plain.slice(0, SHORT_LENGTH);
    short.set(start, short.has(start) && short.get(start) !== index ? null : index);
  }
  return short;
}

const NONE: readonly CatalogEntry[] = [];

const [DOT, LAST_OF_EXE] = [0x2e, 0x65];

function nameKey(name: string, platform: Platform): string {
  if (platform !== "windows") return name;
  const lower = name.toLowerCase();
  let end = lower.length;
  // Windows leaves them out of a file's name.
  while (end > 0 && lower.charCodeAt(end - 1) === DOT) end--;
  if (end > 0 && lower.charCodeAt(end - 1) === LAST_OF_EXE && lower.endsWith(".exe", end)) end -= 4;
  return end < lower.length ? lower.slice(0, end) : lower;
}
