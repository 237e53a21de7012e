import { readFileSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain } from "./differences.ts";
import { hasReference, hasShared, isLong, readEvtx, reference, sharedFiles, sharedMembers } from "./reader.ts";

interface ReferenceRecord {
  readonly file: string;
  readonly number: number;
  readonly fields: Readonly<Record<string, string>>;
}

const canRun = hasReference && hasShared;
const why = canRun ? "" : ` (skipped: ${hasShared ? "no python with evtx" : "no shared data"})`;

/** A fifth of the files, as all of them take long. */
const share = (files: readonly string[]) => files.filter((_, at) => isLong || at % 5 === 0);

/** Compares every record of the files, field by field; returns what nothing explains, and how much was compared. */
function compare(files: readonly string[]): { faults: string[]; records: number; values: number } {
  const theirs = new Map<string, ReferenceRecord[]>(files.map((file) => [file, []]));
  for (const line of reference("fields", files)) {
    const record: ReferenceRecord = JSON.parse(line);
    theirs.get(record.file)?.push(record);
  }
  const result = { faults: [] as string[], records: 0, values: 0 };
  for (const file of files) {
    const ours = readEvtx(readFileSync(file)).records;
    const expected = theirs.get(file) ?? [];
    if (ours.length !== expected.length) result.faults.push(`${file}: ${ours.length} records, not ${expected.length}`);
    for (const [i, record] of expected.entries()) {
      const mine = ours[i];
      if (mine === undefined) continue;
      const place = `${file} #${i}`;
      if (mine.header.number !== record.number) result.faults.push(`${place}: number ${mine.header.number}`);
      const names = Object.keys(record.fields).filter((name) => !name.startsWith("System."));
      if (mine.names().join() !== names.join()) result.faults.push(`${place}: names ${mine.names().join()}`);
      for (const [name, text] of Object.entries(record.fields)) {
        const value = mine.get(name);
        const isSame = value === text || (value !== undefined && explain(value, text) !== undefined);
        if (!isSame) result.faults.push(`${place}: ${name} is ${value}, not ${text}`);
        result.values++;
      }
      result.records++;
    }
  }
  return result;
}

describe("against an independent reader", () => {
  it.skipIf(!canRun)(`reads the same fields from real logs${why}`, () => {
    const files = share(sharedFiles());
    const { faults, records, values } = compare(files);
    expect(faults).toEqual([]);
    expect(records).toBeGreaterThan(files.length);
    expect(values).toBeGreaterThan(records * 10);
  });

  it.skipIf(!canRun)(`reads the same fields from logs in archives${why}`, () => {
    const { folder, files } = sharedMembers();
    try {
      const { faults, records } = compare(share(files));
      expect(faults).toEqual([]);
      expect(records).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
