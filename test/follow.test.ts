import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EvtxEvent, encodeEvtx } from "../lab/writers/evtx.ts";
import type { Finding } from "../src/model/finding.ts";
import { follow } from "../src/pipeline/follow/follow.ts";
import { scan } from "../src/pipeline/scan.ts";
import { sysmonEvent } from "./support/sysmon.ts";

/** Runs that are killed at any moment while logs grow, are renamed and are begun anew, against one run that is left alone. */
let root = "";
const children = new Set<ChildProcess>();
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "whatran-kill-"));
  mkdirSync(join(root, "logs"));
});
afterEach(() => {
  // Where a test failed in the midst of a run.
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  rmSync(root, { recursive: true, force: true });
});

const BEGUN = Date.UTC(2024, 4, 2, 9);
const S32 = "C:\\Windows\\System32\\";
const guid = (n: number) => `{00000000-0000-0000-0000-${String(n).padStart(12, "0")}}`;

/** Event `n` of a host: every third start is to be found, and its library is loaded with the next event. */
function fieldsOf(n: number): { readonly eventId: number; readonly data: Record<string, string> } {
  const library = `C:\\ProgramData\\a${n - (n % 3)}.dll`;
  const own = (of: number, name: string) => ({
    ProcessGuid: guid(of),
    ProcessId: String(1000 + of),
    Image: `${S32}${name}.exe`,
  });
  if (n % 3 === 1)
    return {
      eventId: 7,
      data: { ...own(n - 1, "regsvr32"), ImageLoaded: library, Signed: "false", SignatureStatus: "Unavailable" },
    };
  const line = n % 3 === 0 ? `regsvr32 /s ${library}` : "notepad.exe";
  const parent = { ParentProcessGuid: guid(999_999), ParentImage: "C:\\Windows\\explorer.exe" };
  return { eventId: 1, data: { ...own(n, n % 3 === 0 ? "regsvr32" : "notepad"), CommandLine: line, ...parent } };
}

const timeOf = (n: number) => BEGUN + n * 1000;

function line(n: number, host: string): string {
  const { eventId, data } = fieldsOf(n);
  return `${JSON.stringify({
    "@timestamp": new Date(timeOf(n)).toISOString(),
    host: { name: host },
    winlog: {
      channel: "Microsoft-Windows-Sysmon/Operational",
      provider_name: "Microsoft-Windows-Sysmon",
      event_id: eventId,
      record_id: n,
      computer_name: host,
      event_data: data,
    },
  })}\n`;
}

function evtxEvent(n: number, host: string): EvtxEvent {
  const { eventId, data } = fieldsOf(n);
  return sysmonEvent({
    eventId,
    time: timeOf(n),
    computer: host,
    data: Object.entries(data).map(([name, value]) => ({ name, type: "string", value })),
  });
}

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const CLI = ["--import", "tsx", "src/cli/main.ts"];

function start(state: string, out: string): ChildProcess {
  const flags = ["scan", "--follow", join(root, "logs"), "--state", state, "-o", out, "-q"];
  const child = spawn(process.execPath, [...CLI, ...flags], { stdio: "ignore" });
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill(signal);
  await closed;
}

async function until(holds: () => boolean, most: number): Promise<boolean> {
  for (const end = Date.now() + most; Date.now() < end; await sleep(15)) if (holds()) return true;
  return holds();
}

/** Records of a file that the saved state has taken. */
function taken(state: string, path: string): number {
  if (!existsSync(state) || !existsSync(path)) return 0;
  const { dev, ino } = statSync(path);
  const { files } = JSON.parse(readFileSync(state, "utf8").split("\n", 1)[0] ?? "{}") as {
    files: { id: string; next: [string, number][] }[];
  };
  return files.find(({ id }) => id === `${dev}:${ino}`)?.next[0]?.[1] ?? 0;
}

async function findings(path: string): Promise<Finding[]> {
  const all: Finding[] = [];
  await scan([path], { onFinding: (finding) => all.push(finding) });
  return all;
}

/** What a file holds whose last line may be cut. */
const written = (out: string): Finding[] =>
  existsSync(out)
    ? readFileSync(out, "utf8")
        .split("\n")
        .filter((text) => text.endsWith("}"))
        .map((text) => JSON.parse(text) as Finding)
    : [];

/** Findings without where their records lie: a log that was renamed or begun anew has others. */
const told = (all: readonly Finding[]) =>
  all.map(({ id, host, level, score, evidence }) => `${id} ${host} ${level} ${score} ${evidence.length}`).toSorted();

