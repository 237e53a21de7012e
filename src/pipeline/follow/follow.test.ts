import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Finding } from "../../model/finding.ts";
import { scan } from "../scan.ts";
import { follow } from "./follow.ts";
import { StateFile } from "./state.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "whatran-follow-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A process start as Winlogbeat writes it; every third is one to be found. */
function line(index: number): string {
  const evil = index % 3 === 0;
  const image = `C:\\Windows\\System32\\${evil ? "regsvr32" : "notepad"}.exe`;
  return `${JSON.stringify({
    "@timestamp": new Date(Date.UTC(2024, 4, 2, 9) + index * 1000).toISOString(),
    host: { name: "PC1" },
    winlog: {
      channel: "Microsoft-Windows-Sysmon/Operational",
      provider_name: "Microsoft-Windows-Sysmon",
      event_id: 1,
      record_id: index,
      computer_name: "PC1",
      event_data: {
        ProcessGuid: `{00000000-0000-0000-0000-${String(index).padStart(12, "0")}}`,
        ProcessId: String(1000 + index),
        Image: image,
        CommandLine: evil ? `regsvr32 /s C:\\ProgramData\\a${index}.dll` : "notepad.exe",
        ParentProcessGuid: "{00000000-0000-0000-0000-ffffffffffff}",
        ParentImage: "C:\\Windows\\explorer.exe",
      },
    },
  })}\n`;
}
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join("");

async function batch(path: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  await scan([path], { onFinding: (finding) => findings.push(finding) });
  return findings;
}

/** Follows while `during` does something to the files, then stops. */
async function followed(
  paths: readonly string[],
  during: () => Promise<void>,
  options: { state?: string; stdin?: AsyncIterable<Uint8Array> } = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const controller = new AbortController();
  const running = follow(paths, {
    ...options,
    interval: 20,
    signal: controller.signal,
    onFinding: (finding) => findings.push(finding),
  });
  await during();
  controller.abort();
  await running;
  return findings;
}

const ids = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id).toSorted();

describe("following", () => {
  it("finds in files that grow, that come later and that are renamed what a scan finds in the end", async () => {
    const [a, b] = [join(folder, "a.json"), join(folder, "b.json")];
    writeFileSync(a, lines(0, 10));
    const findings = await followed([folder], async () => {
      await sleep(120);
      appendFileSync(a, lines(10, 12) + line(12).slice(0, 40));
      await sleep(120);
      appendFileSync(a, line(12).slice(40));
      writeFileSync(b, lines(13, 20));
      await sleep(120);
      renameSync(a, join(folder, "a.json.1"));
      await sleep(200);
    });
    expect(ids(findings)).toEqual(ids(await batch(folder)));
    expect(findings.length).toBeGreaterThan(5);
  });

  it("reads a log that was begun anew in place and has outgrown what it was since", async () => {
    const [path, whole] = [join(folder, "logs.json"), join(folder, "whole", "a.json")];
    writeFileSync(path, lines(0, 6));
    const findings = await followed([path], async () => {
      await sleep(150);
      writeFileSync(path, lines(6, 40));
      await sleep(150);
      appendFileSync(path, lines(40, 44));
      await sleep(150);
    });
    mkdirSync(join(folder, "whole"));
    writeFileSync(whole, lines(0, 44));
    expect(ids(findings)).toEqual(ids(await batch(whole)));
  });

  it("knows a log that was first seen with half a line by more than that half", async () => {
    const [path, whole] = [join(folder, "logs.json"), join(folder, "whole", "a.json")];
    const first = lines(0, 6);
    writeFileSync(path, first.slice(0, 24));
    const findings = await followed([path], async () => {
      await sleep(150);
      appendFileSync(path, first.slice(24));
      await sleep(150);
      writeFileSync(path, lines(6, 40));
      await sleep(150);
    });
    mkdirSync(join(folder, "whole"));
    writeFileSync(whole, lines(0, 40));
    expect(ids(findings)).toEqual(ids(await batch(whole)));
  });

  it("reads an endless standard input, and ends with it", async () => {
    async function* stdin() {
      yield Buffer.from(lines(0, 4));
      await sleep(100);
      yield Buffer.from(lines(4, 9));
    }
    const findings: Finding[] = [];
    await follow(["-"], { stdin: stdin(), interval: 20, onFinding: (finding) => findings.push(finding) });
    writeFileSync(join(folder, "all.json"), lines(0, 9));
    expect(ids(findings)).toEqual(ids(await batch(folder)));
  });

  it("goes on where it was stopped", async () => {
    const path = join(folder, "a.json");
    const state = join(folder, "run.state");
    writeFileSync(path, lines(0, 200));
    const first = await followed([path], () => sleep(400), { state });
    appendFileSync(path, lines(200, 600));
    const second = await followed([path], () => sleep(400), { state });
    expect(first.length).toBeGreaterThan(10);
    const all = await batch(path);
    // The last findings still wait for what may happen around them.
    const given = ids([...first, ...second]);
    expect(new Set(given).size).toBe(given.length);
    expect(ids(all)).toEqual(expect.arrayContaining(given));
    expect(all.length - given.length).toBeLessThan(60);
  });

  it("refuses a state that is cut short, or of another kind", () => {
    const path = join(folder, "x.state");
    for (const text of ["", "{}", '{"schema":"whatran/follow/1","hosts":2,"results":0}\n{}\n']) {
      writeFileSync(path, text);
      expect(() => new StateFile(path).load()).toThrow(/state/);
    }
    expect(new StateFile(join(folder, "none")).load()).toBeUndefined();
  });
});

const CLI = ["--import", "tsx", "src/cli/main.ts"];

function start(path: string, state: string, out: string): ChildProcess {
  const flags = ["scan", "--follow", path, "--state", state, "-o", out, "-q"];
  return spawn(process.execPath, [...CLI, ...flags], { stdio: "ignore" });
}

it("loses and doubles nothing when it is killed again and again", async () => {
  const [path, state, out] = ["a.json", "run.state", "out.ndjson"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const read = () => (existsSync(out) ? readFileSync(out, "utf8") : "");
  const grows = async (from: number) => {
    for (const until = Date.now() + 6_000; read().length <= from && Date.now() < until; ) await sleep(20);
  };
  writeFileSync(path, lines(0, 300));
  for (let round = 1; round <= 3; round++) {
    const child = start(path, state, out);
    const before = read().length;
    await grows(before);
    appendFileSync(path, lines(round * 300, round * 300 + 300));
    // In the midst of what it gives out, or of what it saves.
    await grows(read().length);
    await sleep(round * 7);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
  }
  const last = start(path, state, out);
  await grows(read().length);
  await sleep(1500);
  last.kill("SIGINT");
  await new Promise((resolve) => last.once("close", resolve));
  const findings = read()
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text) as Finding);
  const given = ids(findings);
  expect(new Set(given).size).toBe(given.length);
  // What happened more than lateness and waiting time before the last event has been given out, all of it.
  const settled = (await batch(path)).filter(
    ({ time }) => Date.parse(time ?? "") < Date.UTC(2024, 4, 2, 9) + 1_000_000,
  );
  expect(settled.length).toBeGreaterThan(300);
  expect(settled.filter(({ id }) => !given.includes(id))).toEqual([]);
  expect(readFileSync(state, "utf8").length).toBeLessThan(2_000_000);
}, 90_000);
