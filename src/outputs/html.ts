import type { Finding } from "../model/finding.ts";
import type { Output } from "./output.ts";
import { pageWith } from "./page.ts";

/** A page with more than this is too heavy to read; the lowest are left out, and the page says so. */
const MOST = 5000;

/** Strongest first; the id makes the order total, so that the same findings always make the same page. */
function stronger(a: Finding, b: Finding): number {
  return b.score - a.score || (a.id < b.id ? -1 : 1);
}

function older(a: Finding, b: Finding): number {
  return (a.time ?? "").localeCompare(b.time ?? "") || stronger(a, b);
}

/** One self-contained page: summary, timeline, findings with their evidence, inputs with their hashes. */
export const html: Output = {
  name: "html",
  open(write, { cures }) {
    let kept: Finding[] = [];
    let seen = 0;
    const prune = () => {
      kept = kept.sort(stronger).slice(0, MOST);
    };
    return {
      finding(finding) {
        seen++;
        kept.push(finding);
        if (kept.length >= MOST * 2) prune();
      },
      end(summary) {
        prune();
        const findings = kept.sort(older).map((one) => ({ ...one, cures: undefined, stoppedBy: cures?.(one) }));
        write(pageWith({ findings, left: seen - kept.length, summary }));
      },
    };
  },
};