describe("a run that is killed", () => {
  it.each([7, 1_905])(
    "tells each finding once, however its logs are written (seed %i)",
    async (seed) => {
      const next = random(seed);
      const [state, out, whole] = ["run.state", "out.ndjson", "whole.json"].map((name) => join(root, name)) as [
        string,
        string,
        string,
      ];
      const logs = ["PC1", "PC2"].map((host) => ({
        host,
        path: join(root, "logs", `${host}.json`),
        n: 0,
        lines: 0,
        rest: "",
      }));
      let rotated = 0;
      /** Writes some events; the last line may be cut, and goes on with the next. */
      const grow = (most: number) => {
        for (const log of logs) {
          let text = log.rest;
          for (const end = log.n + Math.floor(next() * most); log.n < end; log.n++, log.lines++) {
            text += line(log.n, log.host);
            appendFileSync(whole, line(log.n, log.host));
          }
          const cut = next() < 0.3 ? Math.min(text.length, 1 + Math.floor(next() * 200)) : 0;
          log.rest = text.slice(text.length - cut);
          appendFileSync(log.path, text.slice(0, text.length - cut));
        }
      };
      const finishLine = (log: (typeof logs)[number]) => {
        appendFileSync(log.path, log.rest);
        log.rest = "";
      };
      for (let round = 0; round < 6; round++) {
        const child = start(state, out);
        const before = existsSync(state) ? statSync(state).mtimeMs : 0;
        if (next() < 0.8) await until(() => existsSync(state) && statSync(state).mtimeMs > before, 20_000);
        for (let step = Math.floor(next() * 4); step >= 0; step--) {
          grow(120);
          await sleep(next() * 300);
          const log = logs[Math.floor(next() * 2)] as (typeof logs)[number];
          const act = next();
          if (act < 0.3) {
            finishLine(log);
            renameSync(log.path, `${log.path}.${++rotated}`);
            log.lines = 0;
          } else if (act < 0.5 && existsSync(log.path)) {
            // What was not read before is gone, whoever follows: a log is begun anew in place once all of it is.
            finishLine(log);
            if (await until(() => taken(state, log.path) === log.lines, 4_000)) {
              truncateSync(log.path);
              log.lines = 0;
              // At times it is longer than before when it is looked at next.
              if (next() < 0.5) grow(300);
            }
          }
        }
        await sleep(next() * 400);
        await ended(child, "SIGKILL");
        if (next() < 0.5) grow(60);
      }
      for (const log of logs) finishLine(log);
      // What comes hours later has all before it given out; the last of all waits for what may be late.
      for (const { path, host, n } of logs)
        for (const hours of [1, 2]) {
          const quiet = JSON.parse(line(2, host)) as Record<string, unknown>;
          const time = new Date(timeOf(n + 3_600 * hours)).toISOString();
          const later = `${JSON.stringify({ ...quiet, "@timestamp": time })}\n`;
          appendFileSync(path, later);
          appendFileSync(whole, later);
        }
      const wanted = told(await findings(whole));
      const last = start(state, out);
      await until(() => written(out).length >= wanted.length, 40_000);
      await ended(last, "SIGINT");
      expect(wanted.length).toBeGreaterThan(60);
      expect(told(written(out))).toEqual(wanted);
    },
    240_000,
  );

  it("takes an event log up again that Windows still writes to", async () => {
    const path = join(root, "logs", "Sysmon.evtx");
    const state = join(root, "run.state");
    const events = Array.from({ length: 700 }, (_, n) => evtxEvent(n, "PC1"));
    // What comes hours later has all before it given out; the last of all waits for what may be late.
    for (const later of [5_000, 9_000]) events.push({ ...evtxEvent(2, "PC1"), time: timeOf(later) });
    const next = random(11);
    const given: Finding[] = [];
    writeFileSync(path, encodeEvtx(events.slice(0, 5)));
    for (let length = 5; length < events.length; ) {
      const controller = new AbortController();
      const running = follow([path], {
        state,
        interval: 15,
        signal: controller.signal,
        onFinding: (finding) => given.push(finding),
      });
      for (let step = 0; step < 3; step++) {
        length = Math.min(events.length, length + Math.floor(next() * 120));
        const file = openSync(path, "r+");
        const bytes = encodeEvtx(events.slice(0, length));
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
        closeSync(file);
        await sleep(40 + next() * 60);
      }
      if (length === events.length) await until(() => taken(state, path) > events.length, 10_000);
      controller.abort();
      await running;
    }
    const wanted = told(await findings(path));
    expect(wanted.length).toBeGreaterThan(200);
    expect(told(given)).toEqual(wanted);
  }, 60_000);
});
