import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CAMPAIGNS } from "../../lab/campaigns.ts";
import { CHAINS } from "../../lab/chains/index.ts";
import { DEFAULTS, generate, type LabOptions, type LabSummary } from "../../lab/generate.ts";
import { FORMATS } from "../../src/formats/registry.ts";
import type { LogRecord } from "../../src/model/record.ts";
import type { BenignRow, TruthRow } from "../../src/pipeline/labels/labels.ts";
import { readLines } from "../../src/pipeline/labels/labels.ts";

const root = mkdtempSync(join(tmpdir(), "lab-"));
afterAll(() => rmSync(root, { recursive: true }));

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** Contents by path; compressed files by what is in them, since compressors differ between versions. */
function contents(folder: string): Map<string, string> {
  const entries = files(folder).map((path) => {
    const bytes = readFileSync(path);
    const plain = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    return [relative(folder, path), createHash("sha256").update(plain).digest("hex")] as const;
  });
  return new Map(entries.filter(([name]) => !name.endsWith(".md")));
}

function options(name: string, more: Partial<LabOptions> = {}): LabOptions {
  return { ...DEFAULTS, folder: join(root, name), hosts: 9, days: 2, ...more };
}

/** Reads a file with the reader that knows it. */
function read(path: string): LogRecord[] {
  const bytes = readFileSync(path);
  const plain = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  const best = [...FORMATS].sort(
    (a, b) => b.sniff(plain.subarray(0, 65536), path) - a.sniff(plain.subarray(0, 65536), path),
  )[0];
  const records: LogRecord[] = [];
  const problems: string[] = [];
  const reader = best?.open(
    { file: path },
    { record: (r) => records.push(r), diagnostic: (d) => problems.push(d.message) },
  );
  reader?.push(plain);
  reader?.end();
  expect(problems).toEqual([]);
  return records.sort((a, b) => a.index - b.index);
}

const COMMAND_LINE = ["CommandLine", "process.args", "EXECVE.a0"];

describe("lab", () => {
  let summary: LabSummary;
  const folder = join(root, "main");
  const truth = () => readLines<TruthRow>(join(folder, "truth.jsonl"));
  const benign = () => readLines<BenignRow>(join(folder, "benign.jsonl"));
  beforeAll(async () => {
    summary = await generate(options("main"));
  });

  it("writes equal logs for equal seeds, and others for another", async () => {
    await generate(options("again"));
    await generate(options("other", { seed: "2" }));
    expect(contents(join(root, "again"))).toEqual(contents(folder));
    const lines = (name: string) =>
      new Set(readLines<TruthRow>(join(root, name, "truth.jsonl")).map((r) => r.command_line));
    const shared = [...lines("other")].filter((line) => lines("main").has(line));
    expect(shared.length).toBeLessThan(lines("main").size / 5);
  });

  it("injects every sub-technique, the technique itself and Linux", () => {
    const wanted = [
      "T1218",
      ...["001", "002", "003", "004", "005", "007", "008", "009", "010", "011", "012", "013", "014", "015"].map(
        (n) => `T1218.${n}`,
      ),
    ];
    const core = truth().filter((r) => r.scope === "core");
    expect([...new Set(core.map((r) => r.technique))].sort()).toEqual(wanted);
    expect(
      new Set(
        truth()
          .filter((r) => r.scope === "adjacent")
          .map((r) => r.technique),
      ).size,
    ).toBeGreaterThan(5);
    expect(truth().filter((r) => r.os === "linux").length).toBe(CHAINS.filter((c) => c.platform === "linux").length);
    expect(benign().length).toBeGreaterThan(300);
    expect(summary).toMatchObject({ truth: truth().length, benign: benign().length });
  });

  it("labels records that are there, under the numbers that readers find", () => {
    const rows = [...truth(), ...benign()].filter((row) => !row.file.endsWith(".lnk"));
    const byFile = new Map<string, typeof rows>();
    for (const row of rows) byFile.set(row.file, [...(byFile.get(row.file) ?? []), row]);
    for (const [file, labelled] of byFile) {
      const records = read(join(folder, file));
      for (const row of labelled) {
        const same = records.filter(
          (r) =>
            row.record_ids.includes(r.recordId ?? -1) &&
            (row.event_id.length === 0 || row.event_id.includes(r.eventId ?? -1)),
        );
        const record = row.record_ids.length > 0 ? same[0] : records.find((r) => row.ordinals?.includes(r.index));
        expect(record, `${file} ${row.command_line}`).toBeDefined();
        if ("scope" in row) expect(row.ordinals).toEqual([record?.index]);
        if (row.os === "windows")
          expect(record?.get("CommandLine")?.replaceAll("%%", "%")).toBe(row.command_line.replaceAll("%%", "%"));
        else
          expect(COMMAND_LINE.some((name) => record?.get(name) !== undefined || record?.list(name) !== undefined)).toBe(
            true,
          );
      }
    }
    expect(byFile.size).toBeGreaterThan(5);
  });

  it("names only inert addresses and domains", () => {
    const urls = truth().flatMap((r) =>
      [...r.command_line.matchAll(/https?:\/\/([^/:\s"']+)/g)].map((m) => m[1] as string),
    );
    expect(urls.length).toBeGreaterThan(5);
    for (const host of urls)
      expect(host).toMatch(
        /^(?:.*\bexample\.(?:com|net|org)|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|.*\.example|127\.0\.0\.1)$/,
      );
  });

  it("keeps the records of a file in order of time", () => {
    for (const path of files(folder).filter((p) => /\.(?:evtx|log|gz)$/.test(p))) {
      const times = read(path).map((r) => r.time ?? 0);
      const late = times.filter((time, i) => time + 1000 < (times[i - 1] ?? 0));
      // An exit that is still to come at midnight is written with the day on which its process started.
      expect(late.length, path).toBeLessThanOrEqual(2);
    }
  });

  it("writes campaigns and roll-outs where they are asked for", async () => {
    await generate(
      options("campaigns", { hosts: 14, days: 8, chains: 0, campaigns: CAMPAIGNS, rollouts: 2, noise: 0.2 }),
    );
    const rows = readLines<TruthRow & { note: string }>(join(root, "campaigns", "truth.jsonl"));
    for (const kind of CAMPAIGNS) {
      const own = rows.filter((r) => r.note.startsWith(`campaign ${kind}`));
      expect(new Set(own.map((r) => r.payload)).size, kind).toBe(1);
      expect(new Set(own.map((r) => r.host)).size, kind).toBeGreaterThan(1);
    }
  });
});

describe("examples/telemetry", () => {
  it("is what the lab writes for its seed", async () => {
    await generate(options("example", { seed: "lindenhof", hosts: 12, days: 4 }));
    const written = contents(join(root, "example"));
    expect(contents("examples/telemetry")).toEqual(written);
    expect([...written.keys()].map((name) => name.split(".").slice(1).join("."))).toEqual(
      expect.arrayContaining(["evtx", "ndjson.gz", "log", "lnk"]),
    );
  });

  it("holds ordinary use of T1218 binaries in number, and stays small", () => {
    const rows = readLines<BenignRow>("examples/telemetry/benign.jsonl");
    const plain = rows.filter((r) => !/^(?:conhost|chrome|msedge|ms-teams|slack|code|dllhost)\.exe$/i.test(r.binary));
    expect(plain.filter((r) => r.os === "windows").length).toBeGreaterThan(300);
    expect(files("examples/telemetry").reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(6_000_000);
  });
});
