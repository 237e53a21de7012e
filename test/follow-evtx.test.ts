import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type EvtxEvent, encodeEvtx } from "../lab/writers/evtx.ts";
import { follow } from "../src/pipeline/follow/follow.ts";
import { scan } from "../src/pipeline/scan.ts";
import { sysmonEvent } from "./support/sysmon.ts";

/** An event log that is followed while Windows writes to it: its last chunk in place, page by page, then its header. */
let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "whatran-evtx-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function until(holds: () => boolean, most: number): Promise<void> {
  for (const end = Date.now() + most; Date.now() < end && !holds(); ) await sleep(15);
}

const PAGE = 4096;
const CHUNK = 65_536;
const BEGUN = Date.UTC(2024, 4, 2, 9);
const IMAGE = "C:\\Windows\\System32\\regsvr32.exe";

/** Every start is to be found; what comes hours later has all before it given out. */
function started(n: number, seconds = 10 * n): EvtxEvent {
  const data = {
    ProcessGuid: `{00000000-0000-0000-0000-${String(n).padStart(12, "0")}}`,
    ProcessId: String(1000 + n),
    Image: IMAGE,
    CommandLine: `regsvr32 /s C:\\ProgramData\\a${n}.dll`,
    ParentImage: "C:\\Windows\\explorer.exe",
  };
  return sysmonEvent({
    time: BEGUN + seconds * 1000,
    computer: "PC1",
    data: Object.entries(data).map(([name, value]) => ({ name, type: "string", value })),
  });
}

/** Findings that still collect what happens around them, at most. */
const BEHIND = 60;
const EVENTS = Array.from({ length: 260 }, (_, n) => started(n));
for (const hours of [2, 4]) EVENTS.push(started(10_000 + hours, hours * 3_600));

/** Page numbers that differ, in the order in which they reach the disk. */
const isHead = (page: number) => page === 0 || (page * PAGE - PAGE) % CHUNK === 0;
const ORDERS = {
  "as they stand": (pages: number[]) => pages,
  "records before headers": (pages: number[]) => [
    ...pages.filter((page) => !isHead(page)),
    ...pages.filter(isHead).reverse(),
  ],
  "last page first": (pages: number[]) => pages.toReversed(),
} as const;

/** A log of so many chunks at most: those that come later take the places of the oldest. */
function wrapped(bytes: Buffer, most: number): Buffer {
  const count = Math.ceil((bytes.length - PAGE) / CHUNK);
  const round = Buffer.from(bytes.subarray(0, PAGE + Math.min(count, most) * CHUNK));
  for (let chunk = most; chunk < count; chunk++)
    bytes.copy(round, PAGE + (chunk % most) * CHUNK, PAGE + chunk * CHUNK, PAGE + (chunk + 1) * CHUNK);
  return round;
}

it.each([
  ["as they stand", 99],
  ["records before headers", 99],
  ["last page first", 99],
  ["as they stand", 3],
] as const)(
  "tells each finding once, pages written %s, of a log of up to %d chunks",
  async (order, chunks) => {
    const path = join(root, "Sysmon.evtx");
    const given: string[] = [];
    const controller = new AbortController();
    const file = openSync(path, "w");
    let disk: Buffer = Buffer.alloc(0);
    /** Brings what is on the disk up to so many events; the reader looks in at any page. */
    const grow = async (count: number, pause: number) => {
      const bytes = wrapped(Buffer.from(encodeEvtx(EVENTS.slice(0, count))), chunks);
      const pages = Array.from({ length: Math.ceil(bytes.length / PAGE) }, (_, page) => page);
      const at = (from: Buffer, page: number) => from.subarray(page * PAGE, (page + 1) * PAGE);
      for (const page of ORDERS[order](pages.filter((one) => !at(bytes, one).equals(at(disk, one))))) {
        writeSync(file, at(bytes, page), 0, at(bytes, page).length, page * PAGE);
        if (pause > 0) await sleep(pause);
      }
      disk = bytes;
    };
    await grow(3, 0);
    const running = follow([path], { interval: 5, signal: controller.signal, onFinding: ({ id }) => given.push(id) });
    for (let count = 3; count < EVENTS.length; ) {
      count = Math.min(EVENTS.length, count + 7 + (count % 23));
      await grow(count, 6);
      // What is overwritten before anybody has read it is gone: the reader is never a round behind.
      await until(() => given.length >= count - BEHIND, 10_000);
    }
    const whole = join(root, "whole.evtx");
    writeFileSync(whole, encodeEvtx(EVENTS));
    const wanted: string[] = [];
    await scan([whole], { onFinding: ({ id }) => wanted.push(id) });
    await until(() => given.length >= wanted.length - 1, 20_000);
    controller.abort();
    await running;
    closeSync(file);
    expect(wanted).toHaveLength(EVENTS.length);
    expect(given.toSorted()).toEqual(wanted.toSorted());
  },
  120_000,
);
