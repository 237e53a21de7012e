import { entryOf } from "../../model/entry.ts";

/** A line of strace's output, taken apart. */
export interface TraceLine {
  readonly pid: number | undefined;
  /** Milliseconds since the epoch; a time of day alone is none. */
  readonly time: number | undefined;
  /** The system call; undefined of signals, exits and what strace says of itself. */
  readonly call: string | undefined;
  /** What stands in the call's brackets and behind them, as far as the line has it. */
  readonly rest: string;
  /** `unfinished` goes on in a line that is `resumed`, when another process has been heard. */
  readonly part: "whole" | "unfinished" | "resumed";
}

/** `[pid 811]` or `811`, perhaps with the name of its program (`-Y`). */
const PID = /^(?:\[pid {1,8}(\d{1,10})(?:<[^>]{0,64}>)?\] {1,4}|(\d{1,10})(?:<[^>]{0,64}>)? {1,8})/;
/** The epoch (`-ttt`), a time of day (`-t`, `-tt`) or what has passed (`-r`); then the instruction's place (`-i`). */
const TIME = /^ {0,8}(?:(\d{9,11}\.\d{1,9})|\d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{1,7}\.\d{1,9}) {1,4}/;
const PLACE = /^\[[ 0-9a-f?]{8,16}\] /;
const CALL = /^([a-z_][a-z0-9_]{1,31})\(/;
const RESUMED = /^<\.\.\. ([a-z_][a-z0-9_]{1,31}) resumed>/;
const UNFINISHED = /<unfinished \.\.\.>$/;
/** Signals and exits, `strace: Process 812 attached`, a call that could not be read. */
const OTHER = /^(?:\+\+\+ |--- |strace: |\?\?\?\?)/;

/** undefined where the line is none of strace's. */
export function parseTrace(line: string): TraceLine | undefined {
  const owner = PID.exec(line);
  let at = owner?.[0].length ?? 0;
  const clock = TIME.exec(line.slice(at, at + 64));
  at += clock?.[0].length ?? 0;
  at += PLACE.exec(line.slice(at, at + 32))?.[0].length ?? 0;
  const said = line.slice(at);
  const number = owner?.[1] ?? owner?.[2];
  const head = {
    pid: number === undefined ? undefined : Number(number),
    time: clock?.[1] === undefined ? undefined : Number(clock[1]) * 1000,
  };
  const resumed = RESUMED.exec(said);
  if (resumed) return { ...head, call: resumed[1]!, rest: said.slice(resumed[0].length), part: "resumed" };
  const call = CALL.exec(said);
  if (call) {
    const part = UNFINISHED.test(said.slice(-32)) ? "unfinished" : "whole";
    return { ...head, call: call[1]!, rest: said.slice(call[0].length), part };
  }
  return OTHER.test(said) ? { ...head, call: undefined, rest: said, part: "whole" } : undefined;
}

/** What a call returned: `) = 0`, `) = -1 ENOENT (No such file or directory)`, perhaps with how long it took. */
const RESULT =
  /\) {1,64}= (-?\d{1,20}|0x[0-9a-f]{1,16}|\?)(?:<[^>]{0,4096}>)?(?: ([A-Z][A-Z0-9_]{1,31})\b[^"]{0,200})?(?: <\d[\d.]{0,20}>)?$/;

/** The number that a call returned, and the error's name; undefined where the line does not say. */
export function resultOf(rest: string): { readonly value: number; readonly error: string | undefined } | undefined {
  const found = RESULT.exec(rest.slice(-4600));
  return found?.[1] === undefined || found[1] === "?" ? undefined : { value: Number(found[1]), error: found[2] };
}

export interface TraceText {
  readonly text: string;
  /** Where the text goes on behind it. */
  readonly end: number;
  /** strace keeps so many characters (`-s`), and says where there were more. */
  readonly cut: boolean;
}

/** What a letter behind a backslash stands for; any other for itself. */
const LETTERS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", v: "\v", f: "\f", a: "\x07", b: "\b" };
const ESCAPE = /\\(?:x([0-9a-f]{2})|([0-7]{1,3})|(.))/gs;

/** The string in quotes that begins at `at`, its bytes taken for UTF-8; undefined where there is none or it does not end. */
export function textAt(rest: string, at: number): TraceText | undefined {
  if (rest[at] !== '"') return undefined;
  let end = at + 1;
  while (end < rest.length && rest[end] !== '"') end += rest[end] === "\\" ? 2 : 1;
  if (end >= rest.length) return undefined;
  const cut = rest.startsWith("...", end + 1);
  return { text: unescaped(rest.slice(at + 1, end)), end: end + (cut ? 4 : 1), cut };
}

function unescaped(written: string): string {
  if (!written.includes("\\")) return written;
  // Escapes are bytes, several of which may be one character.
  const bytes = Buffer.from(written)
    .toString("latin1")
    .replace(ESCAPE, (_, hex, octal, letter) => {
      if (letter !== undefined) return entryOf(LETTERS, letter) ?? letter;
      return String.fromCharCode(hex === undefined ? Number.parseInt(octal, 8) & 255 : Number.parseInt(hex, 16));
    });
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** The list of strings that begins at `at`; `cut` where it or one of them is not whole. */
export function textsAt(
  rest: string,
  at: number,
): { readonly texts: readonly string[]; readonly cut: boolean } | undefined {
  if (rest[at] !== "[") return undefined;
  const texts: string[] = [];
  let cut = false;
  for (let next = at + 1; next < rest.length; ) {
    if (rest[next] === "]") return { texts, cut };
    if (rest.startsWith("...", next)) {
      cut = true;
      next += 3;
    } else if (rest[next] === '"') {
      const one = textAt(rest, next);
      if (!one) return undefined;
      texts.push(one.text);
      cut ||= one.cut;
      next = one.end;
    } else if (/[ ,]/.test(rest[next]!)) next += 1;
    else return undefined;
  }
  return undefined;
}
