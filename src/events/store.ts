import { EVENT_KINDS, type Event, type EventKind, type ProcessRef } from "../model/event.ts";
import type { LogRecord, Shape } from "../model/record.ts";
import { eventWith, type Fragment, processesOf, propertiesOf, valuesOf } from "./define.ts";
import { fragmentOf } from "./fragment.ts";
import { CitedRecord } from "./plain.ts";
import { NO_PROCESS } from "./process.ts";
import { type Packed, Values } from "./values.ts";

/** What an event store holds, as structured clone and JSON can carry it. */
export interface PackedEvents extends Packed {
  readonly words: Uint32Array;
}

/** Where an event stands in the order of a batch, read without making the event. */
export interface StoredKeys {
  readonly kind: EventKind;
  readonly time: number | undefined;
  readonly host: string | undefined;
  readonly file: string;
  readonly index: number;
}

/** How the properties of a kind are laid out: those of a process take three words, `time` none, as it has its own place. */
interface Layout {
  readonly kind: EventKind;
  readonly time: number;
  readonly host: number;
  readonly isProcess: readonly boolean[];
  /** Words of an event of this kind, all together. */
  readonly size: number;
}

/** Words before the properties: kind, time (two), and eight of the record, the first two of which are its file and its index. */
const HEAD = 11;
const FILE = 3;
const INDEX = 4;

const NUMBERS: ReadonlyMap<EventKind, number> = new Map(EVENT_KINDS.map((kind, number) => [kind, number]));
const LAYOUTS: readonly Layout[] = EVENT_KINDS.map(layoutOf);

function layoutOf(kind: EventKind): Layout {
  const names = propertiesOf(kind);
  const isProcess = processesOf(kind);
  const processes = isProcess.filter(Boolean).length;
  const time = names.indexOf("time");
  return { kind, time, host: names.indexOf("host"), isProcess, size: HEAD + names.length - 1 + 2 * processes };
}

const TIME = new Float64Array(1);
const TIME_WORDS = new Uint32Array(TIME.buffer);

/**
 * Events of any kind in little room: each is a row of numbers, and a text that many of them have is kept once. For sorting,
 * spilling to disk and sending between threads.
 */
export class EventStore {
  #words: Uint32Array;
  #length: number;
  /** Where the last event of each kind stood, with which the next is likely to share texts. */
  readonly #last = new Uint32Array(EVENT_KINDS.length);
  values: Values;

  constructor(packed?: PackedEvents) {
    this.#words = packed?.words ?? new Uint32Array(1 << 12);
    this.#length = packed?.words.length ?? 0;
    this.values = new Values(packed);
  }

  /** Forgets all events, and keeps the room for as many others. Places and values that were handed out hold no longer. */
  clear(): void {
    this.#length = 0;
    this.values = new Values();
  }

  /** Bytes that the store takes, roughly. */
  get size(): number {
    return this.#length * 4 + this.values.size;
  }

  /** Where the next event will stand. */
  get end(): number {
    return this.#length;
  }

  /** Keeps an event, and says where it stands. */
  add(event: Event): number {
    const kind = NUMBERS.get(event.kind)!;
    const layout = LAYOUTS[kind]!;
    const at = this.#reserve(layout.size);
    const { record } = event;
    const all = valuesOf(event);
    const words = this.#words;
    const { values } = this;
    const back = at - this.#last[kind]!;
    this.#last[kind] = at;
    words[at] = kind;
    TIME[0] = (all[layout.time] as number | undefined) ?? Number.NaN;
    words[at + 1] = TIME_WORDS[0]!;
    words[at + 2] = TIME_WORDS[1]!;
    let next = at + FILE;
    const put = (value: unknown) => {
      words[next] = values.put(value, words[next - back]);
      next++;
    };
    put(record.file);
    put(record.index);
    put(record.recordId);
    put(record.provider);
    put(record.eventId);
    put(record.channel);
    put(record.shape);
    put(fragmentOf(event));
    for (let i = 0; i < all.length; i++) {
      if (i === layout.time) continue;
      if (layout.isProcess[i]) {
        const { key, pid, image } = all[i] as ProcessRef;
        put(key);
        put(pid);
        put(image);
      } else put(all[i]);
    }
    return at;
  }

