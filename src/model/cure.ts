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
  /** How often ordinary use of the baseline would have been stopped, and on how many hosts. */
  readonly cost?: { readonly times: number; readonly hosts: number; readonly examples: readonly string[] };
}
