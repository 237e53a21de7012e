import { LEVELS } from "../../src/model/level.ts";
import type { Comparison } from "./sigma-compare.ts";
import type { ByLevel, Share, TelemetryResult, TruthResult } from "./telemetry.ts";
import { summarise, type VectorResult } from "./vectors.ts";

const SHOWN = ["low", "medium", "high", "critical"] as const;
const LINE_WIDTH = 160;

function percent({ part, of }: Share): string {
  return of === 0 ? "–" : `${((100 * part) / of).toFixed(1)} % (${part}/${of})`;
}

/** Columns as wide as their widest cell. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

function levels(name: string, by: ByLevel): string[] {
  return [name, ...SHOWN.map((level) => percent(by[level]))];
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > LINE_WIDTH ? `${line.slice(0, LINE_WIDTH - 1)}…` : line;
}

export function reportComparison(compared: readonly Comparison[]): string {
  const rows = compared.map(({ name, rules, medium }) => [name, percent(rules), percent(medium)]);
  return table([["Told by the line alone", "by a Sigma rule", "by whatran at medium or above"], ...rows]);
}

export function reportTelemetry(result: TelemetryResult): string {
  const recall = Object.entries(result.recall).flatMap(([name, { direct, withSame, withRelated }]) => [
    levels(name, direct),
    levels("  or as the same start in another log", withSame),
    levels("  or anywhere in a finding's related", withRelated),
  ]);
  const p = result.precision;
  const found = LEVELS.map((level) => `${level} ${result.levels[level]}`).join(", ");
  return [
    `Findings: ${found}\n`,
    table([["Recall at", ...SHOWN], ...recall]),
    table([
      ["Of core rows that were found", ""],
      ["  payload exact, in any role", percent(p.payload)],
      ["  payload exact, in runs", percent(p.payloadInRuns)],
      ["  payload exact, or with its entry or arguments", percent(p.payloadWithRest)],
      ["  kind of the payload", percent(p.kind)],
      ["  technique", percent(p.technique)],
      ["  technique, or one of its neighbours", percent(p.techniqueOrAlso)],
      ["  whole command line given as a payload", String(p.wholeLine)],
      ["Payload exact, of all core rows", percent(p.payloadOfAllRows)],
    ]),
    table([
      ["Findings on ordinary use at", ...SHOWN],
      levels("all", result.falsePositives.all),
      levels("without conhost", result.falsePositives.withoutConhost),
    ]),
    `Background: ${result.background.findings.length} findings at medium and above in ${result.background.files} files`,
    `Elsewhere, on no labelled row: ${result.unlabelled.length} findings at medium and above\n`,
  ].join("\n");
}

/** Why a labelled row counts as missed; undefined where nothing is wrong with it. */
export function missReason(r: TruthResult): string | undefined {
  if (r.level === undefined && r.relatedLevel === undefined) return "no finding";
  const reasons = [
    r.level === undefined ? `only related (${r.relatedRole})` : "",
    r.level === "informational" ? "informational only" : "",
    r.payload === "missed" || r.payload === "with rest" ? `payload ${r.payload}` : "",
    r.kind === false ? "kind of the payload" : "",
    r.technique === "missed" ? `technique ${r.row.technique}` : "",
    r.wholeLine ? "whole line as payload" : "",
  ].filter(Boolean);
  return reasons.length > 0 ? reasons.join(", ") : undefined;
}

export function reportMisses(result: TelemetryResult): string {
  const missed = result.rows.flatMap((r) => {
    const reason = missReason(r);
    const at = `${r.row.file}#${r.row.record_ids.join(",")}`;
    return reason
      ? [
          `${r.row.scope} ${r.row.evidence}: ${reason}\n  ${at}\n  ${cut(r.row.command_line)}\n  wanted ${r.row.payload ?? "–"}`,
        ]
      : [];
  });
  const wrong = result.wrong.map(
    ({ row, finding }) =>
      `${finding.level} ${finding.score} ${finding.behaviour}: ${row.reason}\n  ${row.file}#${row.record_ids.join(",")}\n  ${cut(row.command_line)}`,
  );
  const loose = (findings: TelemetryResult["unlabelled"]) =>
    findings.map(
      (f) =>
        `${f.level} ${f.score} ${f.behaviour}\n  ${f.source.file}#${f.source.recordId ?? f.source.index}\n  ${cut(f.commandLine ?? "")}`,
    );
  return [
    `== ${missed.length} labelled rows with something wrong`,
    ...missed,
    `== ${wrong.length} findings on ordinary use`,
    ...wrong,
    `== ${result.background.findings.length} findings in the background`,
    ...loose(result.background.findings),
    `== ${result.unlabelled.length} findings on no labelled row`,
    ...loose(result.unlabelled),
    "",
  ].join("\n");
}

export function reportVectors(files: ReadonlyMap<string, readonly VectorResult[]>): string {
  const head = [
    "Vectors",
    "payloads",
    "or with rest",
    "runs",
    "binary",
    "technique",
    "same as plain",
    "extra payloads",
    "whole line",
  ];
  const rows = [...files].map(([name, results]) => {
    const s = summarise(results);
    const shares = [s.found, s.foundWithRest, s.runs, s.recognised, s.technique, s.sameAsPlain].map(percent);
    return [`${name} (${s.vectors})`, ...shares, `${s.extraPayloads} in ${percent(s.withExtra)}`, String(s.wholeLine)];
  });
  return table([head, ...rows]);
}

export function reportVectorMisses(files: ReadonlyMap<string, readonly VectorResult[]>): string {
  const lines = [...files].flatMap(([name, results]) =>
    results.flatMap((r) => {
      const reasons = [
        r.recognised ? "" : "binary",
        r.found === false ? `payload ${r.missing.join(" | ")}` : "",
        r.runs === false ? "runs" : "",
        r.technique === false ? `technique ${r.vector.technique}` : "",
        r.sameAsPlain === false ? "not as plain" : "",
        r.wholeLine ? "whole line" : "",
      ].filter(Boolean);
      const kind = r.vector.class ? ` [${r.vector.class}]` : "";
      return reasons.length > 0
        ? [`${name} ${r.vector.id}${kind}: ${reasons.join(", ")}\n  ${cut(r.vector.commandLine)}`]
        : [];
    }),
  );
  const extra = [...files].flatMap(([name, results]) =>
    results.flatMap((r) =>
      r.extra.map(({ role, payload }) => `${name} ${r.vector.id}: ${role} ${payload.what} ${cut(payload.value)}`),
    ),
  );
  return [
    `== ${lines.length} vectors with something wrong`,
    ...lines,
    `== ${extra.length} payloads that nothing expects`,
    ...extra,
    "",
  ].join("\n");
}
