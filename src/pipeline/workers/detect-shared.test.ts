import { expect, it } from "vitest";
import { eventOf } from "../../events/define.ts";
import { EventStore } from "../../events/store.ts";
import type { Finding } from "../../model/finding.ts";
import type { LogRecord } from "../../model/record.ts";
import { EventSorter } from "../sort.ts";
import { type Detectors, type DetectsHere, detectShared } from "./detect-shared.ts";
import type { Outcome } from "./protocol.ts";

const HOSTS = ["a", "b", "c", "d", "e"];
/** So many that findings have to wait for their turn: each is found a thousand times. */
const EVENTS = 20;
const TIMES = 1000;
const SETUP = { minLevel: "low", traces: false, correlate: true, prior: undefined, site: {} } as const;

const named = (title: string): Outcome => ({ finding: { title } as Finding, trace: undefined });

function filled(): EventSorter {
  const sorter = new EventSorter();
  for (let index = 0; index < EVENTS; index++)
    for (const host of HOSTS) {
      const record = { shape: "ecs", file: "x", index, host, time: index } as unknown as LogRecord;
      const commandLine = `${index}`.padEnd(150_000);
      sorter.add(eventOf("processCreation", record, { host, time: index, commandLine, platform: "linux" }));
    }
  return sorter;
}

/** Threads that find every event many times, the first of them slowly. */
function detectors(failure = new Promise<Error>(() => {})): Detectors {
  return {
    size: 2,
    failure,
    beginDetecting() {},
    async detect(number, { events, isLast }) {
      const store = new EventStore(events);
      const found: Outcome[] = [];
      for (let at = 0; at < store.end; at = store.after(at)) {
        const { host, index } = store.keys(at);
        for (let i = 0; i < TIMES; i++) found.push(named(`${host}${index}`));
      }
      await new Promise((resolve) => setTimeout(resolve, number === 0 ? 20 : 0));
      if (isLast) found.push(named("end"));
      return found;
    },
  };
}

/** This thread as one that finds the same. */
const here: DetectsHere = {
  push({ store, at }) {
    const { host, index } = store.keys(at);
    return Array.from({ length: TIMES }, () => named(`${host}${index}`));
  },
  end: () => [named("end")],
};
const nowhere: DetectsHere = { push: () => [], end: () => [] };

it("hands over what is found in the order of hosts, whichever thread is done first", async () => {
  const titles: string[] = [];
  await detectShared(detectors(), here, filled(), SETUP, ({ finding }) => titles.push(finding.title));
  const one = (host: string) => Array.from({ length: EVENTS * TIMES }, (_, i) => `${host}${Math.floor(i / TIMES)}`);
  expect(titles.join()).toBe(HOSTS.flatMap((host) => [...one(host), "end"]).join());
});

it("stops where it is ended meanwhile, and hands over what was found", async () => {
  const controller = new AbortController();
  const titles: string[] = [];
  const give = ({ finding }: Outcome) => {
    titles.push(finding.title);
    controller.abort();
  };
  await detectShared(detectors(), here, filled(), SETUP, give, controller.signal);
  const ends = titles.filter((title) => title === "end").length;
  expect(ends).toBe(HOSTS.length);
  expect(titles.length - ends).toBeLessThan(HOSTS.length * EVENTS * TIMES);
});

it("fails where a thread does", async () => {
  const broken = { ...detectors(Promise.resolve(new Error("broken"))), detect: () => new Promise<never>(() => {}) };
  await expect(detectShared(broken, nowhere, filled(), SETUP, () => {})).rejects.toThrow("broken");
});
