import { closeSync, fstatSync, readSync, statSync } from "node:fs";
import { crc32 } from "node:zlib";
import { openToRead } from "../decode/text/whole.ts";
import { WhatranError } from "../errors.ts";
import { ByteReader } from "./bytes.ts";
import { Count } from "./count.ts";
import { validDay } from "./days.ts";
import { byKey, KeyIndex } from "./key-index.ts";

/**
 * One file: a line of JSON (the header), blocks of sorted entries, an index of each block's first key, and a footer of 24 bytes
 * (offset of the index, CRC-32 of what stands before the footer, magic). See write.ts for how it comes about.
 */
export interface BaselineHeader {
  readonly schema: "whatran/baseline/1";
  readonly tool: string;
  /** First and last day that was learnt, days since the epoch. */
  readonly first: number;
  readonly last: number;
  /** Hosts of the fleet, as encoded Count in base64: its days are the days learnt. */
  readonly fleet: string;
}

export interface Entry {
  readonly key: string;
  readonly count: Count;
}

export const MAGIC = "WRBASE01";
export const FOOTER = 24;
const MAX_HEADER = 1 << 20;
/** Largest index that is held in memory: some 150 million keys. */
const MAX_INDEX = 256 << 20;
/** Longest key and value that are read; longer ones are damage. */
const MAX_BLOCK = 64 << 20;

const damaged = (path: string, what: string) => new WhatranError("baseline/damaged", `${path}: ${what}`);

/** An open baseline: look-ups read one block, iteration reads forward. */
export class BaselineFile {
  readonly path: string;
  readonly header: BaselineHeader;
  readonly fleet: Count;
  readonly #file: number;
  readonly #index: KeyIndex;
  readonly #end: number;
  /** Blocks as they are written, those read last. */
  readonly #blocks = new Map<number, Uint8Array>();

  /** @throws WhatranError `baseline/missing`, `baseline/version`, `baseline/damaged` */
  constructor(path: string) {
    this.path = path;
    let size: number;
    try {
      this.#file = openToRead(path);
      const stats = fstatSync(this.#file);
      if (!stats.isFile()) throw new Error("no file");
      size = stats.size;
    } catch {
      throw new WhatranError("baseline/missing", `${path} cannot be opened; whatran learn writes baselines`);
    }
    try {
      const start = this.#read(0, Math.min(size, MAX_HEADER));
      const line = start.indexOf(10);
      this.header = parseHeader(path, line < 0 ? "" : start.toString("utf8", 0, line));
      if (size < FOOTER + line + 1) throw damaged(path, "it is cut short");
      const footer = this.#read(size - FOOTER, FOOTER);
      if (footer.toString("latin1", 16) !== MAGIC)
        throw damaged(path, "its end is missing: it was cut short or is no baseline");
      this.#end = Number(footer.readBigUInt64LE(0));
      if (this.#end > size - FOOTER) throw damaged(path, "its index lies beyond its end");
      if (size - FOOTER - this.#end > MAX_INDEX) throw damaged(path, "it has too many keys for one file");
      this.#index = new KeyIndex(this.#read(this.#end, size - FOOTER - this.#end));
      this.fleet = Count.decode(Buffer.from(this.header.fleet, "base64"));
    } catch (error) {
      closeSync(this.#file);
      throw error instanceof RangeError ? damaged(path, error.message) : error;
    }
  }

  #read(at: number, length: number): Buffer {
    const buffer = Buffer.alloc(length);
    const got = readSync(this.#file, buffer, 0, length, at);
    return buffer.subarray(0, got);
  }

  /** A block as it is written: who asks for one key has one count read. */
  #block(at: number): Uint8Array {
    const known = this.#blocks.get(at);
    if (known) return known;
    const [from = 0, to = this.#end] = [this.#index.offset(at), this.#index.offset(at + 1)];
    if (to < from || to - from > MAX_BLOCK) throw damaged(this.path, "a block has no length");
    const block = this.#read(from, to - from);
    if (this.#blocks.size >= 256) this.#blocks.delete(this.#blocks.keys().next().value as number);
    this.#blocks.set(at, block);
    return block;
  }

  /** All counts of a block, encoded. */
  #whole(at: number): Map<string, Uint8Array> {
    return this.#guard(() => {
      const counts = new Map<string, Uint8Array>();
      const reader = new ByteReader(this.#block(at));
      while (!reader.done) {
        const key = reader.text();
        if (counts.has(key)) throw new RangeError("a key stands in it twice");
        counts.set(key, reader.block());
      }
      return counts;
    });
  }

  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof RangeError ? damaged(this.path, error.message) : error;
    }
  }

  get(key: string): Count | undefined {
    if (this.#index.length === 0) return undefined;
    return this.#guard(() => {
      const reader = new ByteReader(this.#block(this.#index.find(key)));
      const wanted = Buffer.from(key);
      while (!reader.done) {
        if (reader.passes(wanted)) return Count.decode(reader.block());
        reader.skip(reader.varint());
      }
      return undefined;
    });
  }

  /**
   * All entries in the order of their keys; those of one prefix only, where it is given.
   * @throws WhatranError `baseline/damaged`, also where they are in another order: what is merged of them would be none any more
   */
  *entries(prefix = ""): Generator<Entry> {
    let before: string | undefined;
    for (let at = prefix === "" ? 0 : this.#index.find(prefix); at < this.#index.length; at++) {
      for (const [key, bytes] of this.#whole(at)) {
        if (before !== undefined && byKey(before, key) >= 0) throw damaged(this.path, "its keys are out of order");
        before = key;
        if (key.startsWith(prefix)) yield { key, count: this.#guard(() => Count.decode(bytes)) };
        else if (prefix !== "" && byKey(key, prefix) > 0) return;
      }
    }
  }

  /** Compares the checksum, before anything is made of all that it holds. @throws WhatranError `baseline/damaged` */
  check(): void {
    const size = statSync(this.path).size - FOOTER;
    let crc = 0;
    for (let at = 0; at < size; at += 1 << 20) crc = crc32(this.#read(at, Math.min(1 << 20, size - at)), crc);
    const footer = this.#read(size, FOOTER);
    if (crc !== footer.readUInt32LE(8)) throw damaged(this.path, "its checksum is wrong");
  }

  /** Reads the whole file. @throws WhatranError `baseline/damaged` */
  verify(): { readonly entries: number } {
    this.check();
    let entries = 0;
    for (const _ of this.entries()) entries++;
    return { entries };
  }

  close(): void {
    closeSync(this.#file);
  }
}

function parseHeader(path: string, text: string): BaselineHeader {
  let header: Partial<BaselineHeader>;
  try {
    header = JSON.parse(text);
  } catch {
    throw damaged(path, "it does not begin as a baseline");
  }
  if (header?.schema !== "whatran/baseline/1")
    throw new WhatranError(
      "baseline/version",
      `${path} is ${shown(header?.schema)}; this version reads whatran/baseline/1`,
    );
  if (typeof header.fleet !== "string") throw damaged(path, "its header lacks a field");
  validDay(header.first ?? Number.NaN);
  validDay(header.last ?? Number.NaN);
  return header as BaselineHeader;
}

const shown = (schema: unknown) =>
  typeof schema === "string" ? schema.slice(0, 40).replace(/[^\w/.-]/g, "?") : "of no known version";
