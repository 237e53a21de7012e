import { readFileSync, writeFileSync } from "node:fs";
import { wilson } from "../fleet/intervals.ts";
import { atLeastScore, brier, prAuc, reliability, type Scored } from "./measure.ts";

const PAGE = "docs/score.md";

export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** The reliability table: of the findings scored about p, how many are true, with 95 % intervals. */
export function reliabilityTable(all: readonly Scored[]): string {
  const rows = reliability(all)
    .filter(({ findings }) => findings > 0)
    .map((bin) => {
      const [low, high] = wilson(bin.true, bin.findings);
      return [
        `${bin.from}–${bin.to}`,
        bin.mean.toFixed(0),
        String(bin.findings),
        String(bin.true),
        percent(bin.true / bin.findings),
        `${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %`,
      ];
    });
  return table(["score", "mean score", "findings", "true", "share", "95 %"], rows);
}

/** How well scores tell true from ordinary findings, before and after, or for several sets of data. */
export function qualityTable(rows: readonly { readonly name: string; readonly all: readonly Scored[] }[]): string {
  const cells = rows.map(({ name, all }) => {
    const at = [40, 70, 90].map((least) => atLeastScore(all, least));
    const positives = all.filter(({ label }) => label).length;
    return [
      name,
      String(all.length),
      String(positives),
      prAuc(all).toFixed(3),
      brier(all).toFixed(4),
      ...at.map((one) => `${one.true} / ${one.false}`),
    ];
  });
  return table(
    [
      "data",
      "findings",
      "true",
      "PR-AUC",
      "Brier",
      "medium and above: true / not",
      "high: true / not",
      "critical: true / not",
    ],
    cells,
  );
}

/** Puts a text into docs/score.md between the marks of a section. */
export function writeSection(name: string, text: string): void {
  const page = readFileSync(PAGE, "utf8");
  const [open, close] = [`<!-- ${name}: made by npm run fit -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no section ${name}`);
  writeFileSync(PAGE, `${page.slice(0, from + open.length)}\n${text}\n${page.slice(to)}`);
}
