import type { Event, EventKind } from "../model/event.ts";
import type { LogRecord, Shape } from "../model/record.ts";
import { sources as artefacts } from "./artefacts/index.ts";
import { sources as ecs } from "./ecs/index.ts";
import { createFragmentJoiner, fragmentOf } from "./fragment.ts";
import { sources as linux } from "./linux/index.ts";
import { sources as mapped } from "./mapped.ts";
import { sources as mde } from "./mde/index.ts";
import { sources as ocsf } from "./ocsf/index.ts";
import type { LogSource } from "./source.ts";
import { providerOf } from "./windows/channel.ts";
import { sources as windows } from "./windows/index.ts";

/** Every log source there is. */
export const SOURCES: readonly LogSource[] = [...windows, ...linux, ...ecs, ...mde, ...ocsf, ...mapped, ...artefacts];

/** Turns records into events, for those who subscribed to some kinds. */
export interface Understander {
  /**
   * Whether a record of this provider and id may become a wanted event; what is not known counts as may be. Ids belong to
   * providers of the Windows event log: records of other shapes are told apart by their fields only. With the shape the
   * answer is sharper, as a provider that no source names cannot be of another shape then.
   */
  wants(provider: string | undefined, eventId: number | undefined, shape?: Shape): boolean;
  /** The wanted events of one record; never throws. Where fragments are joined some answers come later. */
  understand(record: LogRecord): readonly Event[];
  /** The input has ended: events that still waited for a further fragment. */
  end(): readonly Event[];
}

export interface UnderstanderOptions {
  /** What somebody subscribes to; absent: all. */
  readonly kinds?: ReadonlySet<EventKind>;
  /** False for a worker that sees a part of a log only: fragments stay apart, for a joiner that sees all of it. */
  readonly joins?: boolean;
}

const NONE: readonly Event[] = Object.freeze([]);
/** Spellings of providers that are remembered; a log that makes up names shall not fill the memory. */
const MAX_SPELLINGS = 1024;

/** What is asked of a source for each record. Sources are put together in many ways, and objects of as many shapes would be slow to ask. */
interface Asked {
  readonly provider: string | undefined;
  readonly accepts: LogSource["accepts"] | undefined;
  readonly understand: LogSource["understand"];
}

/** Sources of the Windows event log by provider in lower case and event id; of other shapes by shape. */
interface Table {
  readonly windows: Map<string, Map<number, Asked[]>>;
  /** Providers whose records tell by their fields what they are, whatever their ids. */
  readonly anyId: Map<string, Asked[]>;
  readonly shapes: Map<Shape, Asked[]>;
}

function compile(sources: readonly LogSource[]): Table {
  const table: Table = { windows: new Map(), anyId: new Map(), shapes: new Map() };
  for (const { provider, eventIds, shape, accepts, understand } of sources) {
    const source: Asked = { provider, accepts, understand };
    if (shape !== "winevent" || provider === undefined) {
      getOrAdd(table.shapes, shape, () => []).push(source);
      continue;
    }
    if (eventIds === undefined) {
      getOrAdd(table.anyId, provider, () => []).push(source);
      continue;
    }
    const ids = getOrAdd(table.windows, provider, () => new Map<number, Asked[]>());
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
  return (provider) => {
    const found = known.get(provider);
    if (found !== undefined) return found;
    const lower = provider.toLowerCase();
    if (known.size < MAX_SPELLINGS) known.set(provider, lower);
    return lower;
  };
}

export function createUnderstander({ kinds, joins = true }: UnderstanderOptions = {}): Understander {
  const isWanted = (kind: EventKind) => kinds === undefined || kinds.has(kind);
  const { windows, anyId, shapes } = compile(SOURCES.filter((source) => source.kinds.some(isWanted)));
  const windowsIds = new Set([...windows.values()].flatMap((ids) => [...ids.keys()]));
  const lower = createSpelling();
  const joiner = joins ? createFragmentJoiner() : undefined;

  const candidatesFor = (record: LogRecord): readonly Asked[] | undefined => {
    if (record.shape !== "winevent") return shapes.get(record.shape);
    const provider = lower(providerOf(record));
    return windows.get(provider)?.get(record.eventId ?? -1) ?? anyId.get(provider);
  };

  const isFor = (source: Asked, record: LogRecord): boolean =>
    (record.shape === "winevent" ||
      source.provider === undefined ||
      source.provider === lower(record.provider ?? "")) &&
    (source.accepts === undefined || source.accepts(record));

  const appended = (all: readonly Event[], event: Event): readonly Event[] => {
    if (!isWanted(event.kind)) return all;
    // To push would make room for many, and nearly all records are one event.
    if (joiner === undefined || fragmentOf(event) === undefined) return all.length === 0 ? [event] : [...all, event];
    return [...all, ...joiner.push(event)];
  };

  return {
    wants(provider, eventId, shape) {
      if (shape !== undefined && shape !== "winevent") return shapes.has(shape);
      const isOther = shape === undefined && shapes.size > 0;
      if (eventId === undefined) return isOther;
      if (provider === undefined || provider === "") return isOther || windowsIds.has(eventId);
      const name = lower(provider);
      return anyId.has(name) || (windows.get(name)?.has(eventId) ?? isOther);
    },
    understand(record) {
      const candidates = candidatesFor(record);
      if (candidates === undefined) return NONE;
      let all = NONE;
      for (const source of candidates) {
        const some = isFor(source, record) ? source.understand(record) : undefined;
        if (isMany(some)) for (const event of some) all = appended(all, event);
        else if (some !== undefined) all = appended(all, some);
      }
      return all;
    },
    end: () => joiner?.end() ?? NONE,
  };
}

function isMany(some: Event | readonly Event[] | undefined): some is readonly Event[] {
  return Array.isArray(some);
}
