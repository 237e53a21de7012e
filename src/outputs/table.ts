import type { Finding } from "../model/finding.ts";
import { caseLines, isOfSeveral } from "./case-text.ts";
import { visible } from "./escape.ts";
import type { Output } from "./output.ts";
import { type Style, style } from "./style.ts";
import { summaryLines } from "./summary-text.ts";
import { cell, clip, width, wrapText } from "./width.ts";
import { roleLines } from "./words.ts";

/** Columns of the first line, and where all other lines begin. */
const LEVEL = 13;
const SCORE = 3;
const TIME = 19;
const INDENT = 4;

/** Evidence beyond this is left to the other outputs. */
const MOST_EVIDENCE = 6;

/** One finding on a terminal: who, where and when; then what, in full; then what it rests on, dimmed. */
export function findingLines(finding: Finding, columns: number, paint: Style, cures: readonly string[] = []): string[] {
  const time = cell((finding.time ?? "no time").slice(0, TIME).replace("T", " "), TIME);
  const where = [finding.host, finding.user].filter((part) => part !== undefined).join("  ");
  const left = 2 + LEVEL + 1 + SCORE + 2 + TIME + 2;
  const lines = [
    `  ${paint.level(finding.level, cell(finding.level, LEVEL))} ${String(Math.round(finding.score)).padStart(SCORE)}` +
      paint.dim(`  ${time}  ${clip(visible(where), columns - left)}`),
  ];
  const margin = " ".repeat(INDENT);
  for (const line of wrapText(visible(finding.title), columns - INDENT)) lines.push(margin + paint.bold(line));
  const block = (label: string, text: string, tint: (text: string) => string) => {
    const indent = width(label) + 1;
    wrapText(visible(text), columns - INDENT - indent).forEach((line, index) => {
      const head = index === 0 ? paint.dim(label) : " ".repeat(width(label));
      lines.push(`${margin}${head} ${tint(line)}`);
    });
  };
  if (finding.commandLine !== undefined) block(">", finding.commandLine, (text) => text);
  for (const [role, text] of roleLines(finding)) block(cell(role, 8), text, paint.accent);
  const strongest = finding.evidence.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  for (const one of strongest.slice(0, MOST_EVIDENCE)) block(signed(one.points), one.text, paint.dim);
  const more = strongest.length - MOST_EVIDENCE;
  if (more > 0) block(" ".repeat(8), `and ${more} more`, paint.dim);
  for (const cure of cures) block(cell("stopped", 8), cure, paint.dim);
  block(cell("source", 8), [sourceText(finding), finding.techniques.join(" ")].join("  "), paint.dim);
  return lines;
}

/** All that a finding says but for when it was, by which line, and where that is logged. */
const saysOf = ({ host, user, level, title, evidence, ...finding }: Finding, cures: readonly string[] = []): string =>
  JSON.stringify([host, user, level, title, evidence.map(({ text }) => text), roleLines(finding as Finding), cures]);

/** A finding that says the same as the one before it: its time and its line, as far as they fit. */
function againLine({ time, source, commandLine }: Finding, columns: number, paint: Style): string {
  const at = (time ?? "no time").slice(0, TIME).replace("T", " ");
  const where = source.recordId === undefined ? `#${source.index}` : `record ${source.recordId}`;
  return paint.dim(clip(visible(`    again    ${at}  ${where}  ${commandLine ?? ""}`).trimEnd(), columns));
}

function signed(points: number): string {
  const rounded = Math.round(points);
  if (rounded === 0) return "·".padStart(8);
  return `${rounded > 0 ? "+" : "−"}${Math.abs(rounded)}`.padStart(8);
}

function sourceText({ source }: Finding): string {
  return source.recordId === undefined ? `${source.file} #${source.index}` : `${source.file} record ${source.recordId}`;
}

/** Findings for people. What a stranger wrote is shown with its hidden characters made visible. */
export const table: Output = {
  name: "table",
  open(write, { width: columns, colour, quiet, cures }) {
    const paint = style(colour);
    let first = true;
    let before: string | undefined;
    return {
      tellsRun: true,
      finding(finding) {
        const stopped = finding.cures && cures?.(finding);
        const says = saysOf(finding, stopped);
        if (says === before) {
          write(`${againLine(finding, columns, paint)}\n`);
          return;
        }
        before = says;
        const lines = findingLines(finding, columns, paint, stopped);
        write(`${first && quiet ? "" : "\n"}${lines.join("\n")}\n`);
        first = false;
      },
      case(item) {
        if (isOfSeveral(item)) write(`\n${caseLines(item, columns, paint).join("\n")}\n`);
      },
      end(summary) {
        if (!quiet) write(`\n${summaryLines(summary, columns, paint).join("\n")}\n`);
      },
    };
  },
};
