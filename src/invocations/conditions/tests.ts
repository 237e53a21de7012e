import type { CodeRole, Condition, Test } from "../../catalog/types.ts";
import { hidden, obeys, readCode, runsUnnamed } from "../../cmdline/code/code.ts";
import type { CodeFinding } from "../../cmdline/code/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { isRemote } from "../../cmdline/normal/remote.ts";
import type { View } from "../../cmdline/normal/view.ts";
import { bitOf, type Numbering } from "../../grammar/numbering.ts";
import type { Value } from "../../grammar/types.ts";
import { type Elements, numberOf } from "./elements.ts";
import { Patterns } from "./patterns.ts";
import { isAt, VALUE_KINDS } from "./value-kinds.ts";

/** Values that passed the test of one element, and those of the elements tested before it: a condition that is true has few. */
export class Matched {
  readonly element: number;
  values: readonly Value[];
  readonly before: Matched | undefined;

  constructor(element: number, values: readonly Value[], before: Matched | undefined) {
    this.element = element;
    this.values = values;
    this.before = before;
  }
}

/** The values of an element that made a condition true; undefined where it does not ask for the element. */
export function matchedOf(matched: Matched, element: number): readonly Value[] | undefined {
  for (let one: Matched | undefined = matched; one; one = one.before) if (one.element === element) return one.values;
  return undefined;
}

type Kind = (text: string, domain: string | undefined) => boolean;

/** A test of the catalogue made ready: the catalogue's own objects are of many shapes. */
interface Check {
  readonly element: number;
  readonly absent: boolean;
  /** Any value will do: nothing of what follows is asked. */
  readonly any: boolean;
  readonly is: Patterns | undefined;
  readonly not: Patterns | undefined;
  readonly has: readonly string[] | undefined;
  readonly ext: readonly string[] | undefined;
  readonly remote: boolean | undefined;
  readonly kinds: readonly Kind[] | undefined;
  readonly host: readonly string[] | undefined;
  readonly code: Test["code"];
  /** A `not` alone must hold for every value. */
  readonly every: boolean;
  /** It costs work to find the values, so that other tests come first. */
  readonly late: boolean;
  /** The next one of its conjunction: a list has two more places in memory to come from. */
  readonly next: Check | undefined;
}

/** A conjunction, made ready. Elements that a grammar names are told by their bits; those without one are asked for one by one. */
export interface Conjunction {
  /** Elements that must have values, and that must have none. */
  readonly needed: number;
  readonly barred: number;
  readonly others: readonly Check[];
  readonly first: Check | undefined;
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
    if (role === "unnamed") return runsUnnamed(language, text);
    return shows(role) || (role === "obeys" && (shows("starts") || obeys(language, text)));
  });
}

/** Whether code that a code hides holds one of some parts. */
const hides = (parts: readonly string[], code: Test["code"], text: string): boolean =>
  code !== undefined && hidden(code.language, text).some((inner) => hasAny(parts, { lower: inner.toLowerCase() }));

function isAnyOf(kinds: readonly Kind[], text: string, domain: string | undefined): boolean {
  for (const isOf of kinds) if (isOf(text, domain)) return true;
  return false;
}

/** Whether a value passes all parts of a test, cheap ones first. */
function fits(
  { is, not, has, ext, remote, kinds, host, code }: Check,
  value: Value,
  domain: string | undefined,
): boolean {
  const { text } = value;
  if (is && !is.fit(value) && (value.settled === value || !is.fit(value.settled))) return false;
  if (not?.fit(value.settled)) return false;
  const held = !has || hasAny(has, value) || (value.settled !== value && hasAny(has, value.settled));
  if (!held && !hides(has, code, text)) return false;
  if (ext && !ext.includes(classifyValue(text).extension)) return false;
  if (remote !== undefined && isRemote(text) !== remote) return false;
  if (kinds && !isAnyOf(kinds, text, domain)) return false;
  if (host && !isAt(host, text)) return false;
  return !code || does(code, text);
}

/** What other commands of a text hand over is looked for where it is asked for. */
const LATE = new Set(["$piped", "$decoded", "$stdinFile"]);

function checkOf(test: Test, numbering: Numbering, next: Check | undefined): Check {
  const { element, present, is, not, has, ext, remote, kind, host, code } = test;
  const isAlone = !(is || has || ext || kind || host || code) && remote === undefined;
  return {
    element: numberOf(element, numbering),
    absent: present === false,
    any: isAlone && !not,
    is: is && new Patterns(is),
    not: not && new Patterns(not),
    has,
    ext,
    remote,
    kinds: kind?.flatMap((name) => VALUE_KINDS[name] ?? []),
    host,
    code,
    every: isAlone && not !== undefined,
    late: LATE.has(element),
    next,
  };
}

function conjunctionOf(tests: Condition, numbering: Numbering): Conjunction {
  const checks: Check[] = [];
  for (const test of tests.toReversed()) checks.unshift(checkOf(test, numbering, checks[0]));
  let [needed, barred] = [0, 0];
  for (const { element, absent } of checks)
    if (absent) barred |= bitOf(element);
    else needed |= bitOf(element);
  const others = checks.filter(({ late, element }) => !late && bitOf(element) === 0);
  return { needed, barred, others: others.length === 0 ? NO_OTHERS : others, first: checks[0] };
}

