import { parseShell } from "../shell/shell.ts";
import { fillBounded } from "./bounded.ts";
import type { Handler } from "./language.ts";
import type { Sink } from "./sink.ts";
import { MAX_ITEMS } from "./types.ts";
import { bytesOf, textOf, textValue, UNKNOWN, type Value } from "./values.ts";

export const isKnown = (value: Value): boolean => value.kind !== "text" || value.known;

const MAX_REPEATED = 4096;

/** Sum of two numbers, or two constants as one text. */
export function add(sink: Sink, left: Value, right: Value): Value {
  if (left.kind === "number" && right.kind === "number") return { kind: "number", value: left.value + right.value };
  if (left.kind === "list" && right.kind === "list") {
    return { kind: "list", items: [...left.items, ...right.items].slice(0, MAX_ITEMS) };
  }
  const [a, b] = [textOf(left), textOf(right)];
  if (a === undefined || b === undefined) return UNKNOWN;
  const whole = sink.fold(a + b, isKnown(left) && isKnown(right));
  const both = left.kind === "text" && right.kind === "text" && left.bytes && right.bytes;
  return both && whole.kind === "text" ? { ...whole, bytes: Buffer.concat([left.bytes, right.bytes]) } : whole;
}

/** Joins two operands; the source stands for the one that is not constant, if the other is. */
export function join(sink: Sink, left: Value, leftSource: string, right: Value, rightSource: string): Value {
  const whole = add(sink, left, right);
  if (whole.kind !== "unknown") return whole;
  const [a, b] = [textOf(left), textOf(right)];
  return a === undefined && b === undefined ? UNKNOWN : sink.fold((a ?? leftSource) + (b ?? rightSource), false);
}

/** Words of a command with quoting; none where the program itself is not constant. */
function argvOf(text: string): readonly string[] {
  const argv = parseShell(text)[0]?.argv ?? [];
  return argv[0]?.startsWith("$") ? [] : argv;
}

/** A literal that is no text as it stands: bytes, a list of words, or what a shell runs. */
export function writtenAs(sink: Sink, as: "shell" | "words" | "argv" | "bytes", value: Value): Value {
  const bytes = as === "bytes" ? bytesOf(value) : undefined;
  if (as === "bytes") return bytes && value.kind === "text" ? { ...value, bytes } : value;
  const text = textOf(value) ?? "";
  if (as === "shell") sink.emit({ role: "runs", what: "command", value: text, shell: true });
  if (as === "shell") return UNKNOWN;
  const words = as === "argv" ? argvOf(text) : text.split(/\s+/).filter(Boolean);
  return { kind: "list", items: words.slice(0, MAX_ITEMS).map((word) => textValue(word)) };
}

export function repeat(sink: Sink, value: Value & { kind: "text" }, times: number): Value {
  const size = times * value.text.length;
  return size <= MAX_REPEATED ? sink.fold(value.text.repeat(times), value.known) : UNKNOWN;
}

/** Places of a template as printf has them: flags and widths change blanks and zeros alone, and are left out. */
const PLACES = /%[-+ 0#]{0,4}\d{0,3}(?:\.\d{1,3})?([sdricuxXo%])/g;

/** How a number is written at a place of this letter. */
function writtenNumber(letter: string, value: number): string {
  if (letter === "c") return value >= 0 && value <= 0x10ffff ? String.fromCodePoint(Math.trunc(value)) : "";
  if (letter === "x" || letter === "X" || letter === "o") return Math.trunc(value).toString(letter === "o" ? 8 : 16);
  return String(value);
}

/** Fills the places of a template in order; one whose value is not constant stays as it is written. */
export function format(sink: Sink, template: Value & { kind: "text" }, filling: Value): Value {
  const values = filling.kind === "list" ? filling.items : [filling];
  let known = template.known;
  let nth = 0;
  const text = fillBounded(template.text, PLACES, (place, letter) => {
    if (letter === "%") return "%";
    const value = values[nth++];
    const written = value?.kind === "number" ? writtenNumber(letter, value.value) : textOf(value);
    known &&= written !== undefined;
    return written ?? place;
  });
  return sink.fold(text, known);
}

/** `sprintf(template, …)`. */
export const formatted: Handler = ({ args: [template, ...items], sink }) =>
  template?.kind === "text" ? format(sink, template, { kind: "list", items }) : UNKNOWN;

const numberValue = (value: number | undefined): Value => (value === undefined ? UNKNOWN : { kind: "number", value });

export function elementOf(value: Value, index: Value | undefined): Value {
  if (index?.kind !== "number") return UNKNOWN;
  if (value.kind === "list") return value.items.at(index.value) ?? UNKNOWN;
  if (value.kind === "text" && value.bytes) return numberValue(value.bytes.at(index.value));
  return value.kind === "text" ? textValue(value.text.at(index.value) ?? "", value.known) : UNKNOWN;
}
