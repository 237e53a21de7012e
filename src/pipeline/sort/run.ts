import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { EventStore } from "../../events/store.ts";
import { type Entry, entryOf } from "./entry.ts";

/** Events of one block: as many are read back at once. */
const BLOCK_EVENTS = 1024;
/** Before each block: bytes of its words, bytes of the texts and other values as JSON. */
const HEADER = 8;

/** Writes sorted events to a new file, in blocks that each can be read by itself. */
export function writeRun(path: string, entries: readonly Entry[]): void {
  const file = openSync(path, "wx", 0o600);
  try {
    for (let from = 0; from < entries.length; from += BLOCK_EVENTS) {
      const block = new EventStore();
      for (const { store, at } of entries.slice(from, from + BLOCK_EVENTS)) block.add(store.at(at));
      writeBlock(file, block);
    }
  } finally {
    closeSync(file);
  }
}

function writeBlock(file: number, { words, values }: EventStore): void {
  const json = Buffer.from(JSON.stringify([values.texts, values.others]));
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(words.byteLength, 0);
  header.writeUInt32LE(json.length, 4);
  const block = Buffer.concat([header, Buffer.from(words.buffer, words.byteOffset, words.byteLength), json]);
  for (let at = 0; at < block.length; ) at += writeSync(file, block, at);
}

/** A sorted run on disk; read from its beginning each time it is iterated. */
export class Run {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  *[Symbol.iterator](): Generator<Entry> {
    const file = openSync(this.#path, "r");
    try {
      for (let store = readBlock(file); store; store = readBlock(file)) {
        for (let at = 0; at < store.end; at = store.after(at)) yield entryOf(store.keys(at), store, at);
      }
    } finally {
      closeSync(file);
    }
  }
}

function readBlock(file: number): EventStore | undefined {
  const header = readExactly(file, HEADER);
  if (header.length < HEADER) return undefined;
  const bytes = readExactly(file, header.readUInt32LE(0));
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const [texts, others] = JSON.parse(readExactly(file, header.readUInt32LE(4)).toString()) as [string[], unknown[]];
  return new EventStore({ words, texts, others });
}

function readExactly(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(size);
  let have = 0;
  while (have < size) {
    const count = readSync(file, bytes, have, size - have, null);
    if (count === 0) return bytes.subarray(0, have);
    have += count;
  }
  return bytes;
}
