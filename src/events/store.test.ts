import fc from "fast-check";
import { expect, it } from "vitest";
import { fakeRecord } from "../../test/support/record.ts";
import { DATA_COMPONENT, type Event, type EventKind } from "../model/event.ts";
import { eventOf, propertiesOf } from "./define.ts";
import { fromPlain, toPlain } from "./plain.ts";
import { EventStore } from "./store.ts";
import { Translation } from "./values.ts";

const text = fc.oneof(fc.constantFrom("", "-", "C:\\Windows\\explorer.exe", "\ud800 lone"), fc.string());
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true }), fc.constantFrom(0, 2 ** 30, 2 ** 40, -1));
const value = fc.oneof(text, number, fc.boolean(), fc.array(text, { maxLength: 3 }), fc.dictionary(text, text));
const process = fc.record({ key: text, pid: fc.nat(), image: text }, { requiredKeys: [] });

/** An event of any kind, each property there or not. */
const event = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(DATA_COMPONENT) as EventKind[])),
    values: fc.array(fc.option(value, { nil: undefined }), { minLength: 20, maxLength: 20 }),
    processes: fc.array(fc.option(process, { nil: undefined }), { minLength: 3, maxLength: 3 }),
    time: fc.option(fc.double({ noNaN: true }), { nil: undefined }),
    host: fc.option(text, { nil: undefined }),
    index: fc.nat(),
    channel: fc.option(text, { nil: undefined }),
  })
  .map(({ kind, values, processes, time, host, index, channel }): Event => {
    const record = { ...fakeRecord("winevent", "P", 4104, {}), index, channel, host, time };
    const all = Object.fromEntries(propertiesOf(kind).map((name, i) => [name, values[i]]));
    const [own, parent, target] = processes;
    const refs = { process: own, ...("parent" in all && { parent }), ...(kind === "osApiExecution" && { target }) };
    return eventOf(
      kind,
      record as never,
      { ...all, ...refs, time, host },
      index % 3 ? undefined : { id: "x", number: 1, total: 2 },
    );
  });

const plain = (one: Event) => JSON.parse(JSON.stringify(toPlain(one)));
/** What JSON and back leaves of it. */
const settled = (one: Event) => plain(fromPlain(plain(one)));

it("gives every event back as it was", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), (events) => {
      const store = new EventStore();
      const places = events.map((one) => store.add(one));
      expect(places.map((at) => settled(store.at(at)))).toEqual(events.map(settled));
      for (const [i, at] of places.entries()) {
        const { kind, time, host, record } = events[i]!;
        expect(store.keys(at)).toEqual({ kind, time, host, file: record.file, index: record.index });
        expect(store.after(at)).toBe(places[i + 1] ?? store.end);
      }
    }),
  );
});

it("gives them back from what is written to disk, and from another store", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), fc.boolean(), (events, isOnly) => {
      const store = new EventStore();
      for (const one of events) store.add(one);
      const { words, values } = store;
      const [texts, others] = JSON.parse(JSON.stringify([values.texts, values.others]));
      const read = new EventStore({ words: words.slice(), texts, others });
      const other = new EventStore();
      other.add(filled().at(0));
      const translation = new Translation(values, other.values, isOnly);
      for (let at = 0, i = 0; at < store.end; at = store.after(at), i++) {
        expect(settled(read.at(at))).toEqual(settled(events[i]!));
        expect(settled(other.at(other.copy(words, at, translation.word)))).toEqual(settled(events[i]!));
      }
    }),
  );
});

function filled(): EventStore {
  const store = new EventStore();
  store.add(eventOf("runKey", fakeRecord("artefact", "P", 1, {}), {}));
  return store;
}

it("keeps a text once", () => {
  const store = new EventStore();
  const one = eventOf("runKey", fakeRecord("artefact", "P", 1, {}), { name: "x".repeat(10_000) });
  store.add(one);
  const { size } = store;
  for (let i = 0; i < 100; i++) store.add(one);
  expect(store.size - size).toBeLessThan(12_000);
});
