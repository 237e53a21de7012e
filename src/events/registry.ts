import type { Event, EventKind } from "../model/event.ts";
import type { LogRecord, Shape } from "../model/record.ts";
import { sources as ecs } from "./ecs/index.ts";
import { sources as linux } from "./linux/index.ts";
import type { LogSource, SourceFactory } from "./source.ts";
import { providerOf } from "./windows/channel.ts";
import { sources as windows } from "./windows/index.ts";

/** Turns records into events, for those who subscribed to some kinds. */
export interface Understander {
  /**
   * Whether a record of this provider and id may become a wanted event; what is not known counts as may be. Ids belong to
   * providers of the Windows event log: records of other shapes are told apart by their fields only. With the shape the
   * answer is sharper, as a provider that no source names cannot be of another shape then.
   */
  wants(provider: string | undefined, eventId: number | undefined, shape?: Shape): boolean;
  /** The wanted events of one record; never throws. Sources that join records may answer later. */
  understand(record: LogRecord): readonly Event[];
  /** The input has ended: events that still waited for a further record. */
  end(): readonly Event[];
}

/** Every log source there is. */
export const SOURCES: readonly (LogSource | SourceFactory)[] = [...windows, ...ecs, ...linux];

const NONE: readonly Event[] = Object.freeze([]);
/** Spellings of providers that are remembered; a log that makes up names shall not fill the memory. */
const MAX_SPELLINGS = 1024;

/** Sources of the Windows event log by provider in lower case and event id; of other shapes by shape. */
interface Table {
  readonly windows: Map<string, Map<number, LogSource[]>>;
  readonly shapes: Map<Shape, LogSource[]>;
}

function compile(sources: readonly LogSource[]): Table {
  const table: Table = { windows: new Map(), shapes: new Map() };
  for (const source of sources) {
    const { provider, eventIds, shape } = source;
    if (shape !== "winevent" || provider === undefined || eventIds === undefined) {
      getOrAdd(table.shapes, shape, () => []).push(source);
      continue;
    }
    const ids = getOrAdd(table.windows, provider, () => new Map<number, LogSource[]>());
    for (const id of eventIds) getOrAdd(ids, id, () => []).push(source);
  }
  return table;
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

/** Lower case of provider names, of which a log has few. */
function createSpelling(): (provider: string) => string {
  const known = new Map<string, string>();
  return (provider) =>
    known.size < MAX_SPELLINGS
      ? getOrAdd(known, provider, () => provider.toLowerCase())
      : (known.get(provider) ?? provider.toLowerCase());
}

/** `kinds` are those that somebody subscribes to; absent: all. */
export function createUnderstander(options: { readonly kinds?: ReadonlySet<EventKind> } = {}): Understander {
  const { kinds } = options;
  const isWanted = (kind: EventKind) => kinds === undefined || kinds.has(kind);
  const sources = instances().filter((source) => source.kinds.some(isWanted));
  const { windows, shapes } = compile(sources);
  const windowsIds = new Set([...windows.values()].flatMap((ids) => [...ids.keys()]));
  const lower = createSpelling();

  const append = (all: Event[], some: Event | readonly Event[] | undefined): void => {
    if (some === undefined) return;
    for (const event of isMany(some) ? some : [some]) if (isWanted(event.kind)) all.push(event);
  };

  const candidatesFor = (record: LogRecord): readonly LogSource[] | undefined => {
    if (record.shape !== "winevent") return shapes.get(record.shape);
    return windows.get(lower(providerOf(record)))?.get(record.eventId ?? -1);
  };

  const isFor = (source: LogSource, record: LogRecord): boolean =>
    (record.shape === "winevent" ||
      source.provider === undefined ||
      source.provider === lower(record.provider ?? "")) &&
    (source.accepts === undefined || source.accepts(record));

  return {
    wants(provider, eventId, shape) {
      if (shape !== undefined && shape !== "winevent") return shapes.has(shape);
      const isOther = shape === undefined && shapes.size > 0;
      if (eventId === undefined) return isOther;
      if (provider === undefined || provider === "") return isOther || windowsIds.has(eventId);
      return windows.get(lower(provider))?.has(eventId) ?? isOther;
    },
    understand(record) {
      const candidates = candidatesFor(record);
      if (candidates === undefined) return NONE;
      const all: Event[] = [];
      for (const source of candidates) if (isFor(source, record)) append(all, source.understand(record));
      return all;
    },
    end() {
      const all: Event[] = [];
      for (const source of sources) append(all, source.end?.());
      return all;
    },
  };
}

/** One of every source; those that keep state are new. */
export function instances(): readonly LogSource[] {
  return SOURCES.map((source) => (typeof source === "function" ? source() : source));
}

function isMany(some: Event | readonly Event[]): some is readonly Event[] {
  return Array.isArray(some);
}
