import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACROSS } from "../../test/support/chains/across.ts";
import { ARRIVALS } from "../../test/support/chains/arrivals.ts";
import { OWN } from "../../test/support/chains/own.ts";
import { STRATEGIES } from "../../test/support/chains/strategies.ts";
import { anEvent, testCatalog } from "../../test/support/events.ts";
import { ORDINARY, PROXIES } from "../../test/support/proxies.ts";
import { fromPlain, toPlain } from "../events/plain.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { createDetector, type Detector } from "./detector.ts";
import { before } from "./order.ts";
import type { DetectorState } from "./snapshot.ts";

const CASES = [
  ...[...STRATEGIES, ...ACROSS, ...OWN, ...ARRIVALS].flatMap(({ fires, silent }) => [fires, silent]),
  ...[...PROXIES, ...ORDINARY].map(({ events }) => events),
];
const make = (lateness = 0): Detector =>
  createDetector({ catalog: testCatalog(), minLevel: "informational", lateness });

/** Stories of a few hosts, in the order of time, each at its own hour; the processes of each have keys of their own. */
function weave(picks: readonly (readonly [number, number])[]): Event[] {
  const events = picks.flatMap(([which, hour], turn) =>
    (CASES[which % CASES.length] as readonly Event[]).map((event, index) => {
      const { kind, record, values } = toPlain(event);
      const text = JSON.stringify(values).replaceAll('"id:', `"id:${turn}-`);
      const own = JSON.parse(text) as Record<string, unknown>;
      const time = (values.time as number) + hour * 7000;
      const moved = { ...own, time, host: `PC${turn % 2}` };
      return fromPlain({ kind, record: { ...record, index: turn * 100 + index }, values: moved });
    }),
  );
  return events.toSorted(before);
}

const picks = fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { minLength: 1, maxLength: 8 });
const sorted = (findings: readonly Finding[]) => findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const run = (detector: Detector, events: readonly Event[]) => events.flatMap((event) => detector.push(event));
const whole = (events: readonly Event[], lateness = 0) => {
  const detector = make(lateness);
  return sorted([...run(detector, events), ...detector.end()]);
};

describe("a detector", () => {
  it("finds the same in one run and in pieces", () => {
    const cuts = fc.array(fc.nat(60), { maxLength: 4 });
    fc.assert(
      fc.property(picks, cuts, fc.constantFrom(0, 30_000), (chosen, at, lateness) => {
        const events = weave(chosen);
        let detector = make(lateness);
        const findings: Finding[] = [];
        events.forEach((event, index) => {
          if (at.includes(index)) {
            const state = JSON.parse(JSON.stringify(detector.snapshot())) as DetectorState;
            detector = make(lateness);
            detector.restore(state);
          }
          findings.push(...detector.push(event));
        });
        findings.push(...detector.end());
        expect(sorted(findings)).toEqual(whole(events, lateness));
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it("finds the same in any order of arrival within its lateness, and from events that come twice", () => {
    const late = fc.array(fc.nat(29_000), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(picks, late, (chosen, delays) => {
        const events = weave(chosen);
        const arrival = events
          .flatMap((event, index) => {
            const delay = delays[index % delays.length] ?? 0;
            const first = { event, at: (event.time ?? 0) + delay };
            return delay % 3 === 0 ? [first, { event, at: (event.time ?? 0) + (delay % 500) }] : [first];
          })
          .toSorted((a, b) => a.at - b.at)
          .map(({ event }) => event);
        expect(whole(arrival, 30_000)).toEqual(whole(events));
      }),
      { numRuns: 150 },
    );
  });

  it("refuses what is no state, or a damaged one", () => {
    const state = make().snapshot();
    expect(() => make().restore({ ...state, schema: "other" } as unknown as DetectorState)).toThrow(/no state/);
    const damaged = { ...state, hosts: [{ key: "pc1" }] } as unknown as DetectorState;
    expect(() => make().restore(damaged)).toThrow(/damaged/);
  });

  it("drops what another catalogue does not know, and goes on", () => {
    const detector = make();
    for (const event of weave([[0, 0]])) detector.push(event);
    const state = detector.snapshot();
    const other = createDetector({ catalog: testCatalog(), minLevel: "informational" });
    other.restore({
      ...state,
      hosts: state.hosts.map((host) => ({
        ...host,
        pending: host.pending.map((one) => ({
          ...one,
          origin: { kind: "chain", chain: "none", image: undefined, path: undefined, from: undefined },
        })),
      })),
    } as DetectorState);
    expect(other.end()).toEqual([]);
  });
});

it("keeps a bounded state, whatever one host does", () => {
  const detector = make();
  for (let i = 0; i < 9_000; i++) {
    const name = i % 6 === 0 ? "rundll32" : "notepad";
    const process = { key: `id:${i}`, pid: i % 5000, image: `C:\\Windows\\System32\\${name}.exe` };
    const commandLine = `${name}.exe C:\\ProgramData\\a${i}.dll,Run`;
    const parent = { key: `id:${i - 1}`, pid: 1 };
    detector.push(anEvent("processCreation", i / 100, { process, image: process.image, commandLine, parent }));
    detector.push(anEvent("fileCreation", i / 100, { process, path: `C:\\t\\${i}.dll`, action: "create" }));
  }
  const [host] = detector.snapshot().hosts;
  expect(host?.processes.length).toBeLessThanOrEqual(2048);
  expect(host?.files.length).toBeLessThanOrEqual(1024);
  expect(host?.pending.length).toBeLessThanOrEqual(1025);
  expect(host?.chains.length).toBeLessThanOrEqual(512);
}, 60_000);

it("keeps a bounded state, however long the lines are", () => {
  const detector = make();
  for (let i = 0; i < 60; i++) {
    const process = { key: `id:${i}`, pid: i, image: "C:\\Windows\\System32\\cmd.exe" };
    const commandLine = `cmd /c start ${"rundll32 C:\\ProgramData\\a.dll,Run ".repeat(2_000)}${i}`;
    detector.push(anEvent("processCreation", i / 100, { process, image: process.image, commandLine }));
  }
  expect(JSON.stringify(detector.snapshot()).length).toBeLessThan(8_000_000);
});

it("keeps little of a host: 10,000 of them in a few hundred megabytes", () => {
  const detector = make();
  const [from] = CASES;
  for (let host = 0; host < 10_000; host++)
    for (const event of from as readonly Event[]) {
      const { values, ...rest } = toPlain(event);
      detector.push(fromPlain({ ...rest, values: { ...values, host: `PC${host}` } }));
    }
  const { hosts } = detector.snapshot();
  expect(hosts).toHaveLength(10_000);
  const size = hosts.slice(0, 100).reduce((sum, host) => sum + JSON.stringify(host).length, 0) / 100;
  expect(size).toBeLessThan(32_768);
}, 60_000);
