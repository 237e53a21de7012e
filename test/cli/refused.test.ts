import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, MAIN } from "../support/bad.ts";
import { whatran } from "../support/io.ts";

let dir: Bench;
beforeEach(() => {
  dir = bench();
});
afterEach(() => dir.remove());

describe("what the system refuses is said, with exit code 2", () => {
  const nowhere = (name: string) => join(dir.path, "none", name);

  it("a baseline, its export and its merger in a folder that is missing", async () => {
    const learnt = await whatran(["learn", dir.good, "--baseline", nowhere("b")]);
    expect([learnt.code, learnt.err]).toEqual([2, expect.stringContaining("whatran: ENOENT")]);
    const baseline = join(dir.path, "b");
    expect((await whatran(["learn", dir.good, "--baseline", baseline])).code).toBe(0);
    const merged = await whatran(["baseline", "merge", baseline, "-o", nowhere("b")]);
    expect([merged.code, merged.err]).toEqual([2, expect.stringContaining("whatran: ENOENT")]);
    const exported = await whatran(["baseline", "export", baseline, "-o", nowhere("b.ndjson")]);
    expect([exported.code, exported.err]).toEqual([2, expect.stringContaining("whatran: ENOENT")]);
  });

  it("a state in a folder that is missing", async () => {
    const { code, err } = await whatran(["scan", "--follow", dir.good, "--state", nowhere("s")]);
    expect([code, err]).toEqual([2, expect.stringContaining("whatran: ENOENT")]);
  });

  it.skipIf(!existsSync("/dev/full"))("a full disk under stdout (or skipped: no /dev/full)", () => {
    const full = spawnSync("sh", ["-c", '"$0" "$@" > /dev/full', process.execPath, ...MAIN, "scan", dir.good], {
      encoding: "utf8",
    });
    expect([full.status, full.stderr]).toEqual([2, expect.stringContaining("ENOSPC")]);
    expect(full.stderr.split("\n").length).toBeLessThan(6);
  });

  it("a tag that is no technique", async () => {
    const { code, err } = await whatran(["scan", dir.good, "--include-tag", "t1218.11"]);
    expect([code, err]).toEqual([2, expect.stringContaining("“t1218.11” is no technique")]);
    expect((await whatran(["scan", dir.good, "--exclude-tag", "attack.t1218.010"])).code).toBe(0);
  });
});

it("repeats what was typed without its escape sequences", async () => {
  for (const argv of [["sc\u001b[31man"], ["scan", "--fo\u001b[31mo"], ["config", "show", "a\u001b[31m"]]) {
    const { code, err } = await whatran(argv);
    expect([code, err]).toEqual([2, expect.not.stringContaining("\u001b")]);
  }
});

it("says on how many hosts a component is lacking", async () => {
  const start = (host: string, id: number, image: string) =>
    JSON.stringify({
      EventID: id,
      Provider: "Microsoft-Windows-Sysmon",
      Computer: host,
      Image: image,
      CommandLine: "x",
      ImageLoaded: "C:\\a.dll",
      UtcTime: "2024-05-02 09:00:00.000",
    });
  const file = join(dir.path, "hosts.ndjson");
  writeFileSync(
    file,
    ["A", "B", "C"].map((host) => start(host, 1, "C:\\Windows\\System32\\rundll32.exe")).join("\n") +
      "\n" +
      start("A", 7, "C:\\Windows\\System32\\rundll32.exe") +
      "\n",
  );
  const { out } = await whatran(["coverage", file, "--format", "table"]);
  expect(out).toContain("3 hosts, 4 events from 4 records in 1 file\n");
  expect(out).toMatch(/T1218\.011 .*Module Load \(on 2 of 3 hosts\)/);
});
