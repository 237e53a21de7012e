import type { Event } from "../model/event.ts";
import type { EventRef, Related, RelatedRole } from "../model/finding.ts";
import type { Mutable } from "../model/mutable.ts";
import type { Source } from "../model/record.ts";

/** Where an event stands, as findings cite it. */
export function sourceOf({ record }: Event): Source {
  const { recordId, eventId, channel } = record;
  const source = { file: record.file } as Mutable<Source>;
  if (recordId !== undefined) source.recordId = recordId;
  source.index = record.index;
  if (eventId !== undefined) source.eventId = eventId;
  if (channel !== undefined) source.channel = channel;
  return source;
}

/** Whether two places hold one record: the same place, or copies of a log in two files. */
export function isSameRecord(source: Source, time: number | undefined, { record, time: other }: Event): boolean {
  if (source.index === record.index && source.file === record.file) return true;
  if (time !== other) return false;
  const { recordId, channel } = source;
  return recordId !== undefined && recordId === record.recordId && channel === record.channel;
}

/** What a record goes by among those of its host: the same in every copy of its log where that numbers them. */
export function recordKey({ record, time }: Event): string {
  const { recordId, channel, file, index } = record;
  return recordId === undefined ? `${file}#${index}` : `${channel}|${recordId}|${time}`;
}

export function refOf({ file, index, recordId }: Source): EventRef {
  return recordId === undefined ? { file, index } : { file, recordId, index };
}

export function relatedTo(source: Source, role: RelatedRole): Related {
  const { file, index, recordId } = source;
  return recordId === undefined ? { file, index, role } : { file, index, recordId, role };
}
