import type { CommandExecution, Event, EventKind, ProcessRef } from "../model/event.ts";
import type { LogRecord } from "../model/record.ts";
import { NO_PROCESS } from "./process.ts";

/** Reads one property of an event from its record; runs at most once per event, when the property is asked for. */
export type Reader<T> = (record: LogRecord) => T;

type EventOf<K extends EventKind> = Extract<Event, { kind: K }>;

/** A reader; or, for a text property, the name of its field; or, for a property of fixed words, the word itself. */
type Slot<T> = Reader<T> | (string extends T ? string : Extract<T, string>);

type Property<K extends EventKind> = Exclude<keyof EventOf<K>, "kind" | "record"> & string;
type Needed<K extends EventKind> = {
  [P in Property<K>]: undefined extends EventOf<K>[P] ? never : EventOf<K>[P] extends ProcessRef ? never : P;
}[Property<K>];

/** The table a log source is made of. What is left out is undefined; `time` and `host` come from the record. */
export type Slots<K extends EventKind> = {
  readonly [P in Needed<K>]: Slot<EventOf<K>[P]>;
} & { readonly [P in Exclude<Property<K>, Needed<K>>]?: Slot<EventOf<K>[P]> };

/** Values that the source had to read before it knew that the record is an event; they are not read again. */
type Known<K extends EventKind> = { readonly [P in Property<K>]?: EventOf<K>[P] };

/** Which part of a text an event holds, where the log had to split it. Parts of one text share `id`. */
export interface Fragment {
  readonly id: string;
  /** From 1 to `total`. */
  readonly number: number;
  readonly total: number;
}

export interface EventFactory<K extends EventKind> {
  readonly kind: K;
  (record: LogRecord, known?: Known<K>, fragment?: Fragment): EventOf<K>;
}

/** How a property is stored and what a bare string in its slot means. */
type Sort = "field" | "word" | "process" | "value";

const BASE = { time: "value", host: "value", user: "field", platform: "word", process: "process" } as const;
const STORED = { path: "field", name: "field", commandLine: "field" } as const;

/** Every property of every kind; the type makes a forgotten one a compile error. */
const PROPERTIES: { readonly [K in EventKind]: Readonly<Record<Property<K>, Sort>> } = {
  processCreation: {
    ...BASE,
    image: "field",
    commandLine: "field",
    args: "value",
    originalFileName: "field",
    currentDirectory: "field",
    parent: "process",
    parentCommandLine: "field",
    integrityLevel: "field",
    hashes: "field",
    company: "field",
    product: "field",
    signature: "value",
    env: "value",
  },
  processTermination: BASE,
  commandExecution: { ...BASE, text: "field", dialect: "word", built: "value", origin: "field", name: "field" },
  moduleLoad: {
    ...BASE,
    module: "field",
    originalFileName: "field",
    hashes: "field",
    company: "field",
    signature: "value",
  },
  fileCreation: { ...BASE, path: "field", action: "word", contents: "field", hashes: "field" },
  networkConnection: {
    ...BASE,
    initiated: "value",
    sourceIp: "field",
    sourcePort: "value",
    destinationIp: "field",
    destinationHost: "field",
    destinationPort: "value",
    protocol: "field",
    query: "field",
    url: "field",
  },
  registryKeyModification: { ...BASE, path: "field", action: "word", value: "field" },
  osApiExecution: {
    ...BASE,
    api: "word",
    target: "process",
    access: "field",
    startModule: "field",
    startFunction: "field",
  },
  policyDecision: { ...BASE, product: "word", decision: "word", path: "field", rule: "field" },
  shortcut: {
    ...BASE,
    path: "field",
    target: "field",
    arguments: "field",
    workingDirectory: "field",
    icon: "field",
    startup: "value",
    oddities: "value",
  },
  scheduledTask: {
    ...BASE,
    ...STORED,
    dialect: "word",
    trigger: "field",
    handler: "field",
    hidden: "value",
    env: "value",
  },
  runKey: { ...BASE, ...STORED, dialect: "word" },
};

const DEFAULTS: Readonly<Record<string, Reader<unknown>>> = { time: (r) => r.time, host: (r) => r.host };
const SORT_DEFAULT: Readonly<Record<Sort, Reader<unknown>>> = {
  field: () => undefined,
  value: () => undefined,
  word: () => undefined,
  process: () => NO_PROCESS,
};

type Plan = readonly Reader<unknown>[];
const NO_PLAN: Plan = [];
const UNREAD = Symbol("unread");

/** Names and sorts of a kind's properties, in their order. */
interface KindView {
  readonly kind: EventKind;
  readonly names: readonly string[];
  readonly sorts: readonly Sort[];
  /** Place of the kind among all. */
  readonly number: number;
}

