import { parseShell } from "../shell/shell.ts";
import { fillBounded } from "./bounded.ts";
import type { Sink } from "./sink.ts";
import { MAX_ITEMS } from "./types.ts";
import { textOf, textValue, UNKNOWN, type Value } from "./values.ts";

export const isKnown = (value: Value): boolean => value.kind !== "text" || value.known;

const MAX_REPEATED = 4096;

/** Sum of two numbers, or two constants as one text. */
export function add(sink: Sink, left: Value, right: Value): Value {
  if (left.kind === "number" && right.kind === "number") return { kind: "number", value: left.value + right.value };
  if (left.kind === "list" && right.kind === "list") {
    return { kind: "list", items: [...left.items, ...right.items].slice(0, MAX_ITEMS) };
  }
  const [a, b] = [textOf(left), textOf(right)];
  return a === undefined || b === undefined ? UNKNOWN : sink.fold(a + b, isKnown(left) && isKnown(right));
}

/** Joins two operands; the source stands for the one that is not constant, if the other is. */
export function join(sink: Sink, left: Value, leftSource: string, right: Value, rightSource: string): Value {
  const whole = add(sink, left, right);
  if (whole.kind !== "unknown") return whole;
  const [a, b] = [textOf(left), textOf(right)];
  return a === undefined && b === undefined ? UNKNOWN : sink.fold((a ?? leftSource) + (b ?? rightSource), false);
}

/** Words of a command with quoting; none where the program itself is not constant. */
export function argvOf(text: string): readonly string[] {
  const argv = parseShell(text)[0]?.argv ?? [];
  return argv[0]?.startsWith("$") ? [] : argv;
}

export function repeat(sink: Sink, value: Value & { kind: "text" }, times: number): Value {
  const size = times * value.text.length;
  return size <= MAX_REPEATED ? sink.fold(value.text.repeat(times), value.known) : UNKNOWN;
}

/** Fills `%s`, `%d` and `%r` in order; a place whose value is not constant stays as it is written. */
export function format(sink: Sink, template: Value & { kind: "text" }, filling: Value): Value {
  const values = filling.kind === "list" ? filling.items : [filling];
  let known = template.known;
  let nth = 0;
  const text = fillBounded(template.text, /%([sdr%])/g, (place, letter) => {
    if (letter === "%") return "%";
    const value = textOf(values[nth++]);
    known &&= value !== undefined;
    return value ?? place;
  });
  return sink.fold(text, known);
}

export function elementOf(value: Value, index: Value | undefined): Value {
  if (index?.kind !== "number") return UNKNOWN;
  if (value.kind === "list") return value.items.at(index.value) ?? UNKNOWN;
  return value.kind === "text" ? textValue(value.text.at(index.value) ?? "", value.known) : UNKNOWN;
}
