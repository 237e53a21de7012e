import { entryOf } from "../../model/entry.ts";
import { readWord } from "./reader.ts";

/** The condition of an `if`. */
export interface Condition {
  /** The place behind it. */
  readonly end: number;
  /** Whether it holds; absent where the text alone does not tell. */
  readonly holds?: boolean;
}

/** Words of which no variable can change the meaning. */
const CONSTANT = /^"?[\w.]{0,64}"?$/;
const NUMBER = /^-?\d{1,9}$/;

function compared(left: string, comparison: string, right: string, ignoresCase: boolean): boolean | undefined {
  if (!CONSTANT.test(left) || !CONSTANT.test(right)) return undefined;
  if (comparison === "==") return ignoresCase ? left.toLowerCase() === right.toLowerCase() : left === right;
  if (!NUMBER.test(left) || !NUMBER.test(right)) return undefined;
  const difference = Number(left) - Number(right);
  const results: Readonly<Record<string, boolean>> = {
    equ: difference === 0,
    neq: difference !== 0,
    lss: difference < 0,
    leq: difference <= 0,
    gtr: difference > 0,
    geq: difference >= 0,
  };
  return entryOf(results, comparison.toLowerCase());
}

/** Reads the condition behind an `if`. Only what compares constants is judged: counters of loops, mostly. */
export function readCondition(text: string, from: number): Condition {
  let end = from;
  const word = (): string => {
    const next = readWord(text, end);
    end = next.end;
    return next.value;
  };
  let left = word();
  const flags = new Set<string>();
  for (; /^(?:\/i|not)$/i.test(left); left = word()) flags.add(left.toLowerCase());
  if (/^(?:exist|defined|errorlevel|cmdextversion)$/i.test(left)) {
    word();
    return { end };
  }
  let comparison = "==";
  let right: string;
  const equals = left.indexOf("==");
  if (equals >= 0) {
    right = left.slice(equals + 2) || word();
    left = left.slice(0, equals);
  } else {
    comparison = word();
    right = comparison.startsWith("==") ? comparison.slice(2) || word() : word();
    if (comparison.startsWith("==")) comparison = "==";
  }
  const result = compared(left, comparison, right, flags.has("/i"));
  return result === undefined ? { end } : { end, holds: result !== flags.has("not") };
}
