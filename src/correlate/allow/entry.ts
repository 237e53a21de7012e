/** One entry of an allow-list: facts that must all hold, and who answers for it. Compared whole, never in part. */
export interface AllowEntry {
  readonly id: string;
  readonly file: string;
  /** Line of the entry in its file, from one. */
  readonly line: number;
  /** `platform/binary`. */
  readonly binary: string;
  /** `platform/binary/behaviour`. */
  readonly behaviour: string;
  /** SHA-256 of every file that it runs or fetches, lower case. */
  readonly sha256: readonly string[];
  /** Signer of every such file, lower case; counts only where the log says that the signature is valid. */
  readonly signer?: string;
  /** Folder of every such file, in normal form; where it names `<user>` or `<version>`, in the form of `folderForm`. */
  readonly directory?: string;
  /** Path of the parent's image, in normal form. */
  readonly parent?: string;
  /** Short names, lower case. */
  readonly hosts?: readonly string[];
  /** As logged, lower case. */
  readonly users?: readonly string[];
  readonly reason: string;
  readonly author: string;
  /** Milliseconds since the epoch: the end of the last day on which it holds. */
  readonly expires: number;
}

/** What an entry did in a run. */
export interface AllowReport {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** The last day on which it holds, `2027-03-31`. */
  readonly expires: string;
  readonly expired: boolean;
  /** Findings that it kept from being given out. */
  readonly hidden: number;
}

/** What a log says of a file that an invocation runs, by which people tell one file from another. Plain data, for snapshots. */
export interface Seal {
  /** In normal form. */
  readonly path: string;
  /** Lower case. */
  readonly sha256?: string;
  /** Lower case; only where the signature is valid. */
  readonly signer?: string;
}