  /** Copies an event of another store, whose values `mapped` finds in this one. */
  copy(words: Uint32Array, from: number, mapped: (word: number) => number): number {
    const { size } = LAYOUTS[words[from]!]!;
    const at = this.#reserve(size);
    for (let i = 0; i < FILE; i++) this.#words[at + i] = words[from + i]!;
    for (let i = FILE; i < size; i++) this.#words[at + i] = mapped(words[from + i]!);
    return at;
  }

  /** Adds `base` to the index of the event's record. */
  move(at: number, base: number): void {
    const words = this.#words;
    words[at + INDEX] = this.values.put((this.values.get(words[at + INDEX]!) as number) + base);
  }

  /** Whether the event is a part of a text that the log has split. */
  isFragment(at: number): boolean {
    return this.#words[at + 10] !== 0;
  }

  /** The event that stands at a place; its record can be cited, but carries no fields. `base` is added to its index. */
  at(at: number, base = 0): Event {
    const words = this.#words;
    const { values } = this;
    const layout = LAYOUTS[words[at]!]!;
    const time = this.#time(at);
    const all = new Array<unknown>(layout.isProcess.length);
    let next = at + HEAD;
    for (let i = 0; i < layout.isProcess.length; i++) {
      if (i === layout.time) all[i] = time;
      else if (!layout.isProcess[i]) all[i] = values.get(words[next++]!);
      else {
        const [key, pid, image] = [words[next]!, words[next + 1]!, words[next + 2]!];
        next += 3;
        all[i] = key + pid + image === 0 ? NO_PROCESS : processAs(values.get(key), values.get(pid), values.get(image));
      }
    }
    const record: LogRecord = new CitedRecord({
      file: values.get(words[at + FILE]!) as string,
      index: (values.get(words[at + INDEX]!) as number) + base,
      recordId: values.get(words[at + 5]!) as number | undefined,
      provider: values.get(words[at + 6]!) as string | undefined,
      eventId: values.get(words[at + 7]!) as number | undefined,
      channel: values.get(words[at + 8]!) as string | undefined,
      shape: values.get(words[at + 9]!) as Shape,
      host: all[layout.host] as string | undefined,
      time,
    });
    return eventWith(layout.kind, record, all, values.get(words[at + 10]!) as Fragment | undefined);
  }

  keys(at: number): StoredKeys {
    const words = this.#words;
    const layout = LAYOUTS[words[at]!]!;
    return {
      kind: layout.kind,
      time: this.#time(at),
      host: this.values.get(words[at + HEAD + layout.host - 1]!) as string | undefined,
      file: this.values.get(words[at + FILE]!) as string,
      index: this.values.get(words[at + INDEX]!) as number,
    };
  }

  /** Where the event behind the one at `at` stands. */
  after(at: number): number {
    return at + LAYOUTS[this.#words[at]!]!.size;
  }

  /** The events' words; valid until the next `add`. */
  get words(): Uint32Array {
    return this.#words.subarray(0, this.#length);
  }

  /** All that the store holds, for elsewhere; the words are a copy. */
  pack(): PackedEvents {
    const { texts, others } = this.values;
    return { words: this.words.slice(), texts, others };
  }

  #time(at: number): number | undefined {
    TIME_WORDS[0] = this.#words[at + 1]!;
    TIME_WORDS[1] = this.#words[at + 2]!;
    const time = TIME[0]!;
    return Number.isNaN(time) ? undefined : time;
  }

  #reserve(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#words.length) {
      const grown = new Uint32Array(Math.max(this.#length, this.#words.length * 2));
      grown.set(this.#words.subarray(0, at));
      this.#words = grown;
    }
    return at;
  }
}

function processAs(key: unknown, pid: unknown, image: unknown): ProcessRef {
  return { key, pid, image } as ProcessRef;
}
