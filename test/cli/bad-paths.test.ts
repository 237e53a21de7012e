import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scan } from "../../src/pipeline/scan.ts";
import { type Bench, bench, findingsOf, inputOf, MAIN } from "../support/bad.ts";
import { whatran } from "../support/io.ts";
import { processStart, SCRIPTLET } from "../support/logs.ts";

let dir: Bench;
beforeEach(() => {
  dir = bench();
});
afterEach(() => dir.remove());

function makePipe(path: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'mkfifo "$1"', "sh", path]).status === 0;
}

describe("paths", () => {
  it("a missing path", async () => {
    const missing = join(dir.path, "none.evtx");
    const { code, err, summary } = await dir.scan([missing]);
    expect(code).toBe(3);
    expect(err).toContain(`${missing}: ENOENT: no such file or directory [input/missing]`);
    expect(inputOf(summary, missing)).toMatchObject({ skipped: true, reason: expect.stringContaining("ENOENT") });
  });

  it.skipIf(!existsSync("/proc/self/mem"))("a file that cannot be read (or skipped: no /proc)", async () => {
    const { code, err, summary } = await dir.scan(["/proc/self/mem"]);
    expect(code).toBe(3);
    expect(err).toMatch(/\/proc\/self\/mem at byte 0: E\w+.*\[input\/unreadable\]/);
    expect(inputOf(summary, "/proc/self/mem")).toMatchObject({ skipped: true });
  });

  it.skipIf(process.platform === "win32")("a file and a folder without permission, as somebody who is not root", () => {
    chmodSync(dir.path, 0o755);
    const closed = join(dir.path, "closed");
    mkdirSync(closed);
    writeFileSync(join(closed, "a.ndjson"), "{}");
    chmodSync(closed, 0);
    const secret = dir.put("secret.ndjson", "{}");
    chmodSync(secret, 0);
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const env = { PATH: process.env.PATH, TMPDIR: tmpdir() };
    const child = spawnSync(process.execPath, [...MAIN, "scan", dir.path], { encoding: "utf8", env, ...nobody });
    expect([child.status, findingsOf(child.stdout)[0]?.source.file]).toEqual([3, dir.good]);
    expect(child.stderr).toContain(`${closed}: EACCES: permission denied [input/unreadable]`);
    expect(child.stderr).toContain(`${secret} at byte 0: EACCES: permission denied [input/unreadable]`);
    chmodSync(closed, 0o755);
  });

  it.skipIf(process.platform === "win32")(
    "a pipe that nobody writes to, of which one signal ends the run (or skipped: Windows)",
    async () => {
      const pipe = join(dir.path, "pipe");
      expect(makePipe(pipe)).toBe(true);
      const child = spawn(process.execPath, [...MAIN, "scan", dir.good, pipe]);
      // What was found before it comes out when the run is asked to end.
      let [out, err] = ["", ""];
      child.stdout.on("data", (text) => {
        out += text;
      });
      child.stderr.on("data", (text) => {
        err += text;
      });
      const timer = setTimeout(() => child.kill("SIGTERM"), 4000);
      const [code, signal] = await once(child, "close");
      clearTimeout(timer);
      // A shell has 130 of both: of the second where the pipe was being opened.
      expect([130, "SIGINT"]).toContain(signal ?? code);
      expect(err).toContain("interrupted: this is what was found until then");
      expect(findingsOf(out)).toHaveLength(1);
    },
  );

  it("a folder in a circle, and the same file by two names", async () => {
    mkdirSync(join(dir.path, "a"));
    symlinkSync("..", join(dir.path, "a", "up"));
    symlinkSync(dir.good, join(dir.path, "a", "again.ndjson"));
    const { code, out, err } = await whatran(["scan", dir.path]);
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(err).toMatch(/a\/up: .*\[input\/cycle\]/);
    expect(err).toContain("[input/duplicate]");
  });

  it("an empty file, and one of no known format: said where they are named, passed over in a folder", async () => {
    const empty = dir.put("empty.evtx", "");
    const noise = dir.put("noise.bin", Buffer.alloc(4096, 0xa5));
    const named = await dir.scan([empty, noise]);
    expect(named.code).toBe(3);
    expect(named.err).toContain(`${empty}: nothing to read [input/empty]`);
    expect(named.err).toMatch(/noise\.bin: .*\[input\/unknown-format\]/);
    const { code, err } = await whatran(["scan", dir.path]);
    expect([code, err]).toEqual([0, expect.not.stringContaining("input/")]);
  });

  it("a folder in which nothing lies", async () => {
    const empty = join(dir.path, "empty", "deeper");
    mkdirSync(empty, { recursive: true });
    const { err } = await whatran(["scan", join(dir.path, "empty")]);
    expect(err).toContain("empty: no file lies in it [input/empty]");
    expect((await whatran(["scan", dir.path])).err).not.toContain("input/empty");
  });

  it("a file that vanishes after the folder was listed", async () => {
    const late = dir.put("late.ndjson", `${processStart(SCRIPTLET)}\n`);
    const seen: string[] = [];
    const summary = await scan([dir.path], {
      onFinding: ({ source }) => void seen.push(source.file),
      onDiagnostic: ({ code, file }) => void seen.push(`${code} ${file}`),
      onProgress: ({ files }) => files === 1 && rmSync(late, { force: true }),
    });
    expect(seen).toEqual([`input/missing ${late}`, dir.good]);
    expect(summary.inputs).toMatchObject([
      { file: dir.good, records: 1 },
      { file: late, skipped: true },
    ]);
  });

  it("a log that is still being written: what was there at the start is read, and the rest is said", async () => {
    const growing = dir.put("growing.ndjson", `${processStart(SCRIPTLET)}\n`.repeat(9000));
    const diagnostics: string[] = [];
    const summary = await scan([growing], {
      onFinding() {},
      onDiagnostic: ({ code, message }) => void diagnostics.push(`${code}: ${message}`),
      onProgress: ({ files }) => files === 0 && appendFileSync(growing, `${processStart(SCRIPTLET).slice(0, 100)}`),
    });
    expect(summary.inputs).toMatchObject([{ records: 9000, damaged: 0 }]);
    expect(diagnostics).toEqual([expect.stringMatching(/input\/changed: it grew by \d00 bytes/)]);
  });
});
