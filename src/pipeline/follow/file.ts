import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { containerOf } from "../../decode/container/open.ts";
import { detect, HEAD } from "../../formats/detect.ts";
import type { Format, FormatReader, Mark } from "../../formats/format.ts";
import type { LogRecord, RecordSink } from "../../model/record.ts";
import type { InputOptions } from "../inputs/options.ts";
import { readFound } from "../inputs/read-inputs.ts";
import { Turns } from "../turns.ts";

/** Formats whose files only ever grow at their end, so that a reader can stay open; others are read anew when they change. */
const GROWING: ReadonlySet<string> = new Set(["json", "audit", "syslog", "csv", "event-xml"]);
const BLOCK = 1 << 20;
/** First bytes by which a file is known again. */
const PRINT = 256;

/** A file that nobody has written to for so long is not in the midst of being written to, in milliseconds. */
const SETTLED = 1_000;
/** What is never finished, as its checksums have it, while others go on writing is read as it is after so long, in milliseconds. */
const PATIENCE = 10_000;

/** Reading anew takes at most this part of the time: 1 of 6. */
const REST = 5;

/** How the files of a run are read, and where their records go. */
export interface FileReading {
  readonly formats: readonly Format[];
  readonly options: InputOptions;
  readonly sink: RecordSink;
}

/** What is kept of a followed file between runs. */
export interface SavedFile {
  /** Device and inode. */
  readonly id: string;
  readonly name: string;
  /** Hash of its first bytes, and how many those were. */
  readonly print: string;
  readonly printed: number;
  /** Offset of these bytes; 0 where absent. */
  readonly from?: number;
  /** For the file and each member: the index that its next new record will have, or its number, where the format goes by that. */
  readonly next: readonly (readonly [string, number])[];
}

/** Another file has taken the name of a followed one since somebody looked: where that lies now, the next look says. */
export class MovedError extends Error {}

/** Opens the file of an inode under the name that it had; the caller closes it. */
function openAs(id: string, path: string): number {
  const file = openSync(path, "r");
  const { dev, ino } = fstatSync(file, { bigint: true });
  if (`${dev}:${ino}` === id) return file;
  closeSync(file);
  throw new MovedError(`another file is called ${path} now`);
}

function headIn(file: number, most: number, from = 0): Buffer {
  const buffer = Buffer.alloc(most);
  return buffer.subarray(0, readSync(file, buffer, 0, most, from));
}

function headOf(id: string, path: string, most: number, from = 0): Buffer {
  const file = openAs(id, path);
  try {
    return headIn(file, most, from);
  } finally {
    closeSync(file);
  }
}

const printOf = (head: Uint8Array) => createHash("sha256").update(head).digest("hex").slice(0, 16);

/** A file that others still write to. Every record is handed over once, also when the file is read anew. */
export class FollowedFile {
  readonly id: string;
  readonly name: string;
  readonly #path: string;
  readonly #reading: FileReading;
  #next: Map<string, number>;
  /** What #next was when reading began. */
  #before: ReadonlyMap<string, number>;
  #print: string;
  #printed: number;
  #from: number;
  #reader: FormatReader | undefined;
  #offset = 0;
  /** What it looked like when it was last read, and whether all of it was. */
  #seen = "";
  #isWhole = true;
  /** What it looks like now, and since when; when it last had something new. All by this process's clock, in milliseconds. */
  #look = "";
  #since = 0;
  #progress = performance.now();
  #rests = 0;
  /** When it may be read anew. */
  #notBefore = 0;

  constructor(id: string, path: string, name: string, reading: FileReading, saved?: SavedFile) {
    this.id = id;
    this.name = name;
    this.#path = path;
    this.#reading = reading;
    const known = saved && saved.print === printOf(headOf(id, path, saved.printed, saved.from)) ? saved : undefined;
    this.#next = new Map(known?.next);
    this.#before = this.#next;
    this.#print = known?.print ?? "";
    this.#printed = known?.printed ?? 0;
    this.#from = known?.from ?? 0;
  }

