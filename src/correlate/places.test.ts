import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anEvent } from "../../test/support/events.ts";
import type { Event } from "../model/event.ts";
import type { Pending } from "./pending.ts";
import { Places } from "./places.ts";
import { isSameRecord, sourceOf } from "./refs.ts";

const few = fc.nat({ max: 2 });

const record = fc.record({
  file: fc.constantFrom("a.evtx", "b.evtx"),
  index: few,
  recordId: fc.option(few, { nil: undefined }),
  channel: fc.constantFrom("Security", "System"),
});
const event = fc.record({ at: few, record }).map(({ at, record }) => anEvent("runKey", at, {}, record));
const behaviour = fc.constantFrom("windows/kiwi/run", "windows/kiwi/copy");

/** Only what is asked of a finding here. */
const pendingOf = (event: Event, id: string) =>
  ({
    subject: { source: sourceOf(event), time: event.time },
    component: event.record.channel === "System" ? "commandExecution" : "processCreation",
    judgement: { behaviour: { id } },
  }) as Pending;

const finding = fc.tuple(event, behaviour).map(([event, id]) => pendingOf(event, id));

describe("findings by the records behind them", () => {
  it("are those that looking through all finds", () => {
    const firstIsFirst = fc.property(
      fc.array(fc.tuple(finding, fc.boolean())),
      fc.array(finding),
      event,
      behaviour,
      (before, after, asked, id) => {
        const places = new Places();
        for (const [one] of before) places.add(one);
        for (const [one, isOver] of before) if (isOver) places.delete(one);
        for (const one of after) places.add(one);
        const all = [...before.filter(([, isOver]) => !isOver).map(([one]) => one), ...after];
        const isIt = ({ subject: { source, time }, judgement }: Pending) =>
          judgement.behaviour.id === id && isSameRecord(source, time, asked);
        expect(places.first(asked, id, all)).toBe(all.find(isIt));
        for (const kind of ["commandExecution", "processCreation", "runKey"] as const)
          expect(places.of(kind)).toEqual(all.filter(({ component }) => component === kind));
      },
    );
    fc.assert(firstIsFirst, { numRuns: 1_000 });
  });

  it("are forgotten with them", () => {
    const allGo = fc.property(fc.array(finding), (all) => {
      const places = new Places();
      for (const one of all) places.add(one);
      for (const one of all) places.delete(one);
      expect(places.size).toBe(0);
    });
    fc.assert(allGo);
  });
});
