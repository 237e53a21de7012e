import type { Case } from "../model/case.ts";
import type { Finding } from "../model/finding.ts";
import { isOfSeveral } from "./case-text.ts";
import type { Output } from "./output.ts";
import { pageWith } from "./page.ts";

/** A page with more than this is too heavy to read; the lowest are left out, and the page says so. */
const MOST = 5000;

/** Cases on a page; the gravest stay. */
const MOST_CASES = 200;

const graver = (a: Case, b: Case) => b.score - a.score || (a.id < b.id ? -1 : 1);

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
    let cases: Case[] = [];
    const prune = () => {
      kept = kept.sort(stronger).slice(0, MOST);
    };
    return {
      finding(finding) {
        seen++;
        kept.push(finding);
        if (kept.length >= MOST * 2) prune();
      },
      case(item) {
        if (isOfSeveral(item)) cases.push(item);
        if (cases.length >= MOST_CASES * 2) cases = cases.sort(graver).slice(0, MOST_CASES);
      },
      end(summary) {
        prune();
        const findings = kept.sort(older).map((one) => ({ ...one, cures: undefined, stoppedBy: cures?.(one) }));
        const told = cases.sort(graver).slice(0, MOST_CASES);
        write(pageWith({ findings, left: seen - kept.length, cases: told, summary }));
      },
    };
  },
};
