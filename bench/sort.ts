import { eventOf } from "../src/events/define.ts";
import type { LogRecord } from "../src/model/record.ts";
import { EventSorter } from "../src/pipeline/sort.ts";
import type { Bench } from "./support/bench.ts";
import { cpuOf } from "./support/measure.ts";

const COUNT = 200_000;
const DAY = Date.UTC(2026, 2, 9);

/** Process starts of ten hosts, their times not quite in order. */
function sampleEvent(n: number) {
  const host = `ws-${n % 10}.example.net`;
  const time = DAY + n * 40 + (n % 7) * 1000;
  const image = `C:\\Windows\\System32\\tool-${n % 50}.exe`;
  const record = { shape: "winevent", file: "x.evtx", index: n, recordId: n, host, time } as unknown as LogRecord;
  const process = { key: `id:5770385f-c22a-43e0-bf4c-${String(n).padStart(12, "0")}`, pid: n % 9000, image };
  const parent = { key: `id:5770385f-c22a-43e0-bf4c-${String(n >> 4).padStart(12, "0")}`, pid: 640, image };
  const commandLine = `"${image}" -k netsvcs -s Schedule${n % 5000}`;
  const values = { time, host, user: "NT AUTHORITY\\SYSTEM", platform: "windows", image, commandLine, process, parent };
  return eventOf("processCreation", record, values);
}

function sorted(limit: number): number {
  const sorter = new EventSorter(limit);
  let count = 0;
  try {
    for (let n = 0; n < COUNT; n++) sorter.add(sampleEvent(n));
    for (const event of sorter.sorted()) if (event.kind === "processCreation") count++;
  } finally {
    sorter.close();
  }
  return count;
}

/** Sorting with spilling to disk against sorting in memory. */
export const sort: Bench = {
  name: "sort",
  title: `sorting of ${COUNT} process starts with spilling to disk against sorting in memory, CPU`,
  async run({ runs }) {
    const value = cpuOf(runs, () => sorted(4 * 1024 * 1024));
    const reference = cpuOf(runs, () => sorted(Number.POSITIVE_INFINITY));
    return [{ name: "spilled", value, reference, unit: "s CPU", goal: 2 }];
  },
};