  save(): SavedFile {
    const [print, printed, from] = [this.#print, this.#printed, this.#from];
    return { id: this.id, name: this.name, print, printed, from, next: [...this.#next] };
  }

  /**
   * Hands over what is new.
   * @param size bytes that the file has
   * @param stamp time of its last change, as text
   * @returns whether it was read
   * @throws MovedError where another file has its name by now
   */
  async read(size: number, stamp: string): Promise<boolean> {
    if (size === 0) return false;
    const look = `${size}|${stamp}`;
    if (this.#reader) {
      if (size === this.#offset && look === this.#seen) return false;
      return this.#opened((file) => this.#grow(file, size, look));
    }
    const begun = performance.now();
    if (look !== this.#look) [this.#look, this.#since] = [look, begun];
    const isSettled = begun - this.#since >= SETTLED;
    if ((look === this.#seen && (this.#isWhole || !isSettled)) || begun < this.#notBefore) return false;
    return this.#opened((file) => this.#readAnew(file, size, look, isSettled));
  }

  /** What is looked at and what is read is one open file, whatever takes its name meanwhile. */
  async #opened(work: (file: number) => Promise<boolean>): Promise<boolean> {
    const file = openAs(this.id, this.#path);
    try {
      return await work(file);
    } finally {
      closeSync(file);
    }
  }

  async #readAnew(file: number, size: number, look: string, isSettled: boolean): Promise<boolean> {
    const { options, sink, formats } = this.#reading;
    const head = headIn(file, HEAD);
    const format = containerOf(head) ? undefined : detect(head, this.name, formats);
    const mark = format?.mark;
    if (mark) this.#checkMark(mark, file);
    else if (this.#printed < PRINT) this.#takePrint(file, PRINT, 0);
    if (format && GROWING.has(format.name)) {
      this.#open(format);
      return this.#grow(file, size, look);
    }
    // What is not read by its end only is left alone while it is being written, but not for ever.
    if (this.#rests++ < 2 && !format) return false;
    this.#rests = 0;
    this.#seen = look;
    const begun = performance.now();
    const growing = mark !== undefined && !isSettled && begun - this.#progress < PATIENCE;
    this.#isWhole = !growing;
    this.#before = new Map(this.#next);
    const stats = fstatSync(file, { bigint: true });
    await readFound(
      { kind: "file", path: this.#path, name: this.name, named: true, stats, open: file },
      { ...options, formats, growing },
      {
        record: (record) => this.#hand(record, mark ? record.recordId : record.index),
        // What it grew by meanwhile, the next look reads.
        diagnostic: (one) => one.code !== "input/changed" && sink.diagnostic(one),
        input: () => {},
      },
    );
    if (mark && this.#printed === 0 && this.#next.size > 0) this.#takePrint(file, mark.length, mark.from);
    const ended = performance.now();
    this.#notBefore = ended + REST * (ended - begun);
    return true;
  }

  #takePrint(file: number, length: number, from: number): void {
    const head = headIn(file, length, from);
    [this.#print, this.#printed, this.#from] = [printOf(head), head.length, from];
  }

  /** Where a log was begun anew in place, all of it is new; where it came round, what has higher numbers. */
  #checkMark(mark: Mark, file: number): void {
    if (this.#printed === 0) return;
    const bytes = headIn(file, this.#printed, this.#from);
    const number = mark.number(bytes);
    if (number === undefined || printOf(bytes) === this.#print) return;
    if (number < (this.#next.get("") ?? 0)) this.#next = new Map();
    this.#takePrint(file, mark.length, mark.from);
  }

  #open(format: Format): void {
    const { options, sink } = this.#reading;
    const context = { file: this.name, ...(options.wants && { wants: options.wants }) };
    this.#reader = format.open(context, {
      record: (record) => this.#hand(record, record.index),
      diagnostic: (diagnostic) => sink.diagnostic(diagnostic),
    });
    this.#offset = 0;
    this.#before = new Map(this.#next);
  }

  /** Passes a record on that was not handed over before. */
  #hand(record: LogRecord, key = record.index): void {
    const member = record.file.startsWith(this.name) ? record.file.slice(this.name.length) : record.file;
    if (key < (this.#before.get(member) ?? 0)) return;
    this.#next.set(member, Math.max(this.#next.get(member) ?? 0, key + 1));
    this.#progress = performance.now();
    this.#reading.sink.record(record);
  }

  /** Whether it is the log that it was. First seen with a piece of a line, it would be known by what all others begin with, so what is known grows. */
  #isSame(file: number): boolean {
    const head = headIn(file, Math.max(this.#printed, PRINT));
    if (printOf(head.subarray(0, this.#printed)) !== this.#print) return false;
    if (head.length > this.#printed) [this.#print, this.#printed] = [printOf(head), head.length];
    return true;
  }

  #beginAnew(): void {
    this.#reader = undefined;
    this.#next = new Map();
    this.#printed = 0;
    this.#seen = "";
  }

  async #grow(file: number, size: number, look: string): Promise<boolean> {
    const { signal } = this.#reading.options;
    const turns = new Turns();
    this.#seen = look;
    // Shorter than before, or of another beginning: somebody began it anew, and it may have grown beyond what it was since.
    if (size < this.#offset || !this.#isSame(file)) {
      this.#beginAnew();
      return false;
    }
    while (this.#offset < size && !signal?.aborted) {
      const block = Buffer.allocUnsafeSlow(Math.min(BLOCK, size - this.#offset));
      const count = readSync(file, block, 0, block.length, this.#offset);
      if (count === 0) break;
      // What was read may be of a log that was begun anew since it was looked at.
      if (!this.#isSame(file)) {
        this.#beginAnew();
        return true;
      }
      this.#reader?.push(block.subarray(0, count));
      this.#offset += count;
      const pause = turns.pause();
      if (pause) await pause;
    }
    return true;
  }
}
