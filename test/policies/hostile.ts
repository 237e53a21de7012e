import fc from "fast-check";
import type { Policy, Rule } from "../../src/policies/model.ts";
import { sniffTarget, targetOf } from "../../src/policies/registry.ts";

/** Pieces that end a string, a comment, a tag or a command in some language. */
const PIECES = [
  ..."'\"`$%!^&|<>;,=:#*?()[]{}\\/~@ \n\r\t\0\u0085\u2018\u2019\u201c\u2028\u202e".split(""),
  ..."]]> --> <!-- ]]] '' $(calc) %PATH% !x! ^& \r\n[HKLM] &amp; &#x0; \\\" */ rem \u0000 \ud800 \udfff 😀 é".split(
    " ",
  ),
  ..."mshta.exe a.dll C:\\Users\\x %OSDRIVE%\\x .\\a usr bin/tool include @{x} |2f| -k -F $HOME_NET CNAME . .. ALL".split(
    " ",
  ),
];

/** Names as whoever is watched may choose them. */
export const hostile = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(""));

export const policyOf = (target: string, rules: readonly Rule[], more: Partial<Policy> = {}): Policy => ({
  target,
  name: "test",
  mode: "enforce",
  rules,
  unknown: [],
  ...more,
});

/** What the target's reader makes of the file that its writer wrote. */
export function readBack(policy: Policy, name: string): Policy {
  const file = targetOf(policy.target)
    .write(policy)
    .find((one) => one.name === name);
  if (!file) throw new Error(`${name} was not written`);
  const sniffed = sniffTarget(file.text, file.name)?.id;
  if (sniffed !== policy.target) throw new Error(`${name} is taken for ${sniffed}`);
  return targetOf(policy.target).read(file.text, file.name);
}

/** Rules that a target does not refuse. */
export const writable = (target: string, rules: readonly Rule[]): readonly Rule[] =>
  rules.filter((rule) => targetOf(target).refuses(rule) === undefined);

/** What a language cannot say is replaced: by that measure what was read must be what was written. */
export const NO_XML =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
export const NO_LINE = /[\0-\x1f\x7f\x85\u2028\u2029]/g;
export const said = (text: string, lost: RegExp) => text.replace(lost, "\ufffd");

export function mapped<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (Array.isArray(value)) return value.map((one) => mapped(one, change)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, change)])) as T;
}

/** A rule without what a product does not keep. */
export const meaning = ({ id: _, measure: __, ...rest }: Rule) => rest;
