import type { Condition, Test } from "../catalog/types.ts";
import { readCode } from "../cmdline/code/code.ts";
import type { CodeFinding } from "../cmdline/code/types.ts";
import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import { normalClsid } from "../cmdline/normal/clsid.ts";
import { identity, isInline } from "../cmdline/normal/identity.ts";
import { isSiteAddress, isSiteShare, reachOf } from "../cmdline/normal/reach.ts";
import { isRemote } from "../cmdline/normal/remote.ts";
import { splitProgram } from "../cmdline/windows/program.ts";
import type { Value } from "../grammar/types.ts";
import { matchesAny } from "./glob.ts";

/** Where tests find the values of an element. */
export type Elements = (element: string) => readonly Value[] | undefined;

/** An address or a share inside a text; a doubled backslash within a path begins no share. */
const ADDRESS = /(?:https?:|(?<![\w:.)\\])\\\\)[^\s"]*/i;

/** Kinds of value that a test may ask for. */
const KINDS: Readonly<Record<string, (text: string, domain: string | undefined) => boolean>> = {
  url: (text) => classifyValue(text).where === "web",
  share: (text) => classifyValue(text).where === "share",
  external: (text, domain) => reachOf(ADDRESS.exec(text)?.[0] ?? "", domain) === "external",
  site: (text, domain) =>
    (classifyValue(text).where === "share" && isSiteShare(text, domain)) || isSiteAddress(text, domain),
  guid: (text) => normalClsid(text) !== undefined,
  registry: (text) => classifyValue(text).where === "registry",
  number: (text) => /^[+-]?\d+$/.test(text),
  inline: isInline,
  path: (text) => /[\\/]/.test(text),
  relative: (text) => !/^(?:[a-z]:|[\\/]|\w{2,}:)/i.test(text),
  stream: (text) => classifyValue(text).stream !== "",
  streamed: (text) => classifyValue(splitProgram(text).program.value).stream !== "",
  empty: (text) => text === "",
  file: (text) => !/^[-/]/.test(text) && !isInline(text) && /[^\s]/.test(text),
};

const does = ({ role, what }: CodeFinding, wanted: string): boolean =>
  wanted === "starts" ? role === "runs" && (what === "command" || what === "executable") : role === wanted;

/** A path or an address in the form in which it is compared: written otherwise it is the same place. Other text as it is. */
const settled = (text: string): string =>
  /^(?:[a-z]:)?[\\/]|^https?:[\\/]|::\$data$/i.test(text) && !text.includes("*") ? identity(text) : text;

const contains = (parts: readonly string[], text: string): boolean => {
  const lower = text.toLowerCase();
  return parts.some((part) => lower.includes(part));
};

function valueFits(test: Test, text: string, domain: string | undefined): boolean {
  if (test.is && !matchesAny(test.is, text) && !matchesAny(test.is, settled(text))) return false;
  if (test.not && matchesAny(test.not, settled(text))) return false;
  if (test.has && !contains(test.has, text) && !contains(test.has, settled(text))) return false;
  if (test.code) {
    const { language, roles } = test.code;
    const findings = readCode(language, text);
    if (!roles.every((role) => findings.some((finding) => does(finding, role)))) return false;
  }
  if (test.ext && !test.ext.includes(classifyValue(text).extension)) return false;
  if (test.remote !== undefined && isRemote(text) !== test.remote) return false;
  return !test.kind || test.kind.some((kind) => KINDS[kind]?.(text, domain) ?? false);
}

/** Values of the element that pass; undefined where the test fails. A `not` alone must hold for every value. */
function passing(test: Test, elements: Elements): readonly Value[] | undefined {
  const values = elements(test.element);
  if (test.present === false) return values === undefined || values.length === 0 ? [] : undefined;
  if (values === undefined || values.length === 0) return undefined;
  const domain = test.kind && elements("$domain")?.[0]?.text;
  const passed = values.filter((value) => valueFits(test, value.text, domain));
  if (passed.length === 0) return undefined;
  return onlyNot(test) && passed.length < values.length ? undefined : passed;
}

const onlyNot = (test: Test) =>
  test.not !== undefined && !test.is && !test.has && !test.code && !test.ext && !test.kind && test.remote === undefined;

/** Values by element that made the condition true; undefined where it is false. */
export function holds(condition: Condition, elements: Elements): Map<string, readonly Value[]> | undefined {
  const matched = new Map<string, readonly Value[]>();
  for (const test of condition) {
    const values = passing(test, elements);
    if (values === undefined) return undefined;
    const before = matched.get(test.element);
    matched.set(test.element, before ? before.filter((value) => values.includes(value)) : values);
  }
  return matched;
}

/** The first condition of a disjunction that holds. An empty disjunction holds. */
export function anyHolds(
  conditions: readonly Condition[],
  elements: Elements,
): Map<string, readonly Value[]> | undefined {
  if (conditions.length === 0) return new Map();
  for (const condition of conditions) {
    const matched = holds(condition, elements);
    if (matched) return matched;
  }
  return undefined;
}
