import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { threadMillis } from "../support/cost.ts";
import { damage } from "./damage.ts";
import { hasReference, hasShared, isLong, readEvtx, reference, sharedFiles } from "./reader.ts";

const canRun = hasReference && hasShared;
const why = canRun ? "" : ` (skipped: ${hasShared ? "no python with evtx" : "no shared data"})`;
const COUNT = isLong ? 1000 : 100;
/** Reading a file of at most two MiB and all its fields, on a busy machine. */
const MAX_MILLIS = 3000;

/** Numbers that `theirs` has more often than `ours`. */
function missing(theirs: readonly number[], ours: readonly number[]): number[] {
  const left = new Map<number, number>();
  for (const number of ours) left.set(number, (left.get(number) ?? 0) + 1);
  return theirs.filter((number) => {
    const count = left.get(number) ?? 0;
    left.set(number, count - 1);
    return count <= 0;
  });
}

function readAll(bytes: Uint8Array): { numbers: number[]; millis: number } {
  const start = threadMillis();
  const { records } = readEvtx(bytes);
  for (const record of records) for (const name of record.names()) record.get(name);
  return { numbers: records.map((record) => record.header.number), millis: threadMillis() - start };
}

describe("damaged logs", () => {
  it.skipIf(!canRun)(
    `gives at least what an independent reader gives, of ${COUNT} files${why}`,
    { timeout: 600_000 },
    () => {
      const folder = mkdtempSync(join(tmpdir(), "whatran-damage-"));
      const originals = sharedFiles();
      try {
        const files = Array.from({ length: COUNT }, (_, seed) => {
          const file = join(folder, `${seed}.evtx`);
          writeFileSync(file, damage(readFileSync(originals[(seed * 7) % originals.length]!), seed));
          return file;
        });
        const faults: string[] = [];
        let [ours, theirs] = [0, 0];
        for (const [seed, line] of reference("numbers", files).entries()) {
          const expected: number[] = JSON.parse(line).numbers;
          const { numbers, millis } = readAll(readFileSync(files[seed]!));
          const lacking = missing(expected, numbers);
          if (lacking.length > 0) faults.push(`seed ${seed}: lacks ${lacking.join()}`);
          if (millis > MAX_MILLIS) faults.push(`seed ${seed}: took ${millis} ms`);
          ours += numbers.length;
          theirs += expected.length;
        }
        console.info(`${COUNT} damaged files: ${ours} records here, ${theirs} from the independent reader`);
        expect(faults).toEqual([]);
        expect(theirs).toBeGreaterThan(COUNT);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});
