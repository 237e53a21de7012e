import type { Case, CaseProcess } from "../model/case.ts";
import { plural } from "./counts.ts";
import { visible } from "./escape.ts";
import type { Style } from "./style.ts";
import { cell, clip, width, wrapText } from "./width.ts";

/** Processes of a case that are shown; the others stand in NDJSON. */
const MOST_PROCESSES = 24;
/** Rules that are shown; those that stop most come first. */
const MOST_CURES = 4;

/** Each act of a narrative begins with its time. */
const ACT = / (?=\d\d:\d\d:\d\d \S)/;

function processLines(processes: readonly CaseProcess[], depth = 0): string[] {
  return processes.flatMap(({ image, commandLine, findings = [], children = [] }) => [
    `${"  ".repeat(depth)}${findings.length > 0 ? "● " : "○ "}${visible(commandLine ?? image ?? "(not logged)")}`,
    ...processLines(children, depth + 1),
  ]);
}

/** Whether a case tells more than its finding. */
export const isOfSeveral = ({ findings }: Case): boolean => findings.length > 1;

/** One case on a terminal: where and when, what happened act by act, the processes (● with findings), what would have stopped it. */
export function caseLines(item: Case, columns: number, paint: Style): string[] {
  const { level, score, host, start, end, text, tree, cures = [], findings } = item;
  const times = [start, end].map((time) => time?.slice(0, 19).replace("T", " ") ?? "no time");
  const when = times[0] === times[1] ? (times[0] as string) : times.join(" – ");
  const head = `case of ${plural(findings.length, "finding")}  ${when}  ${visible(host ?? "")}`;
  const lines = [
    `  ${paint.level(level, cell(level, 13))} ${String(Math.round(score)).padStart(3)}  ${paint.bold(clip(head.trimEnd(), columns - 21))}`,
  ];
  const block = (label: string, value: string) =>
    wrapText(value, columns - 4 - width(label)).forEach((line, at) => {
      lines.push(`    ${paint.dim(at === 0 ? label : " ".repeat(width(label)))}${line}`);
    });
  const [opening = "", ...acts] = visible(text).split(ACT);
  block("", opening);
  for (const act of acts) block("  ", act);
  const processes = processLines(tree);
  for (const line of processes.slice(0, MOST_PROCESSES)) lines.push(paint.dim(clip(`    ${line}`, columns)));
  if (processes.length > MOST_PROCESSES) lines.push(paint.dim(`    and ${processes.length - MOST_PROCESSES} more`));
  for (const cure of cures.slice(0, MOST_CURES)) block("stopped  ", visible(cure));
  return lines;
}
