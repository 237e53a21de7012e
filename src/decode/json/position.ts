import type { Place } from "./values.ts";

/** How far the input has been read: offsets are given in the block at hand. */
export class Position {
  /** Bytes before the block. */
  consumed = 0;
  /** The line, one-based, and where it begins in the input. */
  line = 1;
  lineStart = 0;

  here(at: number): Place {
    return { offset: this.consumed + at, line: this.line };
  }

  /** The column, zero-based, in the line that has begun. */
  columnOf(at: number): number {
    return this.consumed + at - this.lineStart;
  }

  /** A line ends at `at`. */
  newline(at: number): void {
    this.pass(1, at + 1);
  }

  /** Whole lines are done with, the last of them just before `end`; returns `end`. */
  pass(lines: number, end: number): number {
    this.line += lines;
    this.lineStart = this.consumed + end;
    return end;
  }
}
