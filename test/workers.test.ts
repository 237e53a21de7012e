import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EvtxEvent, openEvtxFile } from "../lab/writers/evtx.ts";
import { COMMON } from "../scripts/build.ts";
import { folder, ORDINARY, processStart, SCRIPTLET } from "./support/logs.ts";

const ROOT = join(import.meta.dirname, "..");
const run = promisify(execFile);
const dir = folder();
const cli = join(dir.path, "program", "cli.js");

/** One event of a log: mostly starts of processes, now and then a script block in two parts, one of which may never come. */
function event(i: number): EvtxEvent {
  const script = i % 97 < 2;
  const base = { version: 1, level: 4, task: 1, opcode: 0, keywords: 0n, time: Date.UTC(2026, 2, 3) + i * 250 };
  const log = { processId: 4, threadId: 8, computer: `ws-${i % 3}.example.net` };
  const block = { MessageNumber: 1 + (i % 97), MessageTotal: 2, ScriptBlockText: `function F${i} { ${SCRIPTLET} }\n` };
  const start = {
    UtcTime: "2026-03-03 00:00:00.000",
    ProcessGuid: `{11223344-5566-7788-99AA-${i.toString(16).padStart(12, "0").toUpperCase()}}`,
    Image: `C:\\Windows\\System32\\${i % 50 === 0 ? "regsvr32.exe" : "notepad.exe"}`,
    CommandLine: i % 50 === 0 ? SCRIPTLET : `${ORDINARY} ${i} ${"x".repeat(3000)}`,
    ParentImage: "C:\\Windows\\explorer.exe",
    User: "EXAMPLE\\m.weber",
  };
  const fields = script
    ? { ...block, ScriptBlockId: `00000000-0000-0000-0000-${String(i - (i % 97)).padStart(12, "0")}` }
    : start;
  const provider = script ? "Microsoft-Windows-PowerShell" : "Microsoft-Windows-Sysmon";
  const data = Object.entries(fields).map(([name, value]) =>
    typeof value === "number" ? { name, type: "int32" as const, value } : { name, type: "string" as const, value },
  );
  return { ...base, ...log, provider, channel: `${provider}/Operational`, eventId: script ? 4104 : 1, data };
}

/** What a host's log says of a program that is in touch with another machine, some seconds after it was started. */
function contacts(host: number): string[] {
  const process = `{00000001-0000-0000-0000-00000000000${host}}`;
  const line = (EventID: number, second: number, fields: Record<string, string>) =>
    JSON.stringify({
      EventID,
      Channel: "Microsoft-Windows-Sysmon/Operational",
      Provider_Name: "Microsoft-Windows-Sysmon",
      Computer: `PC-${host}.corp.example`,
      EventRecordID: second,
      UtcTime: `2024-05-02 09:14:0${second}.120`,
      ProcessGuid: process,
      ProcessId: 4711,
      Image: "C:\\Windows\\System32\\rundll32.exe",
      ...fields,
    });
  const to = { DestinationIp: `198.51.100.${host * 4}`, DestinationHostname: `srv-${host}.example.net` };
  return [
    line(1, 1, { CommandLine: `rundll32 C:\\Users\\ann\\tool-${host}.dll,Go`, OriginalFileName: "RUNDLL32.EXE" }),
    line(3, 2 + (host % 5), { ...to, Initiated: "true" }),
  ];
}

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  /** Workers that came up. */
  readonly workers: number;
}

const STARTS = "a worker starts\n";

const scan = (threads: number, ...args: string[]) => scanIn(dir.path, threads, ...args);

