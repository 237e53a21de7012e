import type { CodeRole, Condition, Test } from "../catalog/types.ts";
import { hidden, obeys, readCode } from "../cmdline/code/code.ts";
import type { CodeFinding } from "../cmdline/code/types.ts";
import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import { isRemote } from "../cmdline/normal/remote.ts";
import type { View } from "../cmdline/normal/view.ts";
import type { Value } from "../grammar/types.ts";
import { type Elements, isAmbient } from "./elements.ts";
import { Patterns } from "./patterns.ts";
import { VALUE_KINDS } from "./valueKinds.ts";

/** Values that passed the test of one element, and those of the elements tested before it: a condition that is true has few. */
export class Matched {
  readonly element: string;
  values: readonly Value[];
  readonly before: Matched | undefined;

  constructor(element: string, values: readonly Value[], before: Matched | undefined) {
    this.element = element;
    this.values = values;
    this.before = before;
  }
}

/** The values of an element that made a condition true; undefined where it does not ask for the element. */
export function matchedOf(matched: Matched, element: string): readonly Value[] | undefined {
  for (let one: Matched | undefined = matched; one; one = one.before) if (one.element === element) return one.values;
  return undefined;
}

type Kind = (text: string, domain: string | undefined) => boolean;

/** A test of the catalogue made ready: the catalogue's own objects are of many shapes. */
interface Check {
  readonly element: string;
  readonly absent: boolean;
  /** Any value will do: nothing of what follows is asked. */
  readonly any: boolean;
  readonly is: Patterns | undefined;
  readonly not: Patterns | undefined;
  readonly has: readonly string[] | undefined;
  readonly ext: readonly string[] | undefined;
  readonly remote: boolean | undefined;
  readonly kinds: readonly Kind[] | undefined;
  readonly code: Test["code"];
  /** A `not` alone must hold for every value. */
  readonly every: boolean;
  /** It costs work to find the values, so that other tests come first. */
  readonly late: boolean;
}

/** A conjunction, made ready. Elements that a grammar names are told by their bits; those without one are asked for one by one. */
export interface Conjunction {
  /** Elements that must have values, and that must have none. */
  readonly needed: number;
  readonly barred: number;
  readonly others: readonly Check[];
  readonly checks: readonly Check[];
}

/** A disjunction of conjunctions, made ready. Empty, it holds. */
export type Checks = readonly Conjunction[];

function finds({ role, what, value }: CodeFinding, wanted: CodeRole): boolean {
  if (wanted === "starts") return role === "runs" && (what === "command" || what === "executable");
  return wanted === "brings" ? role === "runs" && isRemote(value) : role === wanted;
}

const hasAny = (parts: readonly string[], { lower }: Pick<View, "lower">): boolean => {
  for (const part of parts) if (lower.includes(part)) return true;
  return false;
};

function does({ language, roles }: NonNullable<Test["code"]>, text: string): boolean {
  const findings = readCode(language, text);
  const shows = (role: CodeRole) => findings.some((finding) => finds(finding, role));
  return roles.every((role) => {
    if (role === "hides") return hidden(language, text).length > 0;
    return shows(role) || (role === "obeys" && (shows("starts") || obeys(language, text)));
  });
}

/** Whether code that a code hides holds one of some parts. */
const hides = (parts: readonly string[], code: Test["code"], text: string): boolean =>
  code !== undefined && hidden(code.language, text).some((inner) => hasAny(parts, { lower: inner.toLowerCase() }));

/** Whether a value passes all parts of a test, cheap ones first. */
function fits({ is, not, has, ext, remote, kinds, code }: Check, value: Value, domain: string | undefined): boolean {
  const { text } = value;
  if (is && !is.fit(value) && (value.settled === value || !is.fit(value.settled))) return false;
  if (not?.fit(value.settled)) return false;
  const held = !has || hasAny(has, value) || (value.settled !== value && hasAny(has, value.settled));
  if (!held && !hides(has, code, text)) return false;
  if (ext && !ext.includes(classifyValue(text).extension)) return false;
  if (remote !== undefined && isRemote(text) !== remote) return false;
  if (kinds && !kinds.some((isOf) => isOf(text, domain))) return false;
  return !code || does(code, text);
}

/** What other commands of a text hand over is looked for where it is asked for. */
const LATE = new Set(["$piped", "$decoded", "$stdinFile"]);

function checkOf({ element, present, is, not, has, ext, remote, kind, code }: Test): Check {
  const isAlone = !(is || has || ext || kind || code) && remote === undefined;
  return {
    element,
    absent: present === false,
    any: isAlone && !not,
    is: is && new Patterns(is),
    not: not && new Patterns(not),
    has,
    ext,
    remote,
    kinds: kind?.flatMap((name) => VALUE_KINDS[name] ?? []),
    code,
    every: isAlone && not !== undefined,
    late: LATE.has(element),
  };
}

