import { createUnderstander } from "../events/registry.ts";
import type { Format, FormatReader } from "../formats/format.ts";
import type { Mapping } from "../formats/mapping.ts";
import { formatsWith } from "../formats/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { EventKind } from "../model/event.ts";
import { given } from "../model/given.ts";
import type { LogRecord, RecordSink, Shape } from "../model/record.ts";
import type { InputSummary } from "./inputs/options.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import { walk } from "./inputs/walk.ts";

/** Records of a file that are looked at. */
const LOOKED_AT = 1000;
/** Sources of records that are not understood, and fields of a record: so many are named. */
const NAMED = 12;

/** Under this the sources that are too many to be named are counted. */
const OTHERS = "others";

/** What the first record says about itself. */
export interface FirstRecord {
  readonly shape: Shape;
  readonly provider?: string;
  readonly eventId?: number;
  readonly channel?: string;
  readonly host?: string;
  /** RFC 3339, UTC. */
  readonly time?: string;
  /** Event kinds that it is understood as. */
  readonly kinds: readonly EventKind[];
  readonly fields: readonly string[];
}

/** What one file, or one member of an archive, is taken for. */
export interface Probe {
  readonly file: string;
  /** Name of the format or container; absent where none fits. */
  readonly format?: string;
  readonly bytes: number;
  /** Records looked at, of which `damaged` could not be read. */
  readonly records: number;
  readonly damaged: number;
  /** True where the file was not looked at to its end. */
  readonly more: boolean;
  readonly first?: FirstRecord;
  /** Events that the records are understood as. */
  readonly events: Readonly<Partial<Record<EventKind, number>>>;
  /** Records without a meaning here, by provider and event id. */
  readonly notUnderstood: Readonly<Record<string, number>>;
  readonly reason?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Says of each file below these paths what it is taken for, from its first records. */
export async function* probe(
  paths: readonly string[],
  options: { readonly mapping?: Mapping; readonly stdin?: AsyncIterable<Uint8Array> },
): AsyncGenerator<Probe> {
  const formats = formatsWith(options.mapping);
  for (const found of walk(paths)) {
    if (found.kind === "problem") {
      const { code, message, name: file } = found;
      yield { ...new Look(file).result({ reason: message }), diagnostics: [{ code, message, file }] };
    } else yield* await probeOne(found.name, formats, options.stdin);
  }
}

async function probeOne(
  path: string,
  formats: readonly Format[],
  stdin: AsyncIterable<Uint8Array> | undefined,
): Promise<readonly Probe[]> {
  const looks = new Map<string, Look>();
  const lookAt = (file: string): Look => {
    const look = looks.get(file) ?? new Look(file);
    looks.set(file, look);
    return look;
  };
  const enough = new AbortController();
  const results: Probe[] = [];
  await readInputs(
    [path],
    {
      formats: formats.map((format) => briefly(format, lookAt, (file) => file === path && enough.abort())),
      signal: enough.signal,
      ...(stdin && { stdin }),
    },
    (record) => lookAt(record.file).record(record),
    (diagnostic) => lookAt(diagnostic.file).diagnostic(diagnostic),
    (input) => results.push(lookAt(input.file).result(input)),
  );
  return results;
}

/** The format, read up to so many records: what follows is passed over. */
function briefly(format: Format, lookAt: (file: string) => Look, onEnough: (file: string) => void): Format {
  return {
    ...format,
    sniff: (head, name) => format.sniff(head, name),
    open(context, sink) {
      const look = lookAt(context.file);
      const inner = format.open(context, look.limited(sink));
      const reader: FormatReader = {
        push(block) {
          if (look.more) return;
          inner.push(block);
          if (!look.full) return;
          look.more = true;
          inner.end();
          onEnough(context.file);
        },
        end: () => {
          if (!look.more) inner.end();
        },
      };
      return reader;
    },
  };
}

class Look {
  readonly #file: string;
  readonly #understander = createUnderstander({ joins: false });
  readonly #events: Partial<Record<EventKind, number>> = {};
  readonly #notUnderstood = new Map<string, number>();
  readonly #diagnostics: Diagnostic[] = [];
  #first: FirstRecord | undefined;
  #records = 0;
  #damaged = 0;
  /** True once reading was stopped before the end. */
  more = false;

  constructor(file: string) {
    this.#file = file;
  }

  get full(): boolean {
    return this.#records + this.#damaged >= LOOKED_AT;
  }

  /** Lets through as much as is looked at; that no record has a known shape is said at the end, and matters still. */
  limited(sink: RecordSink): RecordSink {
    return {
      record: (record) => {
        if (!this.full) sink.record(record);
      },
      diagnostic: (diagnostic, counts) => {
        if (this.full && diagnostic.code !== "json/unknown-shape") return;
        if (counts) this.#damaged += 1;
        sink.diagnostic(diagnostic, counts);
      },
    };
  }

  record(record: LogRecord): void {
    this.#records += 1;
    const kinds = this.#understander.understand(record).map(({ kind }) => kind);
    this.#first ??= firstOf(record, kinds);
    for (const kind of kinds) this.#events[kind] = (this.#events[kind] ?? 0) + 1;
    if (kinds.length === 0) {
      const source = [record.provider ?? (record.shape === "mapped" ? "unknown shape" : record.shape), record.eventId]
        .filter((part) => part !== undefined)
        .join(" ");
      const isNamed = this.#notUnderstood.size < NAMED || this.#notUnderstood.has(source);
      const name = isNamed ? source : OTHERS;
      this.#notUnderstood.set(name, (this.#notUnderstood.get(name) ?? 0) + 1);
    }
  }

  diagnostic(diagnostic: Diagnostic): void {
    if (this.#diagnostics.length < NAMED) this.#diagnostics.push(diagnostic);
  }

  result({ bytes = 0, format, reason }: Partial<InputSummary>): Probe {
    return {
      file: this.#file,
      ...(format !== undefined && { format }),
      bytes,
      records: this.#records,
      damaged: this.#damaged,
      more: this.more,
      ...(this.#first && { first: this.#first }),
      events: this.#events,
      notUnderstood: Object.fromEntries(this.#notUnderstood),
      ...(reason !== undefined && !this.more && { reason }),
      diagnostics: this.#diagnostics,
    };
  }
}

function firstOf(record: LogRecord, kinds: readonly EventKind[]): FirstRecord {
  const { shape, provider, eventId, channel, host, time } = record;
  const isDate = time !== undefined && Math.abs(time) <= 8.64e15;
  return given({
    shape,
    provider,
    eventId,
    channel,
    host,
    time: isDate ? new Date(time).toISOString() : undefined,
    kinds: [...new Set(kinds)],
    fields: record.names().slice(0, NAMED),
  });
}
