import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ResultFile } from "../../src/cli/result-file.ts";
import { type Bench, bench, MAIN } from "../support/bad.ts";
import { whatran } from "../support/io.ts";

let dir: Bench;
beforeEach(() => {
  dir = bench();
});
afterEach(() => dir.remove());

const parts = () => readdirSync(dir.path).filter((name) => name.endsWith(".part"));

describe("a result", () => {
  it("takes its place when it is whole, through a link that stays one", () => {
    const [old, link] = [join(dir.path, "old"), join(dir.path, "link")];
    writeFileSync(old, "old", { mode: 0o600 });
    symlinkSync(old, link);
    const file = new ResultFile(link, { clobber: true });
    file.write("new");
    file.flush();
    expect([readFileSync(old, "utf8"), parts().length]).toEqual(["old", 1]);
    file.close();
    expect([readFileSync(old, "utf8"), parts()]).toEqual(["new", []]);
    expect([lstatSync(link).isSymbolicLink(), lstatSync(old).mode & 0o777]).toEqual([true, 0o600]);
  });

  it("replaces nothing that came meanwhile, unless it may", () => {
    const path = join(dir.path, "new");
    const file = new ResultFile(path, { clobber: false });
    writeFileSync(path, "theirs");
    expect(() => file.close()).toThrow("--clobber");
    expect(readFileSync(path, "utf8")).toBe("theirs");
  });

  it("that others read while it grows is written in its place", () => {
    const path = join(dir.path, "new");
    const file = new ResultFile(path, { clobber: false, grows: "anew" });
    file.write("a");
    file.flush();
    expect([readFileSync(path, "utf8"), parts()]).toEqual(["a", []]);
    file.close();
  });

  it.skipIf(!existsSync("/dev/full"))(
    "says that the disk is full, file by file (or skipped: no /dev/full)",
    async () => {
      for (const args of [
        ["scan", dir.good, "--format", "json", "-o"],
        ["scan", dir.good, "--summary"],
        ["coverage", dir.good, "-C", "--navigator"],
      ]) {
        const { code, err } = await whatran([...args, "/dev/full", "-C"]);
        expect([args, code, err]).toEqual([args, 2, expect.stringContaining("/dev/full cannot be written: ENOSPC")]);
      }
    },
  );
});

describe("a scan that is ended midway", () => {
  const old = "what was there\n";
  /** Ends a scan that waits for more input, once it has made its file. */
  async function ended(signal: NodeJS.Signals, path: string) {
    writeFileSync(path, old);
    const child = spawn(process.execPath, [...MAIN, "scan", "-", "--format", "ndjson", "-C", "-o", path]);
    let err = "";
    child.stderr.on("data", (block) => (err += block));
    child.stdin.write('{"EventID":1}\n');
    while (parts().length === 0 && child.exitCode === null) await setTimeout(20);
    await setTimeout(300);
    child.kill(signal);
    const [code] = await once(child, "close");
    return { code, err };
  }

  it.skipIf(process.platform === "win32")("by Ctrl-C or SIGTERM says so, and leaves no part", async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      const path = join(dir.path, "a.ndjson");
      const { code, err } = await ended(signal, path);
      expect([code, err, parts()]).toEqual([130, expect.stringContaining("interrupted"), []]);
      expect(err).not.toContain("    at ");
    }
  });

  it.skipIf(process.platform === "win32")("by a kill leaves the old result; the next run clears up", async () => {
    const path = join(dir.path, "a.ndjson");
    await ended("SIGKILL", path);
    expect([readFileSync(path, "utf8"), parts().length]).toEqual([old, 1]);
    const next = spawnSync(process.execPath, [...MAIN, "scan", dir.good, "-C", "-o", path], { encoding: "utf8" });
    expect([next.status, parts()]).toEqual([0, []]);
    expect(readFileSync(path, "utf8")).not.toBe(old);
  });
});
