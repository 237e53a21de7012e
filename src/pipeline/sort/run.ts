import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { EventStore } from "../../events/store.ts";
import { copies } from "./copies.ts";
import { type Entry, sortEntry } from "./entry.ts";

/** Events of one block, and their estimated bytes: as many are read back at once, of each run. */
const BLOCK_EVENTS = 1024;
const BLOCK_SIZE = 512 * 1024;
/** Before each block: bytes of its words, bytes of the texts and other values as JSON. */
const HEADER = 8;

/** The events of one host: bytes of the file, in blocks that each can be read by itself. */
interface Section {
  readonly from: number;
  readonly to: number;
}

/** A sorted run of events in a file of its own. */
export class Run {
  readonly #file: number;
  readonly #sections = new Map<string, Section>();

  /** Writes events of one store in their order to a new file. */
  constructor(path: string, entries: readonly Entry[]) {
    this.#file = openSync(path, "wx+", 0o600);
    const block = new EventStore();
    let size = 0;
    for (let from = 0; from < entries.length; ) {
      const { host } = entries[from]!;
      const until = Math.min(entries.length, from + BLOCK_EVENTS);
      block.clear();
      const copy = copies(block, true);
      while (from < until && entries[from]!.host === host && block.size < BLOCK_SIZE) copy(entries[from++]!);
      const start = this.#sections.get(host)?.from ?? size;
      size += writeBlock(this.#file, block);
      this.#sections.set(host, { from: start, to: size });
    }
  }

  has(host: string): boolean {
    return this.#sections.has(host);
  }

  /** The events of a host, in order. */
  *of(host: string): Generator<Entry> {
    const { from, to } = this.#sections.get(host)!;
    for (let at = from; at < to; ) {
      const { store, end } = readBlock(this.#file, at);
      at = end;
      for (let event = 0; event < store.end; event = store.after(event)) {
        yield sortEntry(store.keys(event), store, event);
      }
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Yields the bytes that were written. */
function writeBlock(file: number, { words, values }: EventStore): number {
  const json = Buffer.from(JSON.stringify([values.texts, values.others]));
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(words.byteLength, 0);
  header.writeUInt32LE(json.length, 4);
  const block = Buffer.concat([header, Buffer.from(words.buffer, words.byteOffset, words.byteLength), json]);
  for (let at = 0; at < block.length; ) at += writeSync(file, block, at);
  return block.length;
}

function readBlock(file: number, at: number): { store: EventStore; end: number } {
  const header = readExactly(file, at, HEADER);
  const bytes = readExactly(file, at + HEADER, header.readUInt32LE(0));
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const start = at + HEADER + bytes.length;
  const json = readExactly(file, start, header.readUInt32LE(4));
  const [texts, others] = JSON.parse(json.toString()) as [string[], unknown[]];
  return { store: new EventStore({ words, texts, others }), end: start + json.length };
}

function readExactly(file: number, from: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let have = 0; have < size; ) {
    const count = readSync(file, bytes, have, size - have, from + have);
    if (count === 0) throw new Error("a file of sorted events was cut short");
    have += count;
  }
  return bytes;
}
