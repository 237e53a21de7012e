import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunSummary } from "../../src/outputs/summary.ts";
import { whatran } from "../support/io.ts";
import { folder, ORDINARY, processStart, SCRIPTLET } from "../support/logs.ts";

let dir = folder();
let log = "";
beforeEach(() => {
  dir = folder();
  log = dir.write("events.ndjson", `${[ORDINARY, SCRIPTLET].map((line) => processStart(line)).join("\n")}\n`);
});
afterEach(() => dir.remove());

const findings = (out: string) =>
  out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe("scan", () => {
  it("writes NDJSON into a pipe: one finding, with its place", async () => {
    const { code, out } = await whatran(["scan", log]);
    expect(code).toBe(0);
    const [finding, ...others] = findings(out);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      schema: "whatran/finding/1",
      host: "ACCT-07",
      commandLine: SCRIPTLET,
      behaviour: "windows/regsvr32/scriptlet",
      source: { file: log, index: 1 },
    });
  });

  it("shows a table on a terminal, with what was read at its end", async () => {
    const { out } = await whatran(["scan", log], { tty: true, env: { NO_COLOR: "1" } });
    expect(out).toContain(SCRIPTLET);
    expect(out).toMatch(/2 records, .* 1 file/);
    expect(out).not.toContain("\u001b[3");
  });

  it("colours a terminal, unless it is told not to", async () => {
    expect((await whatran(["scan", log], { tty: true })).out).toContain("\u001b[");
    expect((await whatran(["scan", log, "-K"], { tty: true })).out).not.toContain("\u001b[");
  });

  it("takes paths with -d and -f, too", async () => {
    expect((await whatran(["scan", "-f", log])).out).toBe((await whatran(["scan", log])).out);
    expect(findings((await whatran(["scan", "-d", dir.path])).out)).toHaveLength(1);
  });

  it("tells the format of each --output by its name, and leaves stdout alone", async () => {
    const names = ["a.csv", "b.ndjson", "c.html", "d.json", "e.txt"];
    const { code, out } = await whatran(["scan", log, ...names.flatMap((name) => ["-o", name])], { cwd: dir.path });
    expect(code).toBe(0);
    expect(out).toBe("");
    const [csv, ndjson, html, json, txt] = names.map((name) => readFileSync(join(dir.path, name), "utf8"));
    expect(csv).toMatch(/^Timestamp,/);
    expect(findings(ndjson ?? "")).toHaveLength(1);
    expect(html).toMatch(/^<!doctype html>/);
    expect(JSON.parse(json ?? "")).toHaveLength(1);
    expect(txt).toContain(SCRIPTLET);
  });

  it("overwrites nothing without --clobber", async () => {
    const file = dir.write("out.csv", "precious");
    const refused = await whatran(["scan", log, "-o", file]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("--clobber")]);
    expect(readFileSync(file, "utf8")).toBe("precious");
    expect((await whatran(["scan", log, "-o", file, "-C"])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(/^Timestamp,/);
  });

  it("makes no file where one of several outputs is wrong", async () => {
    const { code } = await whatran(["scan", log, "-o", "a.csv", "-o", "b.unknown"], { cwd: dir.path });
    expect(code).toBe(2);
    expect(existsSync(join(dir.path, "a.csv"))).toBe(false);
  });

  it("exits with 1 for findings only where --fail-level asks for it", async () => {
    expect((await whatran(["scan", log, "--fail-level", "high"])).code).toBe(1);
    const harmless = dir.write("harmless.ndjson", `${processStart(ORDINARY)}\n`);
    expect((await whatran(["scan", harmless, "--fail-level", "low"])).code).toBe(0);
  });

  it("exits with 3 where an input could not be read, and reads all the rest", async () => {
    const { code, out, err } = await whatran(["scan", join(dir.path, "missing.evtx"), log]);
    expect(code).toBe(3);
    expect(findings(out)).toHaveLength(1);
    expect(err).toContain("missing.evtx");
  });

  it("does not fail for a file that is no log among others, but for one that was named", async () => {
    const notes = dir.write("notes.bin", "\u0000\u0001 nothing that anybody logs");
    expect((await whatran(["scan", dir.path])).code).toBe(0);
    expect((await whatran(["scan", notes])).code).toBe(3);
  });

  it.each([
    [["--include-tag", "attack.t1218.010"], 1],
    [["--include-tag", "T1218"], 1],
    [["--include-tag", "T1218.011"], 0],
    [["--exclude-tag", "T1218"], 0],
    [["--include-computer", "acct-07"], 1],
    [["--exclude-computer", "ACCT-07"], 0],
    [["--timeline-start", "2024-05-02 09:14:55"], 1],
    [["--timeline-start", "2024-05-02T09:15"], 0],
    [["--timeline-end", "2024-05-02"], 0],
    [["--timeline-end", "2024-05-02T11:14:56+02:00"], 1],
    [["--time-offset", "1d"], 0],
    [["-m", "critical", "--exclude-eid", "99"], 1],
  ])("filters: %j leaves %i", async (flags, count) => {
    expect(findings((await whatran(["scan", log, ...flags])).out)).toHaveLength(count);
  });

  it.each([
    [["--min-level", "hgh"], "min-level"],
    [["--time-offset", "soon"], "30d"],
    [["--timeline-start", "yesterday"], "2024-05-02"],
    [["--include-eid", "one"], "event id"],
    [["--format", "xml"], "table"],
    [["--input-format", "nonsense"], "nonsense"],
    [["--nonsense"], "--nonsense"],
  ])("calls %j wrong usage and says what is right", async (flags, hint) => {
    const { code, err, out } = await whatran(["scan", log, ...flags]);
    expect([code, out]).toEqual([2, ""]);
    expect(err.toLowerCase()).toContain(hint.toLowerCase());
  });

  it("needs a path", async () => expect((await whatran(["scan"])).code).toBe(2));

  it("writes the summary of the run, with hashes where asked for", async () => {
    await whatran(["scan", log, "--summary", "s.json", "--hash"], { cwd: dir.path });
    const summary: RunSummary = JSON.parse(readFileSync(join(dir.path, "s.json"), "utf8"));
    expect(summary).toMatchObject({
      schema: "whatran/summary/1",
      records: 2,
      damaged: 0,
      events: { processCreation: 2 },
    });
    expect(summary.inputs).toHaveLength(1);
    expect(summary.inputs[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.values(summary.findings)).toEqual([1]);
  });

  it("masks secrets with --redact", async () => {
    const secret = dir.write("s.ndjson", `${processStart(`${SCRIPTLET} /password:Winter24`)}\n`);
    expect((await whatran(["scan", secret])).out).toContain("Winter24");
    expect((await whatran(["scan", secret, "--redact"])).out).not.toContain("Winter24");
  });

  it("reads stdin as -", async () => {
    const { out } = await whatran(["scan", "-"], { stdin: `${processStart(SCRIPTLET)}\n` });
    expect(findings(out)).toHaveLength(1);
  });

  it("ends at once, with what it has, when it is interrupted", async () => {
    const { code } = await whatran(["scan", log], { signal: AbortSignal.abort("interrupted") });
    expect(code).toBe(130);
  });

  it("says in a pipe that it was interrupted, and stops looking", async () => {
    const hosts = Array.from({ length: 9 }, (_, at) => processStart(SCRIPTLET).replaceAll("ACCT-07", `ACCT-${at}`));
    const many = dir.write("many.ndjson", `${hosts.join("\n")}\n`);
    const controller = new AbortController();
    const { code, out, err } = await whatran(["scan", many], {
      signal: controller.signal,
      onOut: () => controller.abort(),
    });
    expect(code).toBe(130);
    expect(findings(out).length).toBeLessThan(9);
    expect(err).toBe("whatran: interrupted: this is what was found until then\n");
  });

  it("says so where nothing that it was given is a log", async () => {
    const inner = join(dir.path, "notes");
    mkdirSync(inner);
    writeFileSync(join(inner, "a.txt"), "hello");
    const { code, out, err } = await whatran(["scan", inner]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toBe("whatran: no log was recognised in 1 file; whatran formats says what a file is taken for\n");
    expect((await whatran(["scan", inner, log])).err).toBe("");
  });

  it("prints nothing besides results with -q", async () => {
    const { err } = await whatran(["scan", log, join(dir.path, "missing"), "-q"]);
    expect(err).toBe("");
  });
});
