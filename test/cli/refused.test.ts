import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder } from "../../src/cli/output-file.ts";
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
    expect([learnt.code, learnt.err]).toEqual([2, expect.stringContaining("b cannot be written: ENOENT")]);
    const baseline = join(dir.path, "b");
    expect((await whatran(["learn", dir.good, "--baseline", baseline])).code).toBe(0);
    const merged = await whatran(["baseline", "merge", baseline, "-o", nowhere("b")]);
    expect([merged.code, merged.err]).toEqual([2, expect.stringContaining("b cannot be written: ENOENT")]);
    const exported = await whatran(["baseline", "export", baseline, "-o", nowhere("b.ndjson")]);
    expect([exported.code, exported.err]).toEqual([2, expect.stringContaining("b.ndjson cannot be written: ENOENT")]);
  });

  it("a summary or a report in a folder that is missing, before anything is read", async () => {
    for (const [command, option] of [
      ["scan", "--summary"],
      ["scan", "--output"],
      ["coverage", "--output"],
      ["coverage", "--navigator"],
    ] as const) {
      const { code, out, err } = await whatran([command, dir.good, option, nowhere("s.json")]);
      expect([code, out, err]).toEqual([2, "", expect.stringContaining("s.json cannot be written: ENOENT")]);
    }
  });

  it("an output that is named twice, without making any", async () => {
    const csv = join(dir.path, "a.csv");
    const { code, err } = await whatran(["scan", dir.good, "-o", csv, "-o", csv]);
    expect([code, err, existsSync(csv)]).toEqual([2, expect.stringContaining("named twice"), false]);
  });

  it("a folder in place of a baseline", async () => {
    const { code, err } = await whatran(["scan", dir.good, "--baseline", dir.path]);
    expect([code, err]).toEqual([2, expect.stringContaining(`${dir.path} cannot be opened`)]);
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

  it.skipIf(!existsSync("/proc/self"))("a folder where there can be none (or skipped: no /proc)", () => {
    expect(() => makeFolder("/proc/whatran/deeper")).toThrow("ENOENT");
    const deep = join(dir.path, "new", "deeper");
    makeFolder(deep);
    makeFolder(deep);
    expect(existsSync(deep)).toBe(true);
    expect(() => makeFolder(join(dir.good, "below"))).toThrow("ENOTDIR");
  });

  it("a tag that is no technique", async () => {
    const { code, err } = await whatran(["scan", dir.good, "--include-tag", "t1218.11"]);
    expect([code, err]).toEqual([2, expect.stringContaining("“t1218.11” is no technique")]);
    expect((await whatran(["scan", dir.good, "--exclude-tag", "attack.t1218.010"])).code).toBe(0);
    const listed = await whatran(["catalog", "list", "--technique", "T1218.99"]);
    expect([listed.code, listed.out, listed.err]).toEqual([
      2,
      "",
      expect.stringContaining("“T1218.99” is no technique"),
    ]);
  });
});

describe("a technique that nothing shows", () => {
  const unshown = (flag: string, id: string) => `whatran: ${flag} ${id}: nothing in the catalogue shows this technique`;

  it.each(["--include-tag", "--exclude-tag"])("is told where findings are chosen by it: scan %s", async (flag) => {
    const { code, err } = await whatran(["scan", dir.good, flag, "T9999", flag, "t1218.001"]);
    expect([code, err.split("\n")[0]]).toEqual([0, unshown(flag, "T9999")]);
    expect((await whatran(["scan", dir.good, "-q", flag, "T9999"])).err).toBe("");
  });

  it("is told with the one that may have been meant, and is not refused", async () => {
    const { code, err } = await whatran(["catalog", "list", "--technique", "T1218.091"]);
    expect([code, err]).toEqual([0, expect.stringMatching(/ T1218\.091: nothing .*; did you mean T1218\.0\d\d\?\n$/)]);
  });

  it.each(["t1218", "attack.t1218.011", "T1547.001"])("is not said of %s, which some do", async (id) => {
    const { code, out, err } = await whatran(["catalog", "list", "--technique", id]);
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n").length).toBeGreaterThan(2);
    expect((await whatran(["scan", dir.good, "--include-tag", id])).err).not.toContain("nothing in the catalogue");
  });
});

it("repeats what was typed without its escape sequences", async () => {
  for (const argv of [["sc\u001b[31man"], ["scan", "--fo\u001b[31mo"], ["config", "show", "a\u001b[31m"]]) {
    const { code, err } = await whatran(argv);
    expect([code, err]).toEqual([2, expect.not.stringContaining("\u001b")]);
  }
});