/** Makes the conditions of a catalogue's entry ready. @param numbering of the entry's elements, which new ones are added to */
export const checksOf = (conditions: readonly Condition[], numbering: Numbering): Checks =>
  conditions.length === 0 ? NO_CHECKS : conditions.map((tests) => conjunctionOf(tests, numbering));

/** One for all: it is at hand. */
const NO_CHECKS: Checks = [];
const NO_OTHERS: readonly Check[] = [];
/** Of a disjunction that is empty. */
const ALWAYS: Conjunction = { needed: 0, barred: 0, others: NO_OTHERS, first: undefined };

/** Numbers of a sieve for each conjunction. */
const STEP = 4;

/**
 * What each of some disjunctions asks of the bits, all side by side. Most are false by that alone, and a conjunction lies in a place of
 * memory of its own, which for most lines is none that the processor has at hand.
 */
export class Sieve {
  /** Of each conjunction its needed bits, its barred ones, the index of its disjunction, and the place behind the last of that. */
  readonly #masks: readonly number[];
  readonly #conjunctions: readonly Conjunction[];

  constructor(disjunctions: readonly Checks[]) {
    const all = disjunctions.map((checks) => (checks.length === 0 ? [ALWAYS] : checks));
    this.#conjunctions = all.flat();
    const masks: number[] = [];
    for (const [index, checks] of all.entries()) {
      const end = masks.length + checks.length * STEP;
      for (const { needed, barred } of checks) masks.push(needed, barred, index, end);
    }
    this.#masks = masks;
  }

  /** The place, from `at` on, of a conjunction that may hold where these elements have values; -1 where there is none. */
  next(at: number, present: number): number {
    const masks = this.#masks;
    for (let place = at; place < masks.length; place += STEP) {
      const needed = masks[place]!;
      if ((present & needed) === needed && (present & masks[place + 1]!) === 0) return place;
    }
    return -1;
  }

  /** The index of the disjunction of which the conjunction is at a place. */
  disjunctionAt(place: number): number {
    return this.#masks[place + 2]!;
  }

  /** Values by element that make the conjunction at a place true, whose bits are as it wants them; undefined where it is false. */
  holdsAt(place: number, elements: Elements): Matched | undefined {
    return holdsBesides(this.#conjunctions[place / STEP]!, elements);
  }

  /** Where to go on behind the conjunction at a place: with the next disjunction where it holds. */
  behind(place: number, holds: boolean): number {
    return holds ? this.#masks[place + 3]! : place + STEP;
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
  const passed: Value[] = [];
  for (const value of values) if (fits(check, value, domain)) passed.push(value);
  return passed.length === 0 || (check.every && passed.length < values.length) ? undefined : passed;
}

/** Whether elements without a bit are there as the conjunction wants them: most fail by the bits. */
function isPossible({ others }: Conjunction, elements: Elements): boolean {
  for (const { element, absent } of others) {
    const values = elements.get(element);
    if ((values !== undefined && values.length > 0) === absent) return false;
  }
  return true;
}

const inBoth = (values: readonly Value[], others: readonly Value[]): readonly Value[] =>
  values.filter((value) => others.includes(value));

/** One more match. Of an element that is tested twice, values that passed both tests. */
function withMatch(matched: Matched | undefined, element: number, values: readonly Value[]): Matched {
  for (let one = matched; one; one = one.before)
    if (one.element === element) {
      one.values = inBoth(one.values, values);
      return matched as Matched;
    }
  return new Matched(element, values, matched);
}

/** Values by element that made the conjunction true; undefined where it is false. */
export function holds(conjunction: Conjunction, elements: Elements): Matched | undefined {
  const { needed, barred } = conjunction;
  const { present } = elements;
  if ((present & needed) !== needed || (present & barred) !== 0) return undefined;
  return holdsBesides(conjunction, elements);
}

/** The same where its bits are as it wants them. */
function holdsBesides(conjunction: Conjunction, elements: Elements): Matched | undefined {
  if (!isPossible(conjunction, elements)) return undefined;
  let matched: Matched | undefined;
  for (let check = conjunction.first; check; check = check.next) {
    const values = passing(check, elements);
    if (values === undefined) return undefined;
    matched = withMatch(matched, check.element, values);
  }
  return matched ?? UNCONDITIONAL;
}

/** The number of no element, small as all others are. */
const NO_ELEMENT = 1 << 29;

const UNCONDITIONAL = new Matched(NO_ELEMENT, [], undefined);

/** The first conjunction of a disjunction that holds. An empty disjunction holds. */
export function anyHolds(conditions: Checks, elements: Elements): Matched | undefined {
  if (conditions.length === 0) return UNCONDITIONAL;
  for (const conjunction of conditions) {
    const matched = holds(conjunction, elements);
    if (matched) return matched;
  }
  return undefined;
}
