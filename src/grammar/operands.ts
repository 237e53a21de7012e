import { isAscii } from "../cmdline/normal/characters.ts";
import { optionFold } from "../cmdline/normal/option-fold.ts";
import type { Deal, Operand } from "./layout.ts";
import type { Arg, Collector } from "./types.ts";

/** What operands of a type look like. */
export const FORMS = {
  assignment: /^[A-Za-z_]\w*=/,
  number: /^[+-]?[\d.]+[a-z%]?$/i,
  share: /^\\\\/,
  hosts: /^(?:\\\\|@)/,
} as const;

/** A single word with look-alike letters as a Windows program reads its verbs; anything that may be a path or a value stays. */
export const verbFold = (text: string): string =>
  !isAscii(text) && /^[^\s\\/.:="']+$/.test(text) ? optionFold(text) : text;

const textOf = (spec: Operand, arg: Arg) => (spec.type === "verb" ? verbFold(arg.value) : arg.value);

const fits = ({ type }: Operand, arg: Arg) => type === "text" || type === "verb" || FORMS[type].test(arg.value);

/** Whether the operands in hand fill all of these, none of which is a list, but for optional ones that the next word is not meant for. */
export function filled(specs: readonly Operand[], operands: readonly Arg[], next: Arg): boolean {
  let from = 0;
  for (const spec of specs) {
    const arg = operands[from];
    if (arg ? fits(spec, arg) : spec.many !== "optional" || fits(spec, next)) {
      if (!arg) return false;
      from++;
    }
  }
  return true;
}

/**
 * Deals operands out to their names: required ones before a list and behind it, then optional ones, then the list.
 * `…` and `!` elements take everything from their place on and are dealt by the caller.
 */
export function dealOperands({ before, list, behind }: Deal, operands: readonly Arg[], out: Collector): void {
  let from = 0;
  for (const spec of before) {
    const arg = operands[from];
    if (!arg) break;
    if (!fits(spec, arg)) continue;
    out.add(spec, textOf(spec, arg), [arg]);
    from++;
  }
  if (!list) {
    if (from < operands.length) extra(operands.slice(from), out);
    return;
  }
  const least = list.many === "some" ? 1 : 0;
  const room = Math.max(0, operands.length - from - least);
  const tail = Math.min(behind.length, room);
  const to = operands.length - tail;
  const others: Arg[] = [];
  for (let at = from; at < to; at++) {
    const arg = operands[at] as Arg;
    if (fits(list, arg)) out.add(list, textOf(list, arg), [arg]);
    else others.push(arg);
  }
  for (let at = to; at < operands.length; at++) {
    const arg = operands[at] as Arg;
    out.add(behind[at - to] as Operand, arg.value, [arg]);
  }
  extra(others, out);
}

/** Operands that no element takes stay visible. */
function extra(args: readonly Arg[], out: Collector): void {
  for (const arg of args) out.tell(arg.value);
}
