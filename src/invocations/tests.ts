import type { Condition, Test } from "../catalog/types.ts";
import { readCode } from "../cmdline/code/code.ts";
import type { CodeFinding } from "../cmdline/code/types.ts";
import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import { isRemote } from "../cmdline/normal/remote.ts";
import type { View } from "../cmdline/normal/view.ts";
import type { Value } from "../grammar/types.ts";
import { anyOf } from "./patterns.ts";
import { VALUE_KINDS } from "./valueKinds.ts";

/** Where tests find the values of an element. */
export type Elements = (element: string) => readonly Value[] | undefined;

/** Values by element that made a condition true. */
export class Matched {
  readonly values: (readonly Value[])[] = [];
  readonly #elements: string[] = [];

  get(element: string): readonly Value[] | undefined {
    const at = this.#elements.indexOf(element);
    return at < 0 ? undefined : this.values[at];
  }

  /** Of an element that is tested twice, values that passed both tests. */
  add(element: string, values: readonly Value[]): void {
    const at = this.#elements.indexOf(element);
    if (at < 0) {
      this.#elements.push(element);
      this.values.push(values);
    } else this.values[at] = this.values[at]?.filter((value) => values.includes(value)) ?? values;
  }
}

type Fits = (view: View, domain: string | undefined) => boolean;

/** A test of the catalogue made ready: the catalogue's own objects are of many shapes, and most tests ask for one thing. */
interface Check {
  readonly element: string;
  readonly absent: boolean;
  /** What a value has to fulfil: all of them. Empty where any value will do. */
  readonly fits: readonly Fits[];
  /** A `not` alone must hold for every value. */
  readonly every: boolean;
  /** It costs work to find the values, so that other tests come first. */
  readonly late: boolean;
}

/** A disjunction of conjunctions, made ready. Empty, it holds. */
export type Checks = readonly (readonly Check[])[];

const does = ({ role, what }: CodeFinding, wanted: string): boolean =>
  wanted === "starts" ? role === "runs" && (what === "command" || what === "executable") : role === wanted;

const has = (parts: readonly string[], { lower }: View): boolean => {
  for (const part of parts) if (lower.includes(part)) return true;
  return false;
};

/** What other commands of a text hand over is looked for where it is asked for. */
const LATE = new Set(["$piped", "$decoded", "$stdinFile"]);

/** The parts of a test, cheap ones first. */
function fitsOf({ is, not, has: parts, ext, remote, kind, code }: Test): readonly Fits[] {
  const fits: Fits[] = [];
  if (is) {
    const fitting = anyOf(is);
    fits.push((view) => fitting(view) || (view.settled !== view && fitting(view.settled)));
  }
  if (not) {
    const fitting = anyOf(not);
    fits.push((view) => !fitting(view.settled));
  }
  if (parts) fits.push((view) => has(parts, view) || (view.settled !== view && has(parts, view.settled)));
  if (ext) fits.push(({ text }) => ext.includes(classifyValue(text).extension));
  if (remote !== undefined) fits.push(({ text }) => isRemote(text) === remote);
  if (kind) {
    const kinds = kind.flatMap((name) => VALUE_KINDS[name] ?? []);
    fits.push(({ text }, domain) => kinds.some((is) => is(text, domain)));
  }
  if (code) {
    const { language, roles } = code;
    fits.push(({ text }) => {
      const findings = readCode(language, text);
      return roles.every((role) => findings.some((finding) => does(finding, role)));
    });
  }
  return fits;
}

function checkOf(test: Test): Check {
  const fits = fitsOf(test);
  return {
    element: test.element,
    absent: test.present === false,
    fits,
    every: test.not !== undefined && fits.length === 1,
    late: LATE.has(test.element),
  };
}

/** Makes the conditions of a catalogue's entry ready. */
export const checksOf = (conditions: readonly Condition[]): Checks => conditions.map((tests) => tests.map(checkOf));

const NONE: readonly Value[] = [];

function fitsAll({ fits }: Check, value: Value, domain: string | undefined): boolean {
  for (const one of fits) if (!one(value, domain)) return false;
  return true;
}

/** Values of the element that pass; undefined where the test fails. */
function passing(check: Check, elements: Elements): readonly Value[] | undefined {
  const values = elements(check.element);
  const given = values !== undefined && values.length > 0;
  if (check.absent) return given ? undefined : NONE;
  if (!given) return undefined;
  if (check.fits.length === 0) return values;
  const domain = elements("$domain")?.[0]?.text;
  if (values.length === 1) return fitsAll(check, values[0]!, domain) ? values : undefined;
  const passed = values.filter((value) => fitsAll(check, value, domain));
  return passed.length === 0 || (check.every && passed.length < values.length) ? undefined : passed;
}

/** Whether what the condition wants is there at all: most conditions fail here. */
function isPossible(condition: readonly Check[], elements: Elements): boolean {
  for (const { element, absent, late } of condition) {
    if (late) continue;
    const values = elements(element);
    if ((values !== undefined && values.length > 0) === absent) return false;
  }
  return true;
}

/** Values by element that made the condition true; undefined where it is false. */
export function holds(condition: readonly Check[], elements: Elements): Matched | undefined {
  if (!isPossible(condition, elements)) return undefined;
  let matched: Matched | undefined;
  for (const check of condition) {
    const values = passing(check, elements);
    if (values === undefined) return undefined;
    matched ??= new Matched();
    matched.add(check.element, values);
  }
  return matched ?? UNCONDITIONAL;
}

const UNCONDITIONAL = new Matched();

/** The first condition of a disjunction that holds. An empty disjunction holds. */
export function anyHolds(conditions: Checks, elements: Elements): Matched | undefined {
  if (conditions.length === 0) return UNCONDITIONAL;
  for (const condition of conditions) {
    const matched = holds(condition, elements);
    if (matched) return matched;
  }
  return undefined;
}
