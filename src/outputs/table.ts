import type { Finding } from "../model/finding.ts";
import { visible } from "./escape.ts";
import type { Output } from "./output.ts";
import { type Style, style } from "./style.ts";
import { summaryLines } from "./summaryText.ts";
import { cell, width, wrapText } from "./width.ts";
import { roleLines } from "./words.ts";

const COLUMNS = { level: 13, score: 5, time: 19, host: 16 };
const INDENT = "  ";

/** Evidence beyond this is left to the other outputs. */
const MOST_EVIDENCE = 6;

/** One finding of a terminal: a line that scans well, then what it rests on, dimmed. */
export function findingLines(finding: Finding, columns: number, paint: Style): string[] {
  const host = columns >= 90 ? cell(visible(finding.host ?? "—"), COLUMNS.host) + INDENT : "";
  const time = cell((finding.time ?? "—").slice(0, 19).replace("T", " "), COLUMNS.time);
  const head =
    INDENT +
    paint.level(finding.level, cell(finding.level, COLUMNS.level)) +
    cell(String(Math.round(finding.score)), COLUMNS.score) +
    `${paint.dim(time)}${INDENT}${host}`;
  const left = INDENT.length + COLUMNS.level + COLUMNS.score + COLUMNS.time + INDENT.length + width(host);
  const title = wrapText(visible(finding.title), Math.max(16, columns - left));
  const lines = [
    head + paint.bold(title[0] ?? ""),
    ...title.slice(1).map((line) => " ".repeat(left) + paint.bold(line)),
  ];

  const margin = " ".repeat(INDENT.length + COLUMNS.level);
  const block = (label: string, text: string, tint: (text: string) => string) => {
    const indent = width(label) + 1;
    wrapText(visible(text), columns - margin.length - indent).forEach((line, index) => {
      lines.push(`${margin + (index === 0 ? paint.dim(label) : " ".repeat(width(label)))} ${tint(line)}`);
    });
  };
  if (finding.commandLine !== undefined) block(">", finding.commandLine, (text) => text);
  for (const [role, text] of roleLines(finding)) block(cell(role, 8), text, paint.accent);
  const strongest = finding.evidence.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  for (const one of strongest.slice(0, MOST_EVIDENCE)) block(signed(one.points), one.text, paint.dim);
  const more = strongest.length - MOST_EVIDENCE;
  if (more > 0) block(" ".repeat(8), `and ${more} more`, paint.dim);
  block(cell("source", 8), [sourceText(finding), finding.techniques.join(" ")].join("  "), paint.dim);
  return lines;
}

function signed(points: number): string {
  const rounded = Math.round(points);
  return `${rounded >= 0 ? "+" : "−"}${Math.abs(rounded)}`.padStart(7).padEnd(8);
}

function sourceText({ source }: Finding): string {
  return source.recordId === undefined ? `${source.file} #${source.index}` : `${source.file} record ${source.recordId}`;
}

/** Findings for people. What a stranger wrote is shown with its hidden characters made visible. */
export const table: Output = {
  name: "table",
  open(write, { width: columns, colour, quiet }) {
    const paint = style(colour);
    let first = true;
    return {
      finding(finding) {
        write(`${first && quiet ? "" : "\n"}${findingLines(finding, columns, paint).join("\n")}\n`);
        first = false;
      },
      end(summary) {
        if (!quiet) write(`\n${summaryLines(summary, columns, paint).join("\n")}\n`);
      },
    };
  },
};