/** Bits that a number of V8 holds without more ado. */
const MAX_BITS = 30;

/** Gives each element of a grammar, up to a limit, the next bit. */
function bitOf({ element }: Check, bits: Map<string, number>): number {
  if (isAmbient(element)) return 0;
  const known = bits.get(element);
  if (known !== undefined || bits.size >= MAX_BITS) return known ?? 0;
  const bit = 1 << bits.size;
  bits.set(element, bit);
  return bit;
}

function conjunctionOf(tests: Condition, bits: Map<string, number>): Conjunction {
  const checks = tests.map(checkOf);
  let [needed, barred] = [0, 0];
  for (const check of checks)
    if (check.absent) barred |= bitOf(check, bits);
    else needed |= bitOf(check, bits);
  const others = checks.filter((check) => !check.late && bitOf(check, bits) === 0);
  return { needed, barred, others, checks };
}

/** Makes the conditions of a catalogue's entry ready. @param bits of the entry's elements, which new ones are added to */
export const checksOf = (conditions: readonly Condition[], bits: Map<string, number>): Checks =>
  conditions.length === 0 ? NO_CHECKS : conditions.map((tests) => conjunctionOf(tests, bits));

/** One for all: it is at hand. */
const NO_CHECKS: Checks = [];

/**
 * What each of some disjunctions asks of the bits, all side by side. Most are false by that alone, and a conjunction lies in a place of
 * memory of its own, which for most lines is none that the processor has at hand.
 */
export class Sieve {
  /** Two numbers for each conjunction: its needed bits and its barred ones. */
  readonly #masks: readonly number[];
  /** Where those of each disjunction begin, and where the last ones end. */
  readonly #starts: readonly number[];

  constructor(disjunctions: readonly Checks[]) {
    const masks: number[] = [];
    const starts = [0];
    for (const checks of disjunctions) {
      for (const { needed, barred } of checks) masks.push(needed, barred);
      if (checks.length === 0) masks.push(0, 0);
      starts.push(masks.length);
    }
    this.#masks = masks;
    this.#starts = starts;
  }

  /** Whether the disjunction may hold where these elements have values. */
  passes(index: number, present: number): boolean {
    const masks = this.#masks;
    const end = this.#starts[index + 1]!;
    for (let at = this.#starts[index]!; at < end; at += 2) {
      const needed = masks[at]!;
      if ((present & needed) === needed && (present & masks[at + 1]!) === 0) return true;
    }
    return false;
  }
}

const NONE: readonly Value[] = [];

/** Values of the element that pass; undefined where the test fails. */
function passing(check: Check, elements: Elements): readonly Value[] | undefined {
  const values = elements.get(check.element);
  const given = values !== undefined && values.length > 0;
  if (check.absent) return given ? undefined : NONE;
  if (!given) return undefined;
  if (check.any) return values;
  const { domain } = elements;
  if (values.length === 1) return fits(check, values[0]!, domain) ? values : undefined;
  const passed = values.filter((value) => fits(check, value, domain));
  return passed.length === 0 || (check.every && passed.length < values.length) ? undefined : passed;
}

/** Whether what the conjunction wants is there at all: most fail here. */
function isPossible({ needed, barred, others }: Conjunction, elements: Elements): boolean {
  const { present } = elements;
  if ((present & needed) !== needed || (present & barred) !== 0) return false;
  for (const { element, absent } of others) {
    const values = elements.get(element);
    if ((values !== undefined && values.length > 0) === absent) return false;
  }
  return true;
}

/** One more match. Of an element that is tested twice, values that passed both tests. */
function withMatch(matched: Matched | undefined, element: string, values: readonly Value[]): Matched {
  for (let one = matched; one; one = one.before)
    if (one.element === element) {
      one.values = one.values.filter((value) => values.includes(value));
      return matched as Matched;
    }
  return new Matched(element, values, matched);
}

/** Values by element that made the conjunction true; undefined where it is false. */
export function holds(conjunction: Conjunction, elements: Elements): Matched | undefined {
  if (!isPossible(conjunction, elements)) return undefined;
  let matched: Matched | undefined;
  for (const check of conjunction.checks) {
    const values = passing(check, elements);
    if (values === undefined) return undefined;
    matched = withMatch(matched, check.element, values);
  }
  return matched ?? UNCONDITIONAL;
}

const UNCONDITIONAL = new Matched("", [], undefined);

/** The first conjunction of a disjunction that holds. An empty disjunction holds. */
export function anyHolds(conditions: Checks, elements: Elements): Matched | undefined {
  if (conditions.length === 0) return UNCONDITIONAL;
  for (const conjunction of conditions) {
    const matched = holds(conjunction, elements);
    if (matched) return matched;
  }
  return undefined;
}
