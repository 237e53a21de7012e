import { WhatranError } from "../errors.ts";
import { didYouMean } from "../model/nearest.ts";

/** For options that may be given more than once. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** Only what was typed is a flag: commander sets the positive form of a `--no-…` option by itself. */
export function given<T extends Record<string, unknown>>(flags: T): T {
  return Object.fromEntries(Object.entries(flags).filter(([name, value]) => name !== "color" || value === false)) as T;
}

/** @throws WhatranError `usage` where a flag that takes one of a few words was given another */
export function checkChoice(flag: string, value: string | undefined, names: readonly string[]): void {
  if (value !== undefined && !names.includes(value))
    throw new WhatranError("usage", `${flag} must be ${either(names)}${didYouMean(value, names)}`);
}

/** Values to choose from: `a, b or c`. */
export function either(values: readonly string[]): string {
  return [values.slice(0, -1).join(", "), values.at(-1) ?? ""].filter((part) => part !== "").join(" or ");
}
