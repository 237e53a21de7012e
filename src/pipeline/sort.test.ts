import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { expect, it } from "vitest";
import { eventOf } from "../events/define.ts";
import type { Event } from "../model/event.ts";
import type { LogRecord } from "../model/record.ts";
import { EventSorter } from "./sort.ts";

const event = fc
  .record({
    host: fc.constantFrom("A", "a.example.net", "B", undefined),
    time: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    file: fc.constantFrom("x", "y"),
    index: fc.nat(30),
    commandLine: fc.string(),
  })
  .map(({ host, time, file, index, commandLine }): Event => {
    const record = { shape: "ecs", file, index, host, time } as unknown as LogRecord;
    return eventOf("processCreation", record, { host, time, commandLine, platform: "linux" });
  });

function sorted(events: readonly Event[], limit?: number): string[] {
  const sorter = new EventSorter(limit);
  try {
    for (const one of events) sorter.add(one);
    return [...sorter.sorted()].map((one) => {
      const { host, time, record } = one;
      const line = one.kind === "processCreation" && one.commandLine;
      return JSON.stringify([host?.split(".")[0]?.toLowerCase() ?? "", time ?? null, record.file, record.index, line]);
    });
  } finally {
    sorter.close();
  }
}

it("sorts alike in memory and on disk, whatever comes first", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const distinct = [...new Map(events.map((one) => [`${one.record.file}#${one.record.index}`, one])).values()];
      const order = sorted(distinct);
      expect(sorted(distinct, 2000)).toEqual(order);
      expect(sorted([...distinct].reverse(), 5000)).toEqual(order);
    }),
    { numRuns: 50 },
  );
});

it("leaves nothing on disk", () => {
  const before = new Set(readdirSync(tmpdir()));
  const sorter = new EventSorter(1);
  sorter.add(fc.sample(event, 1)[0]!);
  const made = readdirSync(tmpdir()).filter((name) => name.startsWith("whatran-") && !before.has(name));
  expect([...sorter.sorted()]).toHaveLength(1);
  sorter.close();
  expect(made.length).toBeGreaterThan(0);
  // Other tests make folders of that name meanwhile; this one's is gone.
  expect(made.some((name) => !existsSync(`${tmpdir()}/${name}`))).toBe(true);
});
