/**
 * Bad input as an item in the stream: it is counted and shown, and never stops a run.
 * `code` is a key of the table in src/errors.ts.
 */
export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  /** Byte offset in the file or archive member. */
  readonly offset?: number;
  /** One-based line and column of a text input. */
  readonly line?: number;
  readonly column?: number;
  /** Zero-based index of the record concerned, where one was recognised. */
  readonly index?: number;
  /** Bytes that were needed, and that were there. */
  readonly need?: number;
  readonly have?: number;
}
