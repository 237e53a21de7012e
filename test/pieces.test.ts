import { afterAll, expect, it } from "vitest";
import { createDetector, type Detector } from "../src/correlate/detector.ts";
import type { DetectorState } from "../src/correlate/snapshot.ts";
import { fromPlain, type PlainEvent, toPlain } from "../src/events/plain.ts";
import { createUnderstander } from "../src/events/registry.ts";
import type { Finding } from "../src/model/finding.ts";
import { readInputs } from "../src/pipeline/inputs/read-inputs.ts";
import { EventSorter } from "../src/pipeline/sort.ts";
import { testCatalog } from "./support/events.ts";

const FOLDER = "examples/telemetry/attack";
const sorters: EventSorter[] = [];
afterAll(() => {
  for (const one of sorters) one.close();
});

/** All events of the examples, in the order in which their files stand there. */
async function read(): Promise<PlainEvent[]> {
  const events: PlainEvent[] = [];
  const understander = createUnderstander();
  const add = (event: Parameters<typeof toPlain>[0]) => void events.push(toPlain(event));
  await readInputs(
    [FOLDER],
    { wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape) },
    (record) => understander.understand(record).forEach(add),
    () => undefined,
    () => undefined,
  );
  understander.end().forEach(add);
  return events;
}

/** Findings of events that come in any order, with the state saved and taken up again at every `piece`. */
function find(events: readonly PlainEvent[], piece: number): readonly Finding[] {
  const sorter = new EventSorter();
  sorters.push(sorter);
  for (const event of events) sorter.add(fromPlain(event));
  const make = (): Detector => createDetector({ catalog: testCatalog(), minLevel: "informational" });
  let detector = make();
  const findings: Finding[] = [];
  let count = 0;
  for (const event of sorter.sorted()) {
    if (++count % piece === 0) {
      const state = JSON.parse(JSON.stringify(detector.snapshot())) as DetectorState;
      detector = make();
      detector.restore(state);
    }
    findings.push(...detector.push(event));
  }
  findings.push(...detector.end());
  return findings.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.source.index - b.source.index));
}

it("finds the same in the examples whatever order they come in, in one run and in pieces", async () => {
  const events = await read();
  const whole = find(events, Number.POSITIVE_INFINITY);
  expect(whole.length).toBeGreaterThan(10);
  expect(find(events.toReversed(), Number.POSITIVE_INFINITY)).toEqual(whole);
  // Every other event first, and the rest of them after.
  const mixed = [...events.filter((_, at) => at % 2), ...events.filter((_, at) => at % 2 === 0)];
  expect(find(mixed, Math.max(7, Math.floor(events.length / 23)))).toEqual(whole);
}, 60_000);
