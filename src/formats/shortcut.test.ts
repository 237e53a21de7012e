import { expect, it } from "vitest";
import { writeLnk } from "../../lab/writers/lnk.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LogRecord } from "../model/record.ts";
import { shortcut } from "./shortcut.ts";

function read(bytes: Buffer, step = 64) {
  const records: LogRecord[] = [];
  const diagnostics: Diagnostic[] = [];
  const sink = {
    record: (one: LogRecord) => records.push(one),
    diagnostic: (one: Diagnostic) => diagnostics.push(one),
  };
  const reader = shortcut.open({ file: "dir/a.lnk" }, sink);
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  reader.end();
  return { records, diagnostics };
}

const LINK = {
  idList: "C:\\Windows\\explorer.exe",
  arguments: "  /e",
  workingDirectory: "C:\\",
  created: Date.UTC(2024, 0, 1),
  tracker: { machineId: "desk-7" },
};

it("makes one record of a link", () => {
  const bytes = writeLnk(LINK);
  expect(shortcut.sniff(bytes, "x")).toBe(1);
  const { records, diagnostics } = read(bytes);
  expect(diagnostics).toEqual([]);
  expect(records).toHaveLength(1);
  const [record] = records;
  expect(record).toMatchObject({ shape: "shortcut", file: "dir/a.lnk", index: 0, time: undefined, host: undefined });
  const expected = {
    path: "dir/a.lnk",
    target: "C:\\Windows\\explorer.exe",
    arguments: "  /e",
    workingDirectory: "C:\\",
    machineId: "desk-7",
    created: "2024-01-01T00:00:00.000Z",
    icon: undefined,
  };
  for (const [name, value] of Object.entries(expected)) expect(record!.get(name)).toBe(value);
  expect(record!.list("oddities")).toEqual([]);
  expect(record!.names()).toContain("idListTarget");
});

it("says where a damaged link ends too early, and gives the rest", () => {
  const { records, diagnostics } = read(writeLnk(LINK).subarray(0, 0x60));
  expect(records).toHaveLength(1);
  expect(records[0]!.list("oddities")).toContain("damaged");
  expect(diagnostics[0]).toMatchObject({
    code: "lnk/damaged",
    index: 0,
    offset: expect.any(Number),
    need: expect.any(Number),
  });
});

it("says that a file is no link", () => {
  expect(read(Buffer.from("[InternetShortcut]"))).toMatchObject({
    records: [],
    diagnostics: [{ code: "lnk/no-link" }],
  });
  expect(shortcut.sniff(Buffer.from("L"), "a.lnk")).toBe(0);
});

it("counts what is appended beyond what it keeps", () => {
  const { records } = read(writeLnk({ ...LINK, appended: Buffer.alloc(5 << 20) }), 1 << 20);
  expect(records[0]!.list("oddities")).toEqual([`appendedData:${5 << 20}`]);
});
