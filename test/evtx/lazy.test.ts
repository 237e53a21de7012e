import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createRandom } from "../../lab/random.ts";
import { type EvtxEvent, encodeEvtx } from "../../lab/writers/evtx.ts";
import { Print } from "../../src/decode/evtx/print.ts";
import type { EvtxRecord } from "../../src/decode/evtx/record.ts";
import { evtx } from "../../src/formats/evtx.ts";
import type { ReadContext } from "../../src/formats/format.ts";
import { DAMAGES } from "./damage.ts";
import { hasShared, sharedFiles } from "./reader.ts";

const why = hasShared ? "" : " (skipped: no shared data)";

/** Logs of several chunks: some providers and ids, fields in EventData and UserData. */
function sampleLog(count: number): Buffer {
  const events = Array.from({ length: count }, (_, i): EvtxEvent => {
    const data = [
      { name: "Image", type: "string", value: `C:\\Windows\\tool-${i % 7}.exe` },
      { name: "ProcessId", type: "uint32", value: i },
    ] as const;
    return {
      provider: i % 5 === 0 ? "Vendor-A" : "Microsoft-Windows-Sysmon",
      eventId: 1 + (i % 11),
      version: 1,
      level: 4,
      task: 1,
      opcode: 0,
      keywords: 0n,
      time: Date.UTC(2026, 2, 3) + i * 1000,
      processId: 4,
      threadId: 8,
      channel: "Sample/Operational",
      computer: "ws-1.example.net",
      data: i % 3 === 0 ? data : [...data, { name: "User", type: "string", value: "SYSTEM" }],
      ...(i % 13 === 0 && { userData: "Report" }),
    };
  });
  return Buffer.from(encodeEvtx(events));
}

/** Everything that reading yields, as text. */
function story(
  bytes: Uint8Array,
  wants?: NonNullable<ReadContext["wants"]>,
  blockSize = 1 << 20,
  passing = false,
): string[] {
  const lines: string[] = [];
  const sink = {
    record: (record: unknown) => lines.push(describeRecord(record as EvtxRecord)),
    diagnostic: (diagnostic: unknown) => lines.push(JSON.stringify(diagnostic)),
  };
  const reader = evtx.open({ file: "x", ...(wants && { wants }), ...(passing && { passing }) }, sink);
  for (let at = 0; at < bytes.length; at += blockSize) {
    const block = Buffer.from(bytes.subarray(at, at + blockSize));
    reader.push(block);
    // Whoever lends a block uses it again.
    block.fill(0xee);
  }
  reader.end();
  return lines;
}

function describeRecord(record: EvtxRecord): string {
  const { index, recordId, provider, eventId, channel, host, time } = record;
  const fields = record.names().map((name) => [name, record.get(name)]);
  return JSON.stringify([index, recordId, provider, eventId, channel, host, time, fields]);
}

const wanted = (provider: unknown, eventId: unknown) =>
  provider === "Microsoft-Windows-Sysmon" && typeof eventId === "number" && eventId < 4;

/** What is left of a story where only wanted records are told. */
function chosen(lines: readonly string[]): string[] {
  return lines.filter((line) => {
    if (line.startsWith("{")) return true;
    const [, , provider, eventId] = JSON.parse(line);
    return wanted(provider, eventId);
  });
}

const isRecord = (line: string) => !line.startsWith("{");

/** Records that are handed over, and those that are said to be passed over. */
function counted(bytes: Uint8Array): number {
  let dropped = 0;
  const lazy = story(bytes, ({ provider, eventId }, count = 1) => {
    if (wanted(provider, eventId)) return true;
    dropped += count;
    return false;
  });
  return dropped + lazy.filter(isRecord).length;
}

function logs(): [name: string, bytes: Buffer][] {
  const sample = sampleLog(1500);
  const all: [string, Buffer][] = [["sample", sample]];
  for (const [name, damage] of Object.entries(DAMAGES)) {
    for (let seed = 0; seed < 6; seed++) {
      all.push([`${name} ${seed}`, damage(Buffer.from(sample), createRandom(`${name}${seed}`).next)]);
    }
  }
  return all;
}

describe("reading as little as possible", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("gives the wanted records of sound and damaged logs, at their places", () => {
    for (const [name, bytes] of logs()) {
      const lazy = story(bytes, ({ provider, eventId }) => wanted(provider, eventId));
      expect(lazy, name).toEqual(chosen(story(bytes)));
    }
  });

  it("has every record that is passed over counted", () => {
    for (const [name, bytes] of logs()) expect(counted(bytes), name).toBe(story(bytes).filter(isRecord).length);
  });

  it("reads a definition like one before only where it says the same", () => {
    const all = logs();
    const shared = all.map(([, bytes]) => story(bytes));
    vi.spyOn(Print.prototype, "fits").mockReturnValue(false);
    for (const [i, [name, bytes]] of all.entries()) expect(shared[i], name).toEqual(story(bytes));
  });

  it("reads records where they stand, if nobody keeps them", () => {
    for (const [name, bytes] of logs()) {
      expect(story(bytes, undefined, 200_000, true), name).toEqual(story(bytes));
    }
  });

  it("tells the same, whatever the size of the blocks", () => {
    const bytes = sampleLog(1500);
    for (const size of [4096, 65_536, 65_544, 70_001, 200_000]) {
      expect(story(bytes, undefined, size)).toEqual(story(bytes));
      expect(story(bytes.subarray(0, 150_000), undefined, size)).toEqual(story(bytes.subarray(0, 150_000)));
    }
  });

  it.skipIf(!hasShared)(`does so with real logs${why}`, () => {
    const files = sharedFiles().filter((_, i) => i % 4 === 0);
    const read = files.map((file) => story(readFileSync(file)));
    for (const [i, file] of files.entries()) {
      const lazy = story(readFileSync(file), ({ provider, eventId }) => wanted(provider, eventId));
      expect(lazy, file).toEqual(chosen(read[i]!));
      expect(counted(readFileSync(file)), file).toBe(read[i]!.filter(isRecord).length);
    }
    vi.spyOn(Print.prototype, "fits").mockReturnValue(false);
    for (const [i, file] of files.entries()) expect(read[i], file).toEqual(story(readFileSync(file)));
  });
});