const KINDS: readonly KindView[] = Object.entries(PROPERTIES).map(([kind, properties], number) => ({
  kind: kind as EventKind,
  names: Object.keys(properties),
  sorts: Object.values(properties),
  number,
}));
const VIEWS = Object.fromEntries(KINDS.map((view) => [view.kind, view])) as Record<EventKind, KindView>;

/** One class for all kinds and sources: code that meets events of many kinds meets one shape, which is found at once. */
class EventView {
  // Declared only: fields that the language defines are made one by one before the constructor sets them, for every event.
  declare readonly kind: EventKind;
  declare readonly number: number;
  declare readonly record: LogRecord;
  declare readonly plan: Plan;
  /** Made when the first property is asked for: an event that nobody looks at costs one small object. */
  declare values: unknown[] | undefined;
  /** Set where the event's text is a part of one that the log split. */
  declare readonly fragment: Fragment | undefined;
  constructor(
    { kind, number }: KindView,
    record: LogRecord,
    plan: Plan,
    values: unknown[] | undefined,
    fragment: Fragment | undefined,
  ) {
    this.kind = kind;
    this.number = number;
    this.record = record;
    this.plan = plan;
    this.values = values;
    this.fragment = fragment;
  }
}

/** What a kind does not have is undefined. */
for (const name of new Set(KINDS.flatMap(({ names }) => names))) {
  const places = KINDS.map(({ names }) => names.indexOf(name));
  Object.defineProperty(EventView.prototype, name, {
    enumerable: true,
    get(this: EventView) {
      const place = places[this.number]!;
      if (place < 0) return undefined;
      this.values ??= new Array(KINDS[this.number]!.names.length).fill(UNREAD);
      const value = this.values[place];
      if (value !== UNREAD) return value;
      const read = this.plan[place]!(this.record);
      this.values[place] = read;
      return read;
    },
  });
}

function readerOf(name: string, sort: Sort, slot: unknown): Reader<unknown> {
  if (typeof slot === "function") return slot as Reader<unknown>;
  if (slot === undefined) return DEFAULTS[name] ?? SORT_DEFAULT[sort];
  return sort === "field" ? (record) => record.get(slot as string) : () => slot;
}

/** Compiles a table of field slots into a maker of lazy events. */
export function defineEvent<K extends EventKind>(kind: K, slots: Slots<K>): EventFactory<K> {
  const view = VIEWS[kind];
  const table = slots as Readonly<Record<string, unknown>>;
  const plan = view.names.map((name, index) => readerOf(name, view.sorts[index]!, table[name]));
  const make = (record: LogRecord, known?: Known<K>, fragment?: Fragment): EventOf<K> =>
    new EventView(view, record, plan, known && seeded(view.names, known), fragment) as unknown as EventOf<K>;
  return Object.assign(make, { kind });
}

function seeded(names: readonly string[], known: Readonly<Record<string, unknown>>): unknown[] {
  return names.map((name) => (name in known ? known[name] : UNREAD));
}

/** Property names of a kind, base properties first, without `kind` and `record`. */
export function propertiesOf(kind: EventKind): readonly string[] {
  return VIEWS[kind].names;
}

/** An event from values alone; what `values` lacks is undefined. */
export function eventOf(
  kind: EventKind,
  record: LogRecord,
  values: Readonly<Record<string, unknown>>,
  fragment?: Fragment,
): Event {
  const view = VIEWS[kind];
  const all = view.names.map((name, index) => values[name] ?? SORT_DEFAULT[view.sorts[index]!](record));
  return new EventView(view, record, NO_PLAN, all, fragment) as unknown as Event;
}

/** All values of an event, in the order of `propertiesOf`; what was not read yet is read. */
export function valuesOf(event: Event): readonly unknown[] {
  const view = event as unknown as EventView;
  const { record, plan } = view;
  view.values ??= new Array(KINDS[view.number]!.names.length).fill(UNREAD);
  const { values } = view;
  for (let i = 0; i < values.length; i++) if (values[i] === UNREAD) values[i] = plan[i]!(record);
  return values;
}

/** An event of which `values` holds all, in the order of `propertiesOf`. */
export function eventWith(kind: EventKind, record: LogRecord, values: unknown[], fragment?: Fragment): Event {
  return new EventView(VIEWS[kind], record, NO_PLAN, values, fragment) as unknown as Event;
}

/** Which properties of a kind name a process, in the order of `propertiesOf`. */
export function processesOf(kind: EventKind): readonly boolean[] {
  return VIEWS[kind].sorts.map((sort) => sort === "process");
}

/** The same event, whole, with another text. */
export function withText(event: CommandExecution, text: string): CommandExecution {
  const { record, plan, values } = event as unknown as EventView;
  const view = VIEWS.commandExecution;
  const { names } = view;
  const seed = values ? [...values] : new Array<unknown>(names.length).fill(UNREAD);
  seed[names.indexOf("text")] = text;
  return new EventView(view, record, plan, seed, undefined) as unknown as CommandExecution;
}
