/** What a worker is to do. Input `number` of a seed is always the same bytes. */
export interface Job {
  readonly target: string;
  readonly seed: number;
  /** What the inputs are made of. */
  readonly corpus: readonly Uint8Array[];
  /** Number of the first input. */
  readonly from: number;
  readonly inputs: number;
  readonly seconds: number;
  /** One float: the number of the input at hand. */
  readonly shared: SharedArrayBuffer;
}

export interface Failure {
  /** Number of the input. */
  readonly number: number;
  readonly message: string;
}

export interface Progress {
  done: number;
  /** Inputs in which something was found. */
  yielding: number;
  slowestMs: number;
  /** Number of the input that took longest. */
  slowest: number;
  peakMiB: number;
  readonly failures: Failure[];
}
