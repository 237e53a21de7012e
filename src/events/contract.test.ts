import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeRecord } from "../../test/support/record.ts";
import type { Event } from "../model/event.ts";
import type { LogRecord } from "../model/record.ts";
import { propertiesOf } from "./define.ts";
import { fromPlain, toPlain } from "./plain.ts";
import { SOURCES } from "./registry.ts";
import type { LogSource } from "./source.ts";

/** What every log source keeps, whatever the record holds. */
function eventsOf(source: LogSource, record: LogRecord): readonly Event[] {
  if (source.accepts !== undefined && !source.accepts(record)) return [];
  const some = source.understand(record);
  if (some === undefined) return [];
  return Array.isArray(some) ? (some as readonly Event[]) : [some as Event];
}

const idsOf = (source: LogSource) => source.eventIds ?? [undefined];

/** Properties whose value is the source's own word, not the log's. */
const WORDS = new Set([
  "platform",
  "action",
  "api",
  "dialect",
  "product",
  "decision",
  "origin",
  "initiated",
  "startup",
  "built",
]);

/** A record without fields; a few sources need one to say that the record is theirs at all. */
const MARKS: Readonly<Record<string, Record<string, string>>> = {
  ecs: { "event.category": "process", "event.type": "start" },
  mde: { ActionType: "ProcessCreated" },
  ocsf: { class_uid: "1007", activity_id: "1" },
  mapped: { kind: "processCreation" },
};

describe.each(SOURCES)("$id", (source) => {
  it("keeps absent fields absent", () => {
    for (const eventId of idsOf(source)) {
      const bare = { time: undefined, host: undefined, recordId: undefined };
      const record = fakeRecord(source.shape, source.provider, eventId, MARKS[source.id] ?? {}, bare);
      for (const event of eventsOf(source, record)) {
        const { values } = toPlain(event);
        const said = Object.entries(values).filter(([name, value]) => !WORDS.has(name) && !isEmpty(value));
        expect(said, `${eventId}`).toEqual([]);
      }
    }
  });

  it("bears any value, gives only its own kinds, and survives the way through JSON", () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom("", "-", "?", "0x10", "12", "true", "%%1936", "[", '{"a":', "\\REGISTRY\\MACHINE", "a=b", "\r\n"),
      fc.constantFrom("<Exec><Command>", "process", "ProcessCreated", "1007", "1", "CmdLine:_x; file:_y", "http://"),
    );
    const fields = fc.func(fc.option(value, { nil: undefined }));
    const lists = fc.func(fc.option(fc.array(value, { maxLength: 3 }), { nil: undefined }));
    fc.assert(
      fc.property(fields, lists, fc.constantFrom(...idsOf(source)), (get, list, eventId) => {
        const record = { ...fakeRecord(source.shape, source.provider, eventId, {}), get, list };
        for (const event of eventsOf(source, record)) {
          expect(source.kinds).toContain(event.kind);
          const plain = toPlain(event);
          expect(Object.keys(plain.values).every((name) => propertiesOf(event.kind).includes(name))).toBe(true);
          expect(JSON.stringify(plain)).not.toContain("undefined");
          const copy = JSON.parse(JSON.stringify(plain));
          expect(toPlain(fromPlain(copy))).toEqual(copy);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** A reference to no process, and a list or text of nothing. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
