/** Where a value starts: byte offset in the input, one-based line. */
export interface Place {
  readonly offset: number;
  readonly line: number;
}

/** Why a value was lost. `open` concerns no record: an array or envelope that is not closed at the end of the input. */
export type JsonDamage = "syntax" | "depth" | "size" | "truncated" | "text" | "open";

export interface JsonValues {
  /** A value that fills a line: false where it does not parse, and must be looked at more closely. `bytes` lasts for the call. */
  line(bytes: Buffer, place: Place): boolean;
  /** A balanced value. `bytes` lasts for the call. */
  value(bytes: Buffer, place: Place): void;
  damaged(why: JsonDamage, place: Place): void;
  /** Whether a balanced value is a record itself, by more than its words unless these count; absent: keys alone tell. */
  isRecord?(bytes: Buffer, byWords: boolean): boolean;
  /** Whether a balanced value that is no record holds some, wherever in it. */
  holdsRecords?(bytes: Buffer): boolean;
  /** Takes whole lines from `at` on without their being read; absent: every line is to be read. */
  skim?(block: Buffer, at: number): { readonly lines: number; readonly end: number };
}

export interface JsonLimits {
  /** Largest value, bytes. */
  readonly size: number;
  /** Deepest nesting of a value. */
  readonly depth: number;
}
