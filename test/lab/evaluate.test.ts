import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { splitArgv } from "../../scripts/evaluate/argv.ts";
import { missReason, reportTelemetry } from "../../scripts/evaluate/report.ts";
import { scoreTelemetry } from "../../scripts/evaluate/telemetry.ts";
import { judgeVector, scoreAsArgs, scoreVectors, summarise, type Vector } from "../../scripts/evaluate/vectors.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Explanation } from "../../src/model/invocation.ts";
import type { Payload } from "../../src/model/payload.ts";
import { indexFindings, placeOf } from "../../src/pipeline/labels/join.ts";
import type { BenignRow, TruthRow } from "../../src/pipeline/labels/labels.ts";

const library = (value: string, more: Partial<Payload> = {}): Payload => ({
  what: "library",
  where: "local",
  value,
  remote: false,
  ...more,
});

function finding(recordId: number, more: Partial<Finding> = {}): Finding {
  return {
    schema: "whatran/finding/1",
    id: `f${recordId}`,
    level: "high",
    score: 80,
    title: "",
    binary: { name: "rundll32.exe", renamed: false, platform: "windows" },
    behaviour: "windows/rundll32/export",
    techniques: ["T1218.011"],
    dataComponents: [],
    evidence: [],
    source: { file: "logs/attack/a.evtx", index: recordId - 100, recordId, eventId: 1 },
    related: [],
    mitigations: [],
    runs: [library("C:\\Users\\Public\\amber.dll")],
    fetches: [],
    reads: [],
    writes: [],
    ...more,
  };
}

function truth(recordId: number, more: Partial<TruthRow> = {}): TruthRow {
  return {
    file: "attack/a.evtx",
    record_ids: [recordId],
    ordinals: [recordId - 100],
    event_id: [1],
    host: "ws-1",
    binary: "rundll32.exe",
    command_line: "rundll32.exe C:\\Users\\Public\\amber.dll,Start",
    payload: "c:/users/public/AMBER.dll",
    payload_kind: "dll",
    remote: false,
    technique: "T1218.011",
    also: [],
    scope: "core",
    outcome: "executed",
    os: "windows",
    evidence: "process_creation",
    ...more,
  };
}

function benign(recordId: number, more: Partial<BenignRow> = {}): BenignRow {
  const { file, record_ids, event_id, host, binary, command_line, os } = truth(recordId);
  return { file, record_ids, event_id, host, binary, command_line, os, label: "benign", reason: "ordinary", ...more };
}

