import { appendFileSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { encodeEvtx } from "../../../lab/writers/evtx.ts";
import { sysmonEvent } from "../../../test/support/sysmon.ts";
import { evtx } from "../../formats/evtx.ts";
import { FORMATS } from "../../formats/registry.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LogRecord } from "../../model/record.ts";
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

/** A log of so many events; those of another log say so by their host. */
const log = (count: number, computer: string) =>
  encodeEvtx(
    Array.from({ length: count }, (_, n) =>
      sysmonEvent({ time: Date.UTC(2024, 4, 2, 9) + n * 1000, computer, data: [] }),
    ),
  );

it("reads the event log that was looked at, though another takes its name before it is read", async () => {
  const [path, renamed] = [join(folder, "a.evtx"), join(folder, "Archive-a.evtx")];
  const told: string[] = [];
  let swap = () => {};
  const sniff: typeof evtx.sniff = (head, name) => {
    swap();
    return evtx.sniff(head, name);
  };
  const reading = {
    formats: [{ ...evtx, sniff }, ...FORMATS.filter((format) => format !== evtx)],
    options: {},
    sink: {
      record: (record: LogRecord) => void told.push(`${record.host} ${record.recordId}`),
      diagnostic: ({ code }: Diagnostic) => void told.push(code),
    },
  };
  const idOf = (name: string) => {
    const { dev, ino } = statSync(name, { bigint: true });
    return `${dev}:${ino}`;
  };
  writeFileSync(path, log(3, "PC1"));
  const id = idOf(path);
  const file = new FollowedFile(id, path, "a.evtx", reading);
  await file.read(statSync(path).size, "1");
  expect(told).toEqual(["PC1 1", "PC1 2", "PC1 3"]);
  writeFileSync(path, log(5, "PC1"));
  swap = () => {
    swap = () => {};
    renameSync(path, renamed);
    writeFileSync(path, log(9, "PC2"));
  };
  const again = new FollowedFile(id, path, "a.evtx", reading, file.save());
  await again.read(statSync(path).size, "2");
  expect(told.slice(3)).toEqual(["PC1 4", "PC1 5"]);
  const found = new FollowedFile(id, renamed, "Archive-a.evtx", reading, again.save());
  await found.read(statSync(renamed).size, "2");
  expect(told.slice(5)).toEqual([]);
  await new FollowedFile(idOf(path), path, "a.evtx", reading).read(statSync(path).size, "3");
  expect(told.slice(5)).toEqual(Array.from({ length: 9 }, (_, n) => `PC2 ${n + 1}`));
});

it("reads what is packed with the formats that were chosen", async () => {
  const path = join(folder, "a.json.gz");
  const names: string[] = [];
  const formats = FORMATS.filter(({ name }) => name === "json").map((json) => ({
    ...json,
    open: (...given: Parameters<typeof json.open>) => {
      names.push("chosen");
      return json.open(...given);
    },
  }));
  const sink = { record: () => {}, diagnostic: () => {} };
  writeFileSync(path, gzipSync(lines(0, 5)));
  const { dev, ino, size } = statSync(path, { bigint: true });
  const file = new FollowedFile(`${dev}:${ino}`, path, "a.json.gz", { formats, options: {}, sink });
  for (let look = 0; look < 3; look++) await file.read(Number(size), "1");
  expect(names).toEqual(["chosen"]);
});
