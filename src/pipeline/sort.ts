import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlainEvent } from "../events/plain.ts";

/** One event with the keys by which a batch is sorted. */
interface Entry {
  readonly host: string;
  readonly time: number;
  readonly event: PlainEvent;
}

/** Memory that unsorted events may take before they are spilled to disk, in estimated bytes. */
const MAX_HELD = 48 * 1024 * 1024;
const READ_BLOCK = 1 << 18;

const order = (a: Entry, b: Entry): number => {
  if (a.host !== b.host) return a.host < b.host ? -1 : 1;
  if (a.time !== b.time) return a.time - b.time;
  const [x, y] = [a.event.record, b.event.record];
  if (x.file !== y.file) return x.file < y.file ? -1 : 1;
  return x.index - y.index;
};

function estimate(event: PlainEvent): number {
  let size = 300;
  for (const name in event.values) {
    const value = event.values[name];
    size += typeof value === "string" ? 40 + 2 * value.length : 80;
  }
  return size;
}

/** A sorted run on disk, one event a line. */
class Run {
  readonly #file: number;
  #rest = "";
  #at = 0;
  #lines: string[] = [];
  #done = false;
  readonly #decoder = new TextDecoder();
  constructor(path: string) {
    this.#file = openSync(path, "r");
  }
  next(): Entry | undefined {
    while (this.#at >= this.#lines.length) {
      if (this.#done) return undefined;
      this.#fill();
    }
    return JSON.parse(this.#lines[this.#at++] as string) as Entry;
  }
  #fill(): void {
    const block = Buffer.alloc(READ_BLOCK);
    const size = readSync(this.#file, block, 0, READ_BLOCK, null);
    this.#done = size === 0;
    if (this.#done) closeSync(this.#file);
    const text = this.#rest + this.#decoder.decode(block.subarray(0, size), { stream: !this.#done });
    this.#lines = text.split("\n");
    this.#rest = this.#lines.pop() ?? "";
    this.#at = 0;
  }
}

/**
 * Sorts the events of a batch by (host, time, file, index), in memory that does not grow with their number: runs spill to disk and
 * are merged. The order is total, so that results do not depend on the order in which files were read.
 */
export class EventSorter {
  #held: Entry[] = [];
  #size = 0;
  #folder: string | undefined;
  readonly #runs: string[] = [];

  add(host: string, event: PlainEvent, time: number | undefined): void {
    this.#held.push({ host, time: time ?? Number.MIN_SAFE_INTEGER, event });
    this.#size += estimate(event);
    if (this.#size > MAX_HELD) this.#spill();
  }

  #spill(): void {
    this.#folder ??= mkdtempSync(join(tmpdir(), "whatran-"));
    const path = join(this.#folder, `${this.#runs.length}.ndjson`);
    this.#held.sort(order);
    const file = openSync(path, "wx", 0o600);
    let lines: string[] = [];
    for (const entry of this.#held) {
      lines.push(JSON.stringify(entry));
      if (lines.length === 2000) {
        writeSync(file, `${lines.join("\n")}\n`);
        lines = [];
      }
    }
    if (lines.length > 0) writeSync(file, `${lines.join("\n")}\n`);
    closeSync(file);
    this.#runs.push(path);
    this.#held = [];
    this.#size = 0;
  }

  /** All events in order; may be iterated once. */
  *sorted(): Generator<PlainEvent> {
    this.#held.sort(order);
    if (this.#runs.length === 0) {
      for (const entry of this.#held) yield entry.event;
      return;
    }
    const memory = this.#held[Symbol.iterator]();
    const runs = [
      ...this.#runs.map((path) => {
        const run = new Run(path);
        return () => run.next();
      }),
      () => memory.next().value as Entry | undefined,
    ];
    const heads = runs.map((next) => next());
    for (;;) {
      let least = -1;
      for (let i = 0; i < heads.length; i++) {
        const head = heads[i];
        if (head && (least < 0 || order(head, heads[least] as Entry) < 0)) least = i;
      }
      if (least < 0) return;
      yield (heads[least] as Entry).event;
      heads[least] = (runs[least] as () => Entry | undefined)();
    }
  }

  /** Removes what was spilled. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#held = [];
  }
}
