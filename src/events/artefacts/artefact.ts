import type { Event, EventKind } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { LogSource } from "../source.ts";

/** A log source of one kind of artefact; `provider` is the kind, as its format writes it. */
export function artefact(
  provider: string,
  kinds: readonly EventKind[],
  understand: (record: LogRecord) => Event | readonly Event[] | undefined,
): LogSource {
  return { id: `artefacts/${provider}`, shape: "artefact", provider, kinds, understand };
}

/** The last of the values of a key, which is the one that counts; undefined where it is absent or empty. */
export function last(record: LogRecord, name: string): string | undefined {
  return record.list(name)?.at(-1) || undefined;
}

/** The name of the file that a record stands in, without folders. */
export function fileName(record: LogRecord): string {
  const { file } = record;
  return file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\"), file.lastIndexOf("!")) + 1);
}
