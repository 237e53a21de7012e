import { charge, type State, type Value } from "../state.ts";
import type { Parameter, Word } from "../syntax/tree.ts";
import { arithmetic } from "./arithmetic.ts";
import { compileGlob, matchPrefix } from "./glob.ts";

/** `known` is false for a value that holds only if a variable is unset, such as the default of `${X:-default}`. */
export interface Expansion {
  readonly value: Value;
  readonly known: boolean;
}

/** Turns the argument of an operator into text, or into a pattern whose quoted characters are escaped. */
export type Expand = (word: Word, pattern?: boolean) => { readonly text: string; readonly known: boolean };

/** Variables that hold absolute paths wherever they are set: their first character is known. */
const ABSOLUTE = new Set(["PATH", "HOME", "PWD", "OLDPWD", "SHELL"]);
/** Patterns are matched against values up to this length. */
const MAX_MATCHED = 4096;
/** Sixteen steps of matching cost as much as one character of expansion. */
const WORK_SHIFT = 4;

/** Value of `$name` or `${…}`; undefined where it cannot be known. */
export function expandParameter(part: Parameter, state: State, expand: Expand): Expansion | undefined {
  const target = part.prefix === "!" ? asText(lookUpValue(part.name, undefined, state)) : part.name;
  if (target === undefined) return undefined;
  const value = lookUpValue(target, part.index, state);
  if (part.prefix === "#") {
    if (value === undefined) return undefined;
    return known(String(value.length));
  }
  if (part.op === undefined) return value === undefined ? undefined : known(value);
  return operate(part, target, value, state, expand);
}

const known = (value: Value): Expansion => ({ value, known: true });

const asText = (value: Value | undefined): string | undefined =>
  typeof value === "string" || value === undefined ? value : value.join(" ");

function lookUpValue(name: string, index: string | undefined, state: State): Value | undefined {
  if (name === "@" || name === "*") return state.positional ?? [];
  if (/^[1-9]\d*$/.test(name)) return state.positional && (state.positional[Number(name) - 1] ?? "");
  const value = state.vars.get(name);
  if (value === undefined || index === undefined || index === "@" || index === "*") {
    return typeof value === "object" && index === undefined ? (value[0] ?? "") : value;
  }
  const at = arithmetic(index, (each) => asText(state.vars.get(each)));
  const list = typeof value === "string" ? [value] : value;
  return at === undefined ? undefined : (list.at(at) ?? "");
}

function operate(
  part: Parameter,
  name: string,
  value: Value | undefined,
  state: State,
  expand: Expand,
): Expansion | undefined {
  const op = part.op!;
  const arg = part.arg ?? [];
  const empty = value === undefined || (op.startsWith(":") && value.length === 0);
  const decided = value !== undefined;
  switch (op) {
    case ":-":
    case "-":
    case ":=":
    case "=": {
      if (!empty) return known(value);
      const { text, known: certain } = expand(arg);
      if (op.endsWith("=")) state.vars.set(name, certain ? text : undefined);
      return { value: text, known: certain && decided };
    }
    case ":+":
    case "+":
      return decided ? known(empty ? "" : expand(arg).text) : undefined;
    case ":?":
    case "?":
      return decided ? known(value) : undefined;
    case ":":
      return slice(value, name, expand(arg).text, state);
    default:
      return value === undefined ? undefined : rewrite(op, value, part, state, expand);
  }
}

function slice(value: Value | undefined, name: string, text: string, state: State): Expansion | undefined {
  const [first = "", second] = text.split(":");
  const lookUp = (each: string) => asText(state.vars.get(each));
  const from = arithmetic(first, lookUp);
  const length = second === undefined ? undefined : arithmetic(second, lookUp);
  if (from === undefined || (second !== undefined && length === undefined)) return undefined;
  if (value === undefined) return ABSOLUTE.has(name) && from === 0 && length === 1 ? known("/") : undefined;
  const list = name === "@" || name === "*" ? ["", ...value] : value;
  const start = from < 0 ? Math.max(0, list.length + from) : from;
  const end = length === undefined ? undefined : length < 0 ? list.length + length : start + length;
  return known(list.slice(start, end));
}

function rewrite(op: string, value: Value, part: Parameter, state: State, expand: Expand): Expansion | undefined {
  const pattern = expand(part.arg ?? [], true);
  const replacement = expand(part.replacement ?? []);
  if (!pattern.known || !replacement.known) return undefined;
  const each = (text: string): string | undefined => rewriteText(op, text, pattern.text, replacement.text, state);
  if (typeof value === "string") {
    const text = each(value);
    return text === undefined ? undefined : known(text);
  }
  const texts = value.map(each);
  return texts.some((text) => text === undefined) ? undefined : known(texts as string[]);
}

export const reverse = (text: string): string => [...text].reverse().join("");

function rewriteText(op: string, text: string, pattern: string, replacement: string, state: State): string | undefined {
  if (op === "^^") return text.toUpperCase();
  if (op === ",,") return text.toLowerCase();
  if (op === "^") return text.slice(0, 1).toUpperCase() + text.slice(1);
  if (op === ",") return text.slice(0, 1).toLowerCase() + text.slice(1);
  if (text.length > MAX_MATCHED || pattern.length > 256) return undefined;
  if (op === "#" || op === "##") {
    const { shortest, longest, work } = matchPrefix(compileGlob(pattern), text);
    if (!charge(state, work >> WORK_SHIFT)) return undefined;
    return text.slice(Math.max(0, op === "#" ? shortest : longest));
  }
  if (op === "%" || op === "%%") {
    const { shortest, longest, work } = matchPrefix([...compileGlob(pattern)].reverse(), reverse(text));
    if (!charge(state, work >> WORK_SHIFT)) return undefined;
    return text.slice(0, text.length - Math.max(0, op === "%" ? shortest : longest));
  }
  return op === "/" || op === "//" ? replace(op === "//", text, pattern, replacement, state) : undefined;
}

function replace(all: boolean, text: string, pattern: string, replacement: string, state: State): string | undefined {
  const anchor = !all && /^[#%]./.test(pattern) ? pattern[0]! : "";
  if (anchor === "%") {
    const { longest } = matchPrefix([...compileGlob(pattern.slice(1))].reverse(), reverse(text));
    return longest < 0 ? text : text.slice(0, text.length - longest) + replacement;
  }
  const steps = compileGlob(anchor ? pattern.slice(1) : pattern);
  let out = "";
  let at = 0;
  let turn = 0;
  while (at <= text.length) {
    const { longest, work } = matchPrefix(steps, text, at);
    if (!charge(state, 1 + (work >> WORK_SHIFT))) return undefined;
    if (longest > at) {
      if (!charge(state, replacement.length)) return undefined;
      out += replacement;
      at = longest;
      turn++;
      if (!all) break;
    } else {
      if (anchor) break;
      out += text[at++] ?? "";
    }
  }
  return turn === 0 ? text : out + text.slice(at);
}
