import type { Case } from "../model/case.ts";
import type { Finding } from "../model/finding.ts";
import type { RunSummary } from "./summary.ts";

/** What an output is told about the run before it starts. */
export interface OutputContext {
  /** Width in columns, for terminals. */
  readonly width: number;
  readonly colour: boolean;
  /** Print results only: no header, no summary. */
  readonly quiet: boolean;
  /** Column set of `csv`. */
  readonly profile: "standard" | "verbose" | "timesketch";
  /** What would have stopped a finding, a line each. Pages tell it of each, other outputs of findings that carry it. */
  cures?(finding: Finding): readonly string[];
}

/** Findings that belong together (`whatran/case/1`); every output that cannot show one leaves it out. */
export type CaseItem = Case;

/** An open output: findings go in as they are found, text goes out through `write`. */
export interface OutputWriter {
  /** True where `end` says in words what is to be known of the run itself, so that nobody else need. */
  readonly tellsRun?: true;
  finding(finding: Finding): void;
  case?(item: CaseItem): void;
  end(summary: RunSummary): void;
}

/** One output format. Writers hold no more than a bounded amount of findings. */
export interface Output {
  /** As in `--format`. */
  readonly name: string;
  open(write: (text: string) => void, context: OutputContext): OutputWriter;
}
