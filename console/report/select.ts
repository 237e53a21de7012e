import type { Finding } from "../../src/model/finding.ts";
import type { Level } from "../../src/model/level.ts";

/** What the reader has chosen to see; undefined means everything. */
export interface Selection {
  readonly levels: ReadonlySet<Level>;
  readonly technique: string | undefined;
  readonly binary: string | undefined;
  readonly host: string | undefined;
  readonly text: string;
  /** Milliseconds since the epoch: start inclusive, end exclusive. */
  readonly period: readonly [number, number] | undefined;
  readonly order: "score" | "time";
}

export const EVERYTHING: Selection = {
  levels: new Set(),
  technique: undefined,
  binary: undefined,
  host: undefined,
  text: "",
  period: undefined,
  order: "score",
};

const searchable = new WeakMap<Finding, string>();

/** All text of a finding in lower case, made once. */
function textOf(finding: Finding): string {
  let text = searchable.get(finding);
  if (text === undefined) {
    text = JSON.stringify(finding).replaceAll("\\\\", "\\").replaceAll('\\"', '"').toLowerCase();
    searchable.set(finding, text);
  }
  return text;
}

/** Every word must occur, anywhere in the finding. */
function hasWords(finding: Finding, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = textOf(finding);
  return words.every((word) => text.includes(word));
}

function inPeriod(finding: Finding, period: Selection["period"]): boolean {
  if (!period) return true;
  const time = finding.time === undefined ? Number.NaN : Date.parse(finding.time);
  return time >= period[0] && time < period[1];
}

/** The findings that the selection asks for, in its order. */
export function select(findings: readonly Finding[], selection: Selection): Finding[] {
  const { levels, technique, binary, host, period, order } = selection;
  const words = selection.text.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = findings.filter(
    (finding) =>
      (levels.size === 0 || levels.has(finding.level)) &&
      (technique === undefined ||
        finding.techniques.some((id) => id === technique || id.startsWith(`${technique}.`))) &&
      (binary === undefined || finding.binary.name === binary) &&
      (host === undefined || finding.host === host) &&
      inPeriod(finding, period) &&
      hasWords(finding, words),
  );
  if (order === "score") chosen.sort((a, b) => b.score - a.score || (a.time ?? "").localeCompare(b.time ?? ""));
  return chosen;
}

/** How often each value occurs, most often first. */
export function tally(
  findings: readonly Finding[],
  values: (finding: Finding) => readonly (string | undefined)[],
): [string, number][] {
  const counts = new Map<string, number>();
  for (const finding of findings)
    for (const value of new Set(values(finding)))
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
