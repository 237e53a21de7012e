import type { Rule } from "../model.ts";

/** How measures begin, in the words of plans: their files have a mode of their own. */
export const BEGINS: Readonly<Record<Measure["mode"], string>> = { enforce: "ready to enforce", audit: "audit first" };

/** One thing to do, with everything that an administrator needs to defend it. */
export interface Measure {
  readonly id: string;
  /** ATT&CK mitigation, such as `M1042`. */
  readonly mitigation: string;
  readonly title: string;
  readonly why: string;
  /** What the history says, in sentences. */
  readonly evidence: readonly string[];
  /** What it stops, in words of the catalogue. */
  readonly stops: readonly string[];
  /** What it does not see or cannot express. */
  readonly blind: readonly string[];
  /** Rules for each product, by target id. */
  readonly rules: Readonly<Record<string, readonly Rule[]>>;
  /** `audit`: the history is too thin to enforce it; only products that can audit get its rules. */
  readonly mode: "enforce" | "audit";
}