describe("scoring of telemetry", () => {
  it("joins by record id, and by position where there is none", () => {
    const index = indexFindings(
      [finding(101), finding(102, { source: { file: "./logs/attack/a.evtx", index: 7 } })],
      "logs",
    );
    expect(index.match(truth(101)).direct.map((f) => f.id)).toEqual(["f101"]);
    expect(index.match(truth(107)).direct.map((f) => f.id)).toEqual(["f102"]);
    expect(index.match(truth(103)).direct).toEqual([]);
    expect(index.match(truth(101, { event_id: [4688] })).direct).toEqual([]);
  });

  it("tells records of several channels with one number apart by their position", () => {
    const twice = [
      finding(101),
      finding(101, { id: "other", source: { file: "logs/attack/a.evtx", index: 50, recordId: 101, eventId: 1 } }),
    ];
    expect(
      indexFindings(twice, "logs")
        .match(truth(101, { ordinals: [50] }))
        .direct.map((f) => f.id),
    ).toEqual(["other"]);
  });

  it("does not mind how an archive spells its members", () => {
    expect(placeOf("/data/logs/a.zip!inner\\Logs\\x.evtx", "/data/logs/")).toBe(
      placeOf("a.zip!inner/logs/x.evtx", "elsewhere"),
    );
  });

  it("counts recall, payloads, techniques and false positives", () => {
    const findings = [
      finding(101),
      finding(102, { level: "low", runs: [library("C:\\Users\\Public\\birch.dll")], techniques: ["T1218"] }),
      finding(103, {
        level: "medium",
        related: [{ file: "logs/attack/a.evtx", index: 4, recordId: 104, role: "step" }],
      }),
      finding(110, { level: "medium" }),
      finding(120, { source: { file: "logs/background/b.evtx", index: 0, recordId: 120 } }),
      finding(130),
    ];
    const labels = {
      truth: [
        truth(101),
        truth(102),
        truth(103, { payload: null }),
        truth(104),
        truth(105),
        truth(106, { scope: "adjacent" }),
      ],
      benign: [benign(110), benign(111), benign(112, { binary: "conhost.exe" }), benign(130, { label: "ambiguous" })],
    };
    const result = scoreTelemetry(labels, findings, "logs");
    const recall = result.recall["core, process creation"];
    expect(recall?.direct.low).toEqual({ part: 3, of: 5 });
    expect(recall?.direct.high).toEqual({ part: 1, of: 5 });
    expect(recall?.withRelated.medium).toEqual({ part: 3, of: 5 });
    expect(result.recall.adjacent?.direct.low).toEqual({ part: 0, of: 1 });
    expect(result.precision.payload).toEqual({ part: 2, of: 3 });
    expect(result.precision.technique).toEqual({ part: 3, of: 4 });
    expect(result.falsePositives.all.medium).toEqual({ part: 1, of: 3 });
    expect(result.falsePositives.withoutConhost.low).toEqual({ part: 1, of: 2 });
    expect(result.background.findings.map((f) => f.id)).toEqual(["f120"]);
    expect(result.unlabelled).toEqual([]);
    expect(result.rows.map(missReason)).toEqual([
      undefined,
      "payload missed, technique T1218.011",
      undefined,
      "only related (step)",
      "no finding",
      "no finding",
    ]);
    expect(reportTelemetry(result)).toContain("60.0 % (3/5)");
  });

  it("does not take a whole command line, a wrong kind or a library with its entry for the payload", () => {
    const line = "rundll32.exe C:\\Users\\Public\\amber.dll,Start";
    const whole = scoreTelemetry(
      { truth: [truth(101)], benign: [] },
      [finding(101, { runs: [library(line)] })],
      "logs",
    );
    expect(whole.precision).toMatchObject({ payload: { part: 0, of: 1 }, wholeLine: 1 });
    const kind = scoreTelemetry({ truth: [truth(101, { payload_kind: "exe" })], benign: [] }, [finding(101)], "logs");
    expect(kind.precision.kind).toEqual({ part: 0, of: 1 });
    const entry = truth(101, { payload: "C:\\Users\\Public\\amber.dll,Start" });
    const rest = scoreTelemetry(
      { truth: [entry], benign: [] },
      [finding(101, { runs: [library("C:\\Users\\Public\\amber.dll", { entry: "Start" })] })],
      "logs",
    );
    expect(rest.precision).toMatchObject({ payload: { part: 0, of: 1 }, payloadWithRest: { part: 1, of: 1 } });
  });

  it("runs as a program on a findings file", () => {
    const folder = mkdtempSync(join(tmpdir(), "evaluate-"));
    mkdirSync(join(folder, "attack"));
    writeFileSync(join(folder, "truth.jsonl"), `${JSON.stringify(truth(101))}\n`);
    const findings = join(folder, "findings.ndjson");
    writeFileSync(
      findings,
      `${JSON.stringify(finding(101, { source: { file: `${folder}/attack/a.evtx`, index: 1, recordId: 101 } }))}\n`,
    );
    const json = join(folder, "out.json");
    const args = ["scripts/evaluate/main.ts", folder, "--findings", findings, "--json", json, "--misses"];
    const run = spawnSync("node_modules/.bin/tsx", args, { encoding: "utf8" });
    expect(run.stdout).toContain("100.0 % (1/1)");
    expect(JSON.parse(readFileSync(json, "utf8")).telemetry.rows).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });
});

