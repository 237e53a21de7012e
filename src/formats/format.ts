import type { LogRecord, RecordSink } from "../model/record.ts";

/**
 * One input format. A reader is a push parser: blocks of any size go in, records come out of the sink before `push` returns,
 * so that files, stdin, decompressors and growing logs all feed it alike. Readers never throw on bad input.
 */
export interface Format {
  /** Short name for `--input-format` and diagnostics, such as `evtx`. */
  readonly name: string;
  readonly title: string;
  /** How sure the format is, 0–1, from the first bytes (up to 64 KiB) and the file name (a hint only). */
  sniff(head: Uint8Array, name: string): number;
  open(context: ReadContext, sink: RecordSink): FormatReader;
  /** Of a block nothing is needed any more once `push` has returned, not even for records that are kept: it may be used again. */
  readonly borrows?: true;
  /** Of a format that is written in place, round and round at times: its records go by their own numbers, not by where they stand. */
  readonly mark?: Mark;
}

/** The first record of a file: it stays as it is until the log is begun anew, or comes round to it. */
export interface Mark {
  readonly from: number;
  readonly length: number;
  /** Number of the record whose bytes these are; undefined where they are none. */
  number(bytes: Buffer): number | undefined;
}

export interface ReadContext {
  /** As it stands in diagnostics and sources. */
  readonly file: string;
  /** Where in the file the first byte stands, if the reader is given a part of it; 0 where absent. */
  readonly offset?: number;
  /**
   * Events that anybody subscribes to; a reader may drop other records after counting them. Absent: everything. It is asked of
   * each record once; where several are alike in this, it may be asked of all of them together, `count` saying how many they are.
   */
  readonly wants?: (record: Pick<LogRecord, "provider" | "eventId" | "shape">, count?: number) => boolean;
  /** True where nobody looks at a record after the call that hands it over: its memory may be used again then. */
  readonly passing?: boolean;
  /**
   * True where somebody may be writing to the file: what is behind the first piece whose checksum does not fit is passed over without a
   * word, as it will be read again.
   */
  readonly growing?: boolean;
}

export interface FormatReader {
  push(block: Uint8Array): void;
  /** The input has ended: whatever is incomplete becomes a diagnostic. */
  end(): void;
}
