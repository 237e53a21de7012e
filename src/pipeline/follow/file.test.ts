import { appendFileSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FORMATS } from "../../formats/registry.ts";
import { FollowedFile, MovedError } from "./file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whatran-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `{"EventID":1,"Computer":"PC1","RecordNumber":${from + at}}\n`).join("");

it("keeps apart a log that was renamed and the one that took its name between the look and the reading", async () => {
  const [path, renamed] = [join(folder, "a.json"), join(folder, "a.json.1")];
  const numbers: unknown[] = [];
  const reading = {
    formats: FORMATS,
    options: {},
    sink: { record: (record: { index: number }) => void numbers.push(record.index), diagnostic: () => {} },
  } as unknown as ConstructorParameters<typeof FollowedFile>[3];
  writeFileSync(path, lines(0, 5));
  const { dev, ino, size } = statSync(path, { bigint: true });
  const id = `${dev}:${ino}`;
  const file = new FollowedFile(id, path, "a.json", reading);
  await file.read(Number(size), "1");
  expect(numbers).toHaveLength(5);
  appendFileSync(path, lines(5, 7));
  const grown = statSync(path).size;
  renameSync(path, renamed);
  writeFileSync(path, lines(100, 140));
  await expect(file.read(grown, "2")).rejects.toThrow(MovedError);
  const again = new FollowedFile(id, renamed, "a.json.1", reading, file.save());
  await again.read(grown, "2");
  expect(numbers).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(() => new FollowedFile(id, path, "a.json", reading, file.save())).toThrow(MovedError);
});