function answer(
  payloads: readonly Payload[],
  more: { name?: string; id?: string; techniques?: string[] } = {},
): Explanation {
  const behaviour = {
    id: more.id ?? "windows/rundll32/export",
    techniques: more.techniques ?? ["T1218.011"],
    runs: payloads,
    fetches: [],
    reads: [],
    writes: [],
  };
  const binary = { name: more.name ?? "rundll32.exe", renamed: false, platform: "windows" as const };
  return {
    commandLine: "",
    invocations: [{ binary, canonical: "", behaviours: [behaviour], obfuscation: [] }],
    verdict: { level: "high", score: 80, text: "" },
  };
}

const vector: Vector = {
  id: "v/1",
  platform: "windows",
  binary: "Rundll32.exe",
  commandLine: "rundll32 cedar.dll,Go",
  technique: "T1218",
  expect: ["cedar.dll"],
};

describe("scoring of vectors", () => {
  it("wants every expected text, in the right role, and nothing else", () => {
    const both = { ...vector, expectRuns: ["cedar.dll"] };
    expect(judgeVector(both, answer([library("CEDAR.dll")]))).toMatchObject({
      found: true,
      runs: true,
      recognised: true,
      technique: true,
      extra: [],
    });
    expect(judgeVector(both, answer([library("dune.dll")]))).toMatchObject({
      found: false,
      runs: false,
      extra: [{ role: "runs", payload: library("dune.dll") }],
      missing: ["cedar.dll"],
    });
    expect(judgeVector(vector, answer([library("cedar.dll"), library("dune.dll")]))).toMatchObject({
      found: true,
      extra: [{ role: "runs", payload: library("dune.dll") }],
    });
    expect(judgeVector(vector, answer([library(vector.commandLine), library("cedar.dll")]))).toMatchObject({
      found: false,
      wholeLine: true,
    });
    expect(judgeVector(vector, answer([], { name: "cmd.exe", techniques: ["T1105"] }))).toMatchObject({
      recognised: false,
      technique: false,
    });
    expect(judgeVector({ ...vector, technique: "T1218.010" }, answer([], {})).technique).toBe(false);
  });

  it("compares a rewriting with its plain form", async () => {
    const rewritten = { ...vector, id: "v/2", plain: "rundll32.exe cedar.dll,Go", class: "argv0_noext" };
    const same = await scoreVectors([rewritten], async () => [
      answer([library("cedar.dll")]),
      answer([library("CEDAR.DLL")]),
    ]);
    expect(summarise(same).sameAsPlain).toEqual({ part: 1, of: 1 });
    const other = await scoreVectors([rewritten], async () => [
      answer([library("cedar.dll")]),
      answer([library("cedar.dll")], { id: "x" }),
    ]);
    expect(summarise(other).sameAsPlain).toEqual({ part: 0, of: 1 });
  });

  it("asks for argv where a line has one", async () => {
    const asked: object[] = [];
    const ask = async (requests: readonly object[]) => {
      asked.push(...requests);
      return requests.map(() => answer([]));
    };
    const linux = (commandLine: string): Vector => ({ ...vector, platform: "linux", commandLine });
    await scoreAsArgs([linux('tar -cf \'a b\' "c\\"d" e\\ f'), linux("echo x | sh"), vector], ask);
    expect(asked).toEqual([{ args: ["tar", "-cf", "a b", 'c"d', "e f"], platform: "linux" }]);
  });

  it("splits only what needs no shell", () => {
    expect(splitArgv("a '' b")).toEqual(["a", "", "b"]);
    expect(splitArgv("find . -exec x \\; -quit")).toEqual(["find", ".", "-exec", "x", ";", "-quit"]);
    for (const line of ["A=1 b", 'a "$B"', "a 'b", "a > b", "a $(b)", ""]) expect(splitArgv(line)).toBeUndefined();
  });
});
