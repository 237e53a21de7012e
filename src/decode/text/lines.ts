import { bufferOf } from "../buffer.ts";

/** Longest line that is kept, in bytes; what goes beyond it is dropped and said. */
const MAX_LINE = 1 << 20;

const LF = 10;
const CR = 13;

/** The lines of a text without their LF, one at a time: a list of millions takes more memory than their text. */
export function* linesIn(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    yield text.slice(from, end < 0 ? text.length : end);
    from = end < 0 ? text.length : end + 1;
  }
}

/** Takes one line: its text without the line end, its byte offset in the stream, and whether it was cut at MAX_LINE. */
export type LineTaker = (text: string, offset: number, cut: boolean) => void;

/**
 * Cuts a stream of blocks into lines (LF or CRLF), decoded as UTF-8 with U+FFFD for what is none. Memory is bounded by
 * one block and MAX_LINE. A byte order mark at the start is dropped.
 */
export class LineSplitter {
  private readonly take: LineTaker;
  private readonly max: number;
  private parts: Uint8Array[] = [];
  private kept = 0;
  private cut = false;
  private lineStart = 0;
  private position = 0;

  constructor(take: LineTaker, max = MAX_LINE) {
    this.take = take;
    this.max = max;
  }

  push(block: Uint8Array): void {
    let from = 0;
    for (;;) {
      const at = block.indexOf(LF, from);
      if (at < 0) break;
      if (this.kept === 0 && !this.cut && at - from <= this.max) this.give(block, from, at, false);
      else {
        this.hold(block.subarray(from, at));
        this.emit();
      }
      from = at + 1;
      this.lineStart = this.position + from;
    }
    // The rest may outlive the block, whose memory belongs to the caller.
    if (from < block.length) this.hold(block.slice(from));
    this.position += block.length;
  }

  end(): void {
    if (this.kept > 0 || this.cut) this.emit();
  }

  private hold(bytes: Uint8Array): void {
    const room = this.max - this.kept;
    if (bytes.length > room) this.cut = true;
    const part = bytes.length > room ? bytes.subarray(0, room) : bytes;
    if (part.length === 0) return;
    this.parts.push(part);
    this.kept += part.length;
  }

  private emit(): void {
    const bytes = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    const { cut } = this;
    this.parts = [];
    this.kept = 0;
    this.cut = false;
    this.give(bytes, 0, bytes.length, cut);
  }

  private give(bytes: Uint8Array, from: number, to: number, cut: boolean): void {
    const end = !cut && to > from && bytes[to - 1] === CR ? to - 1 : to;
    const buffer = Buffer.isBuffer(bytes) ? bytes : bufferOf(bytes);
    const text = buffer.toString("utf8", from, end);
    const first = this.lineStart === 0 && text.startsWith("\ufeff");
    this.take(first ? text.slice(1) : text, this.lineStart, cut);
  }
}
