import { nulLines } from "../text/nuls.ts";
import { Cells, type ValueCell } from "./cells.ts";
import type { Pieces } from "./pieces.ts";

/** A hive that Windows allows has at most 512 keys in each other. */
const MAX_DEPTH = 512;
/** Entries of lists that are followed: lists may be shared, so that a small file could have any number of them. */
const MAX_ENTRIES = 5_000_000;
/** Longest value that is read. */
const MAX_DATA = 64 * 1024;
const TEXTS: Readonly<Record<number, string>> = { 1: "sz", 2: "expand_sz", 7: "multi_sz" };

/** A value that is text: the path of its key below the root, its name, its type and its text, lines for several texts. */
export interface HiveText {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

export interface HiveReport {
  /** Cells that are no key or value where one must be. */
  readonly damaged: number;
  /** True where the file ends before its keys do, or a limit was reached. */
  readonly cut: boolean;
  readonly longer: number;
}

/** What the base block says; undefined where these bytes are no hive. A log of transactions is none. */
export function hiveHead(bytes: Buffer): { readonly root: number; readonly isClean: boolean } | undefined {
  if (bytes.length < 44 || bytes.toString("latin1", 0, 4) !== "regf" || bytes.readUInt32LE(28) !== 0) return undefined;
  return { root: bytes.readUInt32LE(36), isClean: bytes.readUInt32LE(4) === bytes.readUInt32LE(8) };
}

interface Open {
  readonly offset: number;
  readonly path: string;
  readonly depth: number;
}

/** Goes through the keys of a hive, each once, within budgets. */
class Walk {
  damaged = 0;
  longer = 0;
  cut = false;
  readonly #cells: Cells;
  readonly #take: (value: HiveText) => void;
  readonly #seen = new Set<number>();
  readonly #open: Open[] = [];
  #entries = MAX_ENTRIES;
  #isSpent = false;
  /** Values may share their data and the keys above them: little more than the file has is made of it. */
  #bytes: number;

  constructor(file: Pieces, take: (value: HiveText) => void) {
    this.#cells = new Cells(file);
    this.#take = take;
    this.#bytes = 4 * file.kept + MAX_DATA;
  }

  from(root: number): void {
    this.#visit({ offset: root, path: "", depth: 0 });
    for (let next = this.#open.pop(); next && !this.#isSpent; next = this.#open.pop()) this.#enter(next);
  }

  #visit(key: Open): void {
    if (this.#seen.has(key.offset)) this.damaged += 1;
    else {
      this.#seen.add(key.offset);
      this.#open.push(key);
    }
  }

  #spend(bytes = 0): boolean {
    this.#entries -= 1;
    this.#bytes -= bytes;
    this.#isSpent = this.#entries < 0 || this.#bytes < 0;
    if (this.#isSpent) this.cut = true;
    return !this.#isSpent;
  }

  #enter({ offset, path: above, depth }: Open): void {
    const key = this.#cells.key(offset);
    if (!key) {
      this.damaged += 1;
      return;
    }
    // The root has a name of its own, which is in no path.
    const path = depth === 0 ? "" : above === "" ? key.name : `${above}\\${key.name}`;
    for (const value of this.#cells.values(key)) {
      if (!this.#spend(2 * path.length + Math.min(value?.size ?? 0, MAX_DATA))) return;
      if (!value) this.damaged += 1;
      else this.#text(path, value);
    }
    for (const below of this.#cells.subkeys(key.subkeys)) {
      if (depth >= MAX_DEPTH) this.cut = true;
      if (depth >= MAX_DEPTH || !this.#spend()) return;
      this.#visit({ offset: below, path, depth: depth + 1 });
    }
  }

  #text(key: string, { name, type: number, size, data }: ValueCell): void {
    const type = TEXTS[number];
    if (!type) return;
    if (size > MAX_DATA) this.longer += 1;
    this.#take({ key, name: name === "" ? "(Default)" : name, type, text: textOf(data(MAX_DATA)) });
  }
}

/** Gives every value that is text to `take`, key by key. */
export function readHive(file: Pieces, root: number, take: (value: HiveText) => void): HiveReport {
  const walk = new Walk(file, take);
  walk.from(root);
  return walk;
}

const textOf = (bytes: Buffer): string => nulLines(bytes.subarray(0, bytes.length & ~1).toString("utf16le"));
