import type { CaseBuilder } from "../../correlate/cases/builder.ts";
import type { Detector } from "../../correlate/detector.ts";
import type { Case } from "../../model/case.ts";
import type { Finding } from "../../model/finding.ts";

/** Results that wait to be given out, and how many were given out before. */
export class Results {
  waiting: (Finding | Case)[];
  given: number;
  readonly #detector: Detector;
  readonly #cases: CaseBuilder | undefined;

  constructor(detector: Detector, cases: CaseBuilder | undefined, before: Pick<Results, "waiting" | "given">) {
    this.#detector = detector;
    this.#cases = cases;
    this.waiting = before.waiting;
    this.given = before.given;
  }

  add(findings: readonly Finding[]): void {
    for (const finding of findings) {
      this.waiting.push(finding);
      const trace = this.#cases && this.#detector.traceOf(finding);
      if (trace) this.waiting.push(...(this.#cases?.add(finding, trace) ?? []));
    }
  }

  /** Nothing follows: what is still open is over. */
  end(): void {
    this.add(this.#detector.end());
    this.waiting.push(...(this.#cases?.finish() ?? []));
  }
}
