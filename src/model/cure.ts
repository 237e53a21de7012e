/** What a rule would have cost: ordinary use that it would have stopped. */
export interface Cost {
  /** What knows of ordinary use: a baseline, or the very logs that were scanned. */
  readonly by: "baseline" | "logs";
  /** Events; of logs none of a finding at medium or above, and not the act itself. */
  readonly times: number;
  readonly hosts: number;
  /** Absent where it is not known who they were. */
  readonly users?: number;
  readonly examples: readonly string[];
  /** There was more than could be told apart: the numbers are the least that it was. */
  readonly atLeast?: true;
}

/** A rule of a product that would have stopped an act. */
export interface Cure {
  /** ATT&CK mitigation, such as `M1038`. */
  readonly mitigation: string;
  /** Id of the product among the targets of policies, such as `applocker`. */
  readonly target: string;
  /** The product and what to tell it, in words: “AppLocker: DLL rule: deny libraries in C:\\ProgramData\\”. */
  readonly text: string;
  /** Why the log does not say whether it would have. */
  readonly doubt?: string;
  /** Absent where nothing is known of ordinary use, and for rules that stop nothing. */
  readonly cost?: Cost;
}
