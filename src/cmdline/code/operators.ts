import { format, repeat } from "./folding.ts";
import type { Language } from "./language.ts";
import type { Sink } from "./sink.ts";
import { UNKNOWN, type Value } from "./values.ts";

/** How tightly operators bind; those that join texts bind as a sum does, where they are none of these. */
const RANKS: Readonly<Record<string, number>> = {
  "|": 1,
  "^": 2,
  "&": 3,
  "<<": 4,
  ">>": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "//": 6,
  "%": 6,
};

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  "|": (left, right) => left | right,
  "^": (left, right) => left ^ right,
  "&": (left, right) => left & right,
  "<<": (left, right) => left << right,
  ">>": (left, right) => left >> right,
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "//": (left, right) => Math.floor(left / right),
  "%": (left, right) => left - right * Math.floor(left / right),
};

/** Rank of an operator; zero where it is none that is folded. Names stand for numbers where a language has what binds them. */
export function rankOf(op: string, left: Value, { joins, formats, comprehends }: Language): number {
  if (joins.has(op)) return RANKS[op] ?? RANKS["+"]!;
  const worksOn = left.kind === "text" ? op === "*" || (op === "%" && formats) : left.kind === "number" || comprehends;
  return worksOn ? (RANKS[op] ?? 0) : 0;
}

/** What an operator that is no joining one makes of two constants. */
export function operate(sink: Sink, op: string, left: Value, right: Value): Value {
  if (left.kind === "text") {
    if (op === "%") return format(sink, left, right);
    return right.kind === "number" ? repeat(sink, left, right.value) : UNKNOWN;
  }
  if (left.kind !== "number" || right.kind !== "number") return UNKNOWN;
  const value = ARITHMETIC[op]?.(left.value, right.value) ?? Number.NaN;
  return Number.isFinite(value) ? { kind: "number", value } : UNKNOWN;
}
