import type { CatalogEntry, CompiledCatalog } from "./types.ts";

/** What an entry is looked up by. */
export type EntryNames = Pick<CatalogEntry, "id" | "platform" | "name" | "aliases" | "originalNames">;

/** A catalogue whose entries are read when they are asked for. */
export interface EntrySource {
  readonly version: string;
  readonly names: readonly EntryNames[];
  read(index: number): CatalogEntry;
}

/** Names, and where the entry's own JSON stands: bytes after the first line feed of the file. */
type Indexed = EntryNames & { readonly at: number; readonly length: number };

/**
 * dist/catalog.json: one JSON whose first line holds everything but the entries, with an index of them, and each of whose other lines
 * is one entry. So a single explanation parses the first line and the two or three entries that it needs.
 */
export function packCatalog({ entries, ...rest }: CompiledCatalog): string {
  let at = 0;
  const lines = entries.map((entry) => JSON.stringify(entry));
  const index = entries.map(({ id, platform, name, aliases, originalNames }, i): Indexed => {
    const length = Buffer.byteLength(lines[i] as string);
    const indexed = { id, platform, name, aliases, originalNames, at, length };
    at += length + 2;
    return indexed;
  });
  return `${JSON.stringify({ ...rest, index }).slice(0, -1)},"entries":[\n${lines.join(",\n")}\n]}\n`;
}

/** Opens what packCatalog wrote. */
export function openPacked(bytes: Buffer): EntrySource {
  const start = bytes.indexOf(10) + 1;
  const head = JSON.parse(`${bytes.toString("utf8", 0, start)}]}`) as { version: string; index: Indexed[] };
  return {
    version: head.version,
    names: head.index,
    read(index) {
      const { at, length } = head.index[index] as Indexed;
      return JSON.parse(bytes.toString("utf8", start + at, start + at + length)) as CatalogEntry;
    },
  };
}