async function scanIn(cwd: string, threads: number, ...args: string[]): Promise<Ran> {
  const file = join(dir.path, "summary.json");
  const flags = ["-m", "informational", "--format", "ndjson", "--threads", String(threads), "-C", "--summary", file];
  const options = { cwd, maxBuffer: 1 << 28 };
  // A path that is missing makes the exit code, not the output.
  const { stdout, stderr } = await run(process.execPath, [cli, "scan", ...args, ...flags], options).catch((e) => e);
  const { seconds, cpuSeconds, peakMiB, inputs, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  expect([seconds, cpuSeconds, peakMiB].every((figure) => typeof figure === "number")).toBe(true);
  const sorted = inputs.map((input: unknown) => JSON.stringify(input)).sort();
  const [, ...starts] = stderr.split(STARTS);
  return {
    stdout,
    stderr: stderr.replaceAll(STARTS, ""),
    summary: JSON.stringify([rest, sorted]),
    workers: starts.length,
  };
}

beforeAll(async () => {
  await build({
    ...COMMON,
    entryPoints: [
      { in: join(ROOT, "src/cli/main.ts"), out: "cli" },
      { in: join(ROOT, "src/pipeline/workers/main.ts"), out: "worker" },
    ],
    outdir: join(dir.path, "program"),
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  });
  const worker = join(dir.path, "program", "worker.js");
  writeFileSync(worker, `process.stderr.write(${JSON.stringify(STARTS)});\n${readFileSync(worker, "utf8")}`);
  writeFileSync(join(dir.path, "program", "package.json"), '{"type":"module"}');
  for (const file of ["catalog.json", "report.json"]) {
    copyFileSync(join(ROOT, "dist", file), join(dir.path, "program", file));
  }
  mkdirSync(join(dir.path, "logs"));
  const writer = openEvtxFile(join(dir.path, "logs", "large.evtx"));
  for (let i = 0; writer.size < 36 * 1024 * 1024; i++) writer.write(event(i));
  writer.close();
  dir.write("logs/a.ndjson", `${processStart(SCRIPTLET)}\n{"broken\n${processStart(ORDINARY)}\n`);
  dir.write("logs/b.ndjson", `${processStart(ORDINARY)}\n${processStart(SCRIPTLET)}\n`);
  dir.write("logs/notes.txt", "plain words\n");
}, 180_000);
afterAll(() => dir.remove());

describe("threads", () => {
  it("find the same, however many there are and whatever comes first", async () => {
    const alone = await scan(1, "logs");
    expect(alone.stdout.split("\n").length).toBeGreaterThan(200);
    expect(await scan(2, "logs")).toEqual({ ...alone, workers: 1 });
    const names = ["logs/large.evtx", "logs/b.ndjson", "logs/missing", "logs/a.ndjson", "logs/notes.txt"];
    const { stdout, summary } = await scan(3, ...names);
    expect(stdout).toBe(alone.stdout);
    const other = await scan(2, ...[...names].reverse());
    expect([other.stdout, other.summary]).toEqual([stdout, summary]);
  });

  it("know the same past, and join the same cases", async () => {
    const args = ["logs", "--self-baseline", "--cases"];
    const alone = await scan(1, ...args);
    expect(alone.stdout).toContain("whatran/case/1");
    expect(await scan(2, ...args)).toEqual({ ...alone, workers: 1 });
  });

  it.each([["--cases"], ["-m", "high"]])("count the same costs of cures (%s)", async (...flags) => {
    const args = ["logs", "--cures", ...flags];
    const alone = await scan(1, ...args);
    expect(alone.stdout).toContain('"by":"logs"');
    expect(await scan(2, ...args)).toEqual({ ...alone, workers: 1 });
  });

  it("are told the same of the site, and the same settings of chains", async () => {
    const site = folder();
    for (let host = 0; host < 9; host++) site.write(`${host}.ndjson`, `${contacts(host).join("\n")}\n`);
    site.write("partners.txt", "srv-1.example.net\n");
    site.write("feed.txt", "198.51.100.0/28\nsrv-7.example.net\n");
    const logs = Array.from({ length: 9 }, (_, host) => `${host}.ndjson`);
    const flags = ["--internal", "srv-4.example.net", "--trusted-hosts", "partners.txt", "--indicators", "feed.txt"];
    const untold = await scanIn(site.path, 1, ...logs);
    const told = await scanIn(site.path, 1, ...logs, ...flags);
    expect([untold, told].map(({ stdout }) => stdout.includes("listed-host"))).toEqual([false, true]);
    site.write("whatran.yaml", "scan:\n  set: { arrivals/listed-host: { TimeWindow: 3 s } }\n");
    const set = await scanIn(site.path, 1, ...logs, ...flags);
    expect([told.stdout, untold.stdout, ""]).not.toContain(set.stdout);
    expect(set.stderr).not.toContain("Error");
    for (const threads of [2, 3])
      expect(await scanIn(site.path, threads, ...logs, ...flags)).toEqual({ ...set, workers: threads - 1 });
    site.remove();
  });

  it("are done without where they do not start", async () => {
    const alone = await scan(1, "logs/a.ndjson", "logs/b.ndjson");
    writeFileSync(join(dir.path, "program", "worker.js"), "throw new Error('no worker');");
    const { stdout, stderr, summary } = await scan(2, "logs/a.ndjson", "logs/b.ndjson");
    expect({ stdout, stderr, summary, workers: 0 }).toEqual(alone);
  });
});
