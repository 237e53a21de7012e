import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Format } from "../../src/formats/format.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { LogRecord } from "../../src/model/record.ts";

/** What one reading of an input gave. */
export interface ReadResult {
  readonly records: readonly string[];
  readonly found: number;
  readonly damaged: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FormatSample {
  /** A small valid input with two records or more. */
  readonly bytes: Uint8Array;
  readonly records: number;
  /** Path, where the format needs it as a hint. */
  readonly file?: string;
  /** True where a file is one structure: an empty one is a damaged one, and what is behind it is no second. */
  readonly wholeFile?: boolean;
  /** Another input with as many records, where the same one again would be the same records. */
  readonly next?: Uint8Array;
}

/** How a capture of packets (pcapng) begins: a section, an interface, and the head of the first packet of a UDP stream. */
const CAPTURE = Buffer.from(
  "0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000010000001400000001000000000004001400000006000000" +
    "5c0000000000000012e8050040a1b2c33c0000003c000000ffffffffffff0011223344550800450000281c46400040110000c0000201c00002020202",
  "hex",
);
const HUGE = 4 << 20;

/** Everything that a record says, as text: two readings are the same where these are. */
function describeRecord(record: LogRecord): string {
  const { shape, index, recordId, provider, eventId, channel, host, time } = record;
  const fields = record.names().map((name) => [name, record.get(name), record.list(name)]);
  return JSON.stringify({ shape, index, recordId, provider, eventId, channel, host, time, fields });
}

/** Reads bytes in blocks of the given size. Records are described at once, as they last for the call only. */
export function readAll(format: Format, bytes: Uint8Array, blockSize = 1 << 16, file = "sample"): ReadResult {
  const records: string[] = [];
  const diagnostics: Diagnostic[] = [];
  let damaged = 0;
  const reader = format.open(
    { file },
    {
      record: (record) => records.push(describeRecord(record)),
      diagnostic: (diagnostic, counts) => {
        diagnostics.push(diagnostic);
        if (counts) damaged += 1;
      },
    },
  );
  for (let at = 0; at < bytes.length; at += blockSize) reader.push(bytes.slice(at, at + blockSize));
  reader.end();
  return { records, found: records.length + damaged, damaged, diagnostics };
}

function indexes(result: ReadResult): number[] {
  return result.records.map((record) => (JSON.parse(record) as { index: number }).index);
}

/** What every format must hold to; `sample` is one valid input of it. */
export function formatContract(format: Format, sample: FormatSample): void {
  const { bytes, file = "sample" } = sample;
  const read = (input: Uint8Array, blockSize?: number): ReadResult => readAll(format, input, blockSize, file);
  const whole = read(bytes);

  describe(`contract of ${format.name}`, () => {
    it("recognises its sample, and neither nothing nor noise", () => {
      expect(format.sniff(bytes.subarray(0, 65_536), file)).toBeGreaterThan(0.3);
      expect(format.sniff(new Uint8Array(0), "sample")).toBe(0);
      expect(format.sniff(new Uint8Array(4096).fill(0xa5), "sample")).toBeLessThan(0.3);
    });

    if (!bytes.includes(0))
      it("is not seen in a binary file that holds such a text", () => {
        const capture = Buffer.concat([CAPTURE, bytes]);
        expect(format.sniff(capture.subarray(0, 65_536), "capture.pcapng")).toBe(0);
      });

    it("reads its sample whole, in order", () => {
      expect(whole.records.length).toBe(sample.records);
      expect(whole.damaged).toBe(0);
      expect(indexes(whole)).toEqual([...indexes(whole)].sort((a, b) => a - b));
      expect(new Set(indexes(whole)).size).toBe(sample.records);
    });

    it("gives nothing for nothing", () => {
      const { records, diagnostics } = read(new Uint8Array(0));
      expect(records).toEqual([]);
      if (!sample.wholeFile) expect(diagnostics).toEqual([]);
    });

    it("gives the same records in blocks of any size", () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 300 }), (size) => {
          expect(read(bytes, size)).toEqual(whole);
        }),
        { numRuns: 12 },
      );
    });

    it("survives being cut at every 7th byte, and keeps the records before the cut", () => {
      let most = 0;
      for (let end = 0; end < bytes.length; end += 7) {
        const cut = read(bytes.subarray(0, end));
        expect(cut.records.length).toBeLessThanOrEqual(sample.records);
        expect(cut.records.length).toBeGreaterThanOrEqual(most - 1);
        most = Math.max(most, cut.records.length);
      }
    });

    it("survives garbage", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 3000 }), (noise) => {
          read(noise, 100);
        }),
        { numRuns: 60 },
      );
    });

    it("survives damage at any place, and says so or reads on", () => {
      const place = fc.nat({ max: bytes.length - 1 });
      fc.assert(
        fc.property(place, fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, noise) => {
          const damaged = Buffer.from(bytes);
          damaged.set(noise.subarray(0, damaged.length - at), at);
          const result = read(damaged);
          expect(result.records.length).toBeLessThanOrEqual(sample.records + 40);
        }),
        { numRuns: 100 },
      );
    });

    it("survives a huge record, and says so or reads it", () => {
      const middle = Math.floor(bytes.length / 2);
      const parts = [bytes.subarray(0, middle), Buffer.alloc(HUGE, "x"), bytes.subarray(middle)];
      const { records, diagnostics } = read(Buffer.concat(parts));
      expect(records.length).toBeLessThanOrEqual(sample.records + 1);
      expect(records.length + diagnostics.length).toBeGreaterThan(0);
    });

    it("survives the wrong encoding", () => {
      read(Buffer.from(Buffer.from(bytes).toString("latin1"), "utf16le"));
    });

    it("is idle after an abort midway: what was not pushed is not read", () => {
      const records: number[] = [];
      const reader = format.open({ file }, { record: (record) => records.push(record.index), diagnostic() {} });
      reader.push(bytes.slice(0, Math.floor(bytes.length / 2)));
      expect(records.length).toBeLessThan(sample.records + 1);
    });

    it("reads two inputs in a row as one", () => {
      const two = read(Buffer.concat([bytes, sample.next ?? bytes]));
      const expected = sample.wholeFile ? 1 : 2 * sample.records;
      expect(two.records.length).toBe(expected);
      expect(new Set(indexes(two)).size).toBe(expected);
    });

    it("counts what nobody wants", () => {
      let asked = 0;
      const wants = (): boolean => {
        asked += 1;
        return false;
      };
      const records: LogRecord[] = [];
      const reader = format.open({ file, wants }, { record: (record) => records.push(record), diagnostic() {} });
      reader.push(bytes);
      reader.end();
      if (asked > 0) expect({ asked, given: records.length }).toEqual({ asked: sample.records, given: 0 });
    });
  });
}
