import { bufferOf } from "../buffer.ts";
import { Held } from "../json/held.ts";

const QUOTE = 0x22;
const NEWLINE = 0x0a;

export interface CsvPlace {
  readonly offset: number;
  /** One-based line on which the row begins. */
  readonly line: number;
}

export interface CsvRows {
  /** Bytes of one row without its newline; they last for the call. */
  row(bytes: Buffer, place: CsvPlace): void;
  damaged(why: "size" | "truncated", place: CsvPlace): void;
}

/**
 * Finds the rows of a table (RFC 4180): newlines inside quotes belong to a cell, a quote counts only at the start of a cell.
 * One pass; memory is bounded by one row.
 */
export class CsvSplitter {
  private readonly rows: CsvRows;
  private readonly size: number;
  private readonly held = new Held();
  /** What parts cells; the first row tells. */
  private delimiter: number | undefined;
  private quoted = false;
  private cellStart = true;
  private consumed = 0;
  private line = 1;
  private place: CsvPlace = { offset: 0, line: 1 };
  private dropped = false;

  /** `size`: largest row, bytes. */
  constructor(rows: CsvRows, size: number) {
    this.rows = rows;
    this.size = size;
  }

  /** From the next row on; until then every usual delimiter parts cells. */
  setDelimiter(delimiter: string): void {
    this.delimiter = delimiter.charCodeAt(0);
  }

  push(bytes: Uint8Array): void {
    const block = bufferOf(bytes);
    let from = 0;
    for (let at = 0; at < block.length; at += 1) {
      const byte = block[at]!;
      if (byte === NEWLINE) this.line += 1;
      if (byte === QUOTE && (this.quoted || this.cellStart)) this.quoted = !this.quoted;
      // A quote that closes may open again at once: a doubled quote stands for one.
      this.cellStart = byte === QUOTE ? !this.quoted : !this.quoted && this.parts(byte);
      if (byte !== NEWLINE || this.quoted) continue;
      this.finish(block.subarray(from, at), this.consumed + at + 1);
      from = at + 1;
    }
    this.hold(block.subarray(from));
    this.consumed += block.length;
  }

  end(): void {
    if (this.quoted && !this.dropped) this.rows.damaged("truncated", this.place);
    else if (this.held.length > 0) this.finish(Buffer.alloc(0), this.consumed);
    this.held.clear();
  }

  private parts(byte: number): boolean {
    if (byte === NEWLINE) return true;
    return this.delimiter === undefined ? isDelimiter(byte) : byte === this.delimiter;
  }

  private hold(bytes: Buffer): void {
    if (this.dropped) return;
    this.held.append(bytes);
    if (this.held.length > this.size) {
      this.rows.damaged("size", this.place);
      this.dropped = true;
      this.held.clear();
    }
  }

  private finish(bytes: Buffer, next: number): void {
    if (this.held.length > 0 || bytes.length > this.size) this.hold(bytes);
    if (!this.dropped) this.rows.row(this.held.length > 0 ? this.held.view() : bytes, this.place);
    this.held.clear();
    this.dropped = false;
    this.cellStart = true;
    this.place = { offset: next, line: this.line };
  }
}

function isDelimiter(byte: number): boolean {
  return byte === 0x2c || byte === 0x3b || byte === 0x09 || byte === 0x7c;
}
