import type { CompiledChains } from "./chains/types.ts";
import type { CatalogEntry, CompiledCatalog } from "./types.ts";

/** What an entry is looked up by. */
export type EntryNames = Pick<CatalogEntry, "id" | "platform" | "name" | "aliases" | "originalNames" | "words">;

/** A catalogue whose entries are read when they are asked for. */
export interface EntrySource {
  readonly version: string;
  readonly names: readonly EntryNames[];
  read(index: number): CatalogEntry;
  chains(): CompiledChains;
}

/** Names, and where the entry's own JSON stands: bytes after the first line feed of the file. */
interface Place {
  readonly at: number;
  readonly length: number;
}
type Indexed = EntryNames & Place;

export const NO_CHAINS: CompiledChains = { chains: [], settings: {} };

/**
 * dist/catalog.json: one JSON whose first line holds everything but the entries, with an index of them, and each of whose other lines
 * is one entry; the last holds the chains. So a single explanation parses the first line and the two or three entries that it needs.
 */
export function packCatalog({ entries, chains = NO_CHAINS, ...rest }: CompiledCatalog): string {
  let at = 0;
  const lines = entries.map((entry) => JSON.stringify(entry));
  const index = entries.map(({ id, platform, name, aliases, originalNames, words }, i): Indexed => {
    const length = Buffer.byteLength(lines[i] as string);
    const indexed = { id, platform, name, aliases, originalNames, ...(words && { words }), at, length };
    at += length + 2;
    return indexed;
  });
  const last = JSON.stringify(chains);
  const opening = lines.length === 0 ? "\n" : `\n${lines.join(",\n")}\n`;
  const before = `],"chains":\n`;
  const chainsAt: Place = {
    at: opening.length === 1 ? before.length : at - 1 + before.length,
    length: Buffer.byteLength(last),
  };
  return `${JSON.stringify({ ...rest, index, chainsAt }).slice(0, -1)},"entries":[${opening}${before}${last}\n}\n`;
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
  };
  const text = ({ at, length }: Place) => readBytes(start + at, length).toString("utf8");
  return {
    version: head.version,
    names: head.index,
    read: (index) => JSON.parse(text(head.index[index] as Indexed)) as CatalogEntry,
    chains: () => JSON.parse(text(head.chainsAt)) as CompiledChains,
  };
}

function firstLine(readBytes: ReadBytes): Buffer {
  for (let size = PORTION; ; size *= 2) {
    const bytes = readBytes(0, size);
    const end = bytes.indexOf(10);
    if (end >= 0 || bytes.length < size) return bytes.subarray(0, end < 0 ? bytes.length : end);
  }
}
