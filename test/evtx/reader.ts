import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EvtxRecord } from "../../src/decode/evtx/record.ts";
import { evtx } from "../../src/formats/evtx.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";

const SCRIPT = new URL("reference.py", import.meta.url).pathname;
const SHARED = new URL("../../../shared/telemetry", import.meta.url).pathname;

/** Whether the independent reader can be run here. */
export const hasReference = spawnSync("python3", ["-c", "import evtx"]).status === 0;
export const hasShared = existsSync(SHARED);
export const isLong = process.env.WHATRAN_LONG === "1";

/** What reference.py prints for a list of files, line by line. */
export function reference(command: string, files: readonly string[], ...rest: string[]): string[] {
  const run = spawnSync("python3", [SCRIPT, command, ...rest], {
    input: `${files.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (run.status !== 0) throw new Error(`reference.py ended with status ${run.status}`);
  return run.stdout.split("\n").filter((line) => line !== "");
}

export interface Reading {
  readonly records: readonly EvtxRecord[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All records of an EVTX file, pushed in blocks of the given size. */
export function readEvtx(bytes: Uint8Array, blockSize = 1 << 20): Reading {
  const records: EvtxRecord[] = [];
  const diagnostics: Diagnostic[] = [];
  const sink = {
    record: (record: unknown) => records.push(record as EvtxRecord),
    diagnostic: (diagnostic: Diagnostic) => diagnostics.push(diagnostic),
  };
  const reader = evtx.open({ file: "test.evtx" }, sink);
  for (let at = 0; at < bytes.length; at += blockSize) reader.push(bytes.subarray(at, at + blockSize));
  reader.end();
  return { records, diagnostics };
}

/** The .evtx files of the shared telemetry in fixed order. */
export function sharedFiles(): string[] {
  return filesEndingIn([".evtx"]);
}

/** Those within its archives, extracted into a folder that the caller removes. */
export function sharedMembers(): { folder: string; files: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "whatran-evtx-"));
  return { folder, files: reference("unpack", filesEndingIn([".zip", ".tar.gz"]), folder) };
}

function filesEndingIn(endings: readonly string[]): string[] {
  const names = readdirSync(SHARED, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort()
    .map((name) => join(SHARED, name));
}
