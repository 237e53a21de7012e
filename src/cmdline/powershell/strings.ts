import { closeOf, hereBody, inside, isDoubleQuote, isSingleQuote, singleEnd } from "./scan.ts";
import { madeText, type Session } from "./session.ts";
import { shownText, type Value } from "./values.ts";
import { variable } from "./variables.ts";

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "0": "", a: "", b: "", f: "", v: "" };

export interface ReadValue {
  readonly value: Value;
  readonly end: number;
}

/** What a back-tick and the character behind it stand for. */
export function escapedCharacter(char: string | undefined): string {
  if (char === undefined) return "";
  return ESCAPES[char] ?? char;
}

const NAME = /\$(?:\{([^}\n]{1,256})\}|((?:[a-z]{1,16}:)?[a-z_?][\w?]{0,127}|[$^?_]))/iy;

/** Reads `$name` at `at`; undefined where there is none. */
export function readVariable(code: string, at: number, session: Session): (ReadValue & { name: string }) | undefined {
  NAME.lastIndex = at;
  const match = NAME.exec(code);
  if (!match) return undefined;
  const name = match[1] ?? match[2]!;
  return { name, value: variable(session, name, match[0]), end: at + match[0].length };
}

/** A value within a text. What a file or an address holds is not known, so that it stays as written. */
export function partText(value: Value, written: string): string {
  return value.kind === "contents" ? written : shownText(value) || (value.kind === "unknown" ? written : "");
}

/** Text of a `"…"` body: variables, `$( )` and back-ticks resolved; what is not known stays as written. */
export function interpolate(body: string, session: Session, depth: number): string {
  let out = "";
  for (let at = 0; at < body.length; ) {
    const char = body[at]!;
    if (char === "`") {
      out += escapedCharacter(body[at + 1]);
      at += 2;
    } else if (char === "$" && body[at + 1] === "(") {
      const end = closeOf(body, at + 1);
      out += partText(session.evaluate(inside(body, at + 1, end), depth + 1), body.slice(at, end));
      at = end;
    } else {
      const read = char === "$" ? readVariable(body, at, session) : undefined;
      if (read) out += partText(read.value, body.slice(at, read.end));
      else out += isDoubleQuote(char) && isDoubleQuote(body[at + 1]) ? char : char;
      at = read ? read.end : at + (isDoubleQuote(char) && isDoubleQuote(body[at + 1]) ? 2 : 1);
    }
  }
  return out;
}

function singleBody(code: string, at: number, end: number): string {
  const closed = end > at + 1 && isSingleQuote(code[end - 1]);
  return code
    .slice(at + 1, closed ? end - 1 : end)
    .replace(/(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/g, "$1");
}

/** Reads a string or here-string of any kind at `at`. */
export function readString(code: string, at: number, session: Session, depth: number): ReadValue | undefined {
  const here = hereBody(code, at);
  if (here) {
    const body = code.slice(here.start, here.end);
    return { value: madeText(session, here.raw ? body : interpolate(body, session, depth)), end: here.after };
  }
  if (isSingleQuote(code[at])) {
    const end = singleEnd(code, at);
    return { value: madeText(session, singleBody(code, at, end)), end };
  }
  if (!isDoubleQuote(code[at])) return undefined;
  const end = closeOf(code, at);
  const closed = end > at + 1 && isDoubleQuote(code[end - 1]);
  const body = code.slice(at + 1, closed ? end - 1 : end);
  const whole = body.startsWith("$") ? readVariable(body, 0, session) : undefined;
  if (whole?.value.kind === "contents" && whole.end === body.length) return { value: whole.value, end };
  return { value: madeText(session, interpolate(body, session, depth)), end };
}
