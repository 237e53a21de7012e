import type { Platform } from "../model/event.ts";
import type { CompiledChains } from "./chains/types.ts";
import type { CatalogEntry, CompiledCatalog, Grammar } from "./types.ts";

/** What an entry is looked up by. */
export type EntryNames = Pick<CatalogEntry, "id" | "platform" | "name" | "aliases" | "originalNames" | "words">;

/** A catalogue whose entries are read when they are asked for. */
export interface EntrySource {
  readonly version: string;
  readonly names: readonly EntryNames[];
  read(index: number): CatalogEntry;
  chains(): CompiledChains;
  options(): OptionOwners;
}

/** Of each platform the names of options, and the numbers of the programs that have one of that name. */
export type OptionOwners = Readonly<Partial<Record<Platform, ReadonlyMap<string, readonly number[]>>>>;

/** Names, and where the entry's own JSON stands: bytes after the first line feed of the file. */
interface Place {
  readonly at: number;
  readonly length: number;
}
type Indexed = EntryNames & Place;

/** Options and subcommands of a grammar, as it writes them. */
function spelt({ options, commands }: Grammar): Set<string> {
  const names = new Set([...Object.keys(options), ...Object.keys(commands)]);
  for (const { grammar } of Object.values(commands)) for (const name of spelt(grammar)) names.add(name);
  return names;
}

/** The options and subcommands of programs, those of shells left out: their options are everybody's. */
export function optionOwners(entries: readonly CatalogEntry[]): OptionOwners {
  const all: Partial<Record<Platform, Map<string, number[]>>> = {};
  for (const [number, { platform, category, grammar }] of entries.entries()) {
    if (category === "shell") continue;
    all[platform] ??= new Map();
    const owners = all[platform];
    for (const name of spelt(grammar)) {
      const numbers = owners.get(name);
      if (numbers) numbers.push(number);
      else owners.set(name, [number]);
    }
  }
  return all;
}

export const NO_CHAINS: CompiledChains = { chains: [], settings: {} };

/**
 * dist/catalog.json: one JSON whose first line holds everything but the entries, with an index of them, and each of whose other lines
 * is one entry; the last two hold the chains and who has which options. So a single explanation parses the first line and the two or
 * three entries that it needs.
 */
export function packCatalog({ entries, chains = NO_CHAINS, ...rest }: CompiledCatalog): string {
  const body: string[] = [];
  let end = 0;
  const put = (before: string, value: unknown): Place => {
    const text = JSON.stringify(value);
    const place = { at: end + before.length, length: Buffer.byteLength(text) };
    end = place.at + place.length;
    body.push(before, text);
    return place;
  };
  const index = entries.map((entry, number): Indexed => {
    const { id, platform, name, aliases, originalNames, words } = entry;
    const names = { id, platform, name, aliases, originalNames, ...(words && { words }) };
    return { ...names, ...put(number === 0 ? "" : ",\n", entry) };
  });
  const chainsAt = put('\n],"chains":\n', chains);
  const optionsAt = put(
    ',\n"options":\n',
    Object.entries(optionOwners(entries)).map(([platform, owners]) => [platform, [...owners]]),
  );
  return `${JSON.stringify({ ...rest, index, chainsAt, optionsAt }).slice(0, -1)},"entries":[\n${body.join("")}\n}\n`;
}

/** Bytes of a packed catalogue from an offset on: as many as asked for, or all that are left. */
export type ReadBytes = (from: number, length: number) => Buffer;

/** The index is read in portions of this size; the whole file is many times as large. */
const PORTION = 1 << 17;

/** Opens what packCatalog wrote, of which no more is read than is asked for. */
export function openPacked(readBytes: ReadBytes): EntrySource {
  const first = firstLine(readBytes);
  const start = first.length + 1;
  const head = JSON.parse(`${first.toString("utf8")}]}`) as {
    version: string;
    index: Indexed[];
    chainsAt: Place;
    optionsAt: Place;
  };
  const text = ({ at, length }: Place) => readBytes(start + at, length).toString("utf8");
  return {
    version: head.version,
    names: head.index,
    read: (index) => JSON.parse(text(head.index[index] as Indexed)) as CatalogEntry,
    chains: () => JSON.parse(text(head.chainsAt)) as CompiledChains,
    options: () => {
      const lists = JSON.parse(text(head.optionsAt)) as [Platform, [string, number[]][]][];
      return Object.fromEntries(lists.map(([platform, owners]) => [platform, new Map(owners)]));
    },
  };
}

function firstLine(readBytes: ReadBytes): Buffer {
  for (let size = PORTION; ; size *= 2) {
    const bytes = readBytes(0, size);
    const end = bytes.indexOf(10);
    if (end >= 0 || bytes.length < size) return bytes.subarray(0, end < 0 ? bytes.length : end);
  }
}
