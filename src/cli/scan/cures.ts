import { resolve } from "node:path";
import { loadCatalog } from "../../catalog/load.ts";
import type { Cure } from "../../model/cure.ts";
import type { Finding } from "../../model/finding.ts";
import { plural } from "../../outputs/counts.ts";
import { Cures, cureText } from "../../pipeline/cures.ts";
import type { Pricing } from "../../pipeline/foreseen.ts";
import type { Settings } from "../config/settings.ts";
import type { Io } from "../io.ts";

/** Findings of which it is remembered what would have stopped them, and lines that a case gives. */
const MOST_FINDINGS = 50_000;
const MOST_LINES = 10;

/** What would have stopped findings and cases, in words. */
export class CaseCures {
  readonly #cures: Cures;
  readonly #lines = new Map<string, readonly string[]>();

  constructor(cures: Cures) {
    this.#cures = cures;
  }

  /** @throws WhatranError for a catalogue that cannot be read */
  static async load({ catalog, baseline }: Settings<"scan">, io: Io): Promise<CaseCures> {
    const known = await loadCatalog(catalog ?? []);
    return new CaseCures(new Cures(known, baseline === undefined ? undefined : resolve(io.cwd, baseline)));
  }

  readonly ofFinding = (finding: Finding): readonly Cure[] => this.#cures.ofFinding(finding);
  readonly inWords = (finding: Finding): readonly string[] => this.ofFinding(finding).map(cureText);

  /** For a scan that counts what cures would have cost in its own logs; undefined where a baseline knows better. */
  pricing(foreseen: (finding: Finding) => Finding | undefined): { pricing?: Pricing } {
    const { prices } = this.#cures;
    if (!prices) return {};
    const foresee = (finding: Finding) => {
      const shown = foreseen(finding);
      if (shown) this.#cures.ofFinding(shown);
    };
    return { pricing: { prices, foresee } };
  }

  remember(finding: Finding): void {
    if (this.#lines.size < MOST_FINDINGS) this.#lines.set(finding.id, this.inWords(finding));
  }

  /** What would have stopped the findings of a case, those that stop most first, each with how many. */
  ofCase(findings: readonly string[]): readonly string[] {
    const counts = new Map<string, number>();
    for (const id of findings)
      for (const line of this.#lines.get(id) ?? []) counts.set(line, (counts.get(line) ?? 0) + 1);
    return [...counts]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_LINES)
      .map(([line, times]) =>
        findings.length === 1 ? line : `${line}; stops ${times} of ${plural(findings.length, "finding")}`,
      );
  }
}
