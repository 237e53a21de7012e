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
  /** True where a file is one record, whatever it holds: then an empty one may be, and two in a row are not two. */
  readonly wholeFile?: boolean;
  /** False where two inputs in a row are not twice as many records for another reason. */
  readonly concatenates?: boolean;
}

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

    it("reads its sample whole, in order", () => {
      expect(whole.records.length).toBe(sample.records);
      expect(whole.damaged).toBe(0);
      expect(indexes(whole)).toEqual([...indexes(whole)].sort((a, b) => a - b));
      expect(new Set(indexes(whole)).size).toBe(sample.records);
    });

    it.skipIf(sample.wholeFile)("gives nothing for nothing", () => {
      expect(read(new Uint8Array(0)).records).toEqual([]);
      expect(read(new Uint8Array(0)).damaged).toBe(0);
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
      const step = Math.max(7, Math.ceil(bytes.length / 400 / 7) * 7);
      let most = 0;
      for (let end = 0; end < bytes.length; end += step) {
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

    it("survives the wrong encoding", () => {
      read(Buffer.from(Buffer.from(bytes).toString("latin1"), "utf16le"));
    });

    it("is idle after an abort midway: what was not pushed is not read", () => {
      const records: number[] = [];
      const reader = format.open({ file }, { record: (record) => records.push(record.index), diagnostic() {} });
      reader.push(bytes.slice(0, Math.floor(bytes.length / 2)));
      expect(records.length).toBeLessThan(sample.records + 1);
    });

    it.skipIf(sample.wholeFile || sample.concatenates === false)("reads two inputs in a row as one", () => {
      const twice = read(Buffer.concat([bytes, bytes]));
      expect(twice.records.length).toBe(2 * sample.records);
      expect(new Set(indexes(twice)).size).toBe(2 * sample.records);
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
