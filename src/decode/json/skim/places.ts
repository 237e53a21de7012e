import { LINE_WORDS, LINES_AT, PAGES, PIECE, program, QUOTES_AT } from "./program.ts";

/** Where quotes and line ends stand in a piece of text; offsets are those of the piece. */
export interface Places {
  /** Quotes that no backslash takes their meaning. */
  readonly quotes: Uint32Array | readonly number[];
  /**
   * Three numbers for each line: quotes before its end; its end; the last place up to there that is odd (or a little beyond): a
   * control character (a CR before the line end is none), an escape other than `\" \\ \/ \b \f \n \r \t`; -1 for none.
   */
  readonly lines: Int32Array | readonly number[];
  readonly lineCount: number;
}

/** Finds the places in at most PIECE bytes. What it gives lasts until it is called again. */
export type FindPlaces = (bytes: Uint8Array) => Places;

export { LINE_WORDS, PIECE } from "./program.ts";

/** As much of WebAssembly's interface as is used; the types of Node leave it to browsers'. */
interface WebAssemblyLike {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** With WebAssembly's vectors where the machine has them. */
export function createFinder(): FindPlaces {
  try {
    return vectors();
  } catch {
    return byteByByte;
  }
}

/** @throws where WebAssembly is switched off or has no vectors */
export function vectors(): FindPlaces {
  const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyLike }).WebAssembly;
  const memory = new Memory({ initial: PAGES, maximum: PAGES });
  const instance = new Instance(new Module(program()), { env: { memory } });
  const run = instance.exports.run as (length: number) => number;
  const bytes = new Uint8Array(memory.buffer, 0, PIECE + 32);
  const quotes = new Uint32Array(memory.buffer, QUOTES_AT, PIECE);
  const lines = new Int32Array(memory.buffer, LINES_AT);
  return (piece) => {
    bytes.set(piece);
    bytes.fill(0x20, piece.length, piece.length + 32);
    return { quotes, lines, lineCount: run(piece.length) / 4 / LINE_WORDS };
  };
}

const SHORT_ESCAPES = new Set(Buffer.from('"\\/bfnrt'));

/** The same, one byte after another. */
export const byteByByte: FindPlaces = (bytes) => {
  const quotes: number[] = [];
  const lines: number[] = [];
  let odd = -1;
  let isEscaped = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    const wasEscaped: boolean = isEscaped;
    isEscaped = byte === 0x5c && !wasEscaped;
    if (wasEscaped && !SHORT_ESCAPES.has(byte)) odd = at;
    if (byte === 0x0a) lines.push(quotes.length, at, odd);
    else if (byte < 0x20 && !(byte === 0x0d && bytes[at + 1] === 0x0a)) odd = at;
    else if (byte === 0x22 && !wasEscaped) quotes.push(at);
  }
  return { quotes, lines, lineCount: lines.length / LINE_WORDS };
};
