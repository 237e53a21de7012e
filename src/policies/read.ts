import { type ErrorCode, WhatranError } from "../errors.ts";
import type { XmlElement } from "./languages/xml.ts";
import type { Operation, UnknownPart } from "./model.ts";

/** What is not understood of a rule, in words; its reader says what becomes of the rule and of what stands behind it. */
export class RuleError extends Error {}

/** An element or attribute that a reader does not know, with its place. */
export function unknownElement(element: XmlElement, on?: readonly Operation[]): UnknownPart {
  const { name, line, column } = element;
  return { what: `<${name}>`, line, column, ...(on && { on }) };
}

/** Attributes beside the known ones: each may change what a rule means. */
export function unknownAttributes(
  element: XmlElement,
  known: readonly string[],
  on?: readonly Operation[],
): UnknownPart[] {
  const names = [...element.attributes.keys()].filter(
    (name) => !known.includes(name) && !/^xmlns(?::|$)|^xsi:/.test(name),
  );
  const { line, column } = element;
  return names.map((name) => ({ what: `${name} of <${element.name}>`, line, column, ...(on && { on }) }));
}

/** Says that a policy cannot be read, and where. */
export function damaged({ line, column }: { readonly line: number; readonly column?: number }, message: string): never {
  const place = column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
  const code: ErrorCode = "policy/damaged";
  throw new WhatranError(code, `${place}: ${message}`);
}

/** Children of these names, in order. */
export function children(element: XmlElement | undefined, ...names: readonly string[]): readonly XmlElement[] {
  return element?.children.filter(({ name }) => names.includes(name)) ?? [];
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}
