import type { Command } from "commander";
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

/** Flags of every command that reads logs. */
export interface LogFlags {
  readonly inputFormat?: string | undefined;
  readonly mapping?: string | undefined;
  readonly catalog?: readonly string[] | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** How logs are read. */
export function logOptions(command: Command): Command {
  return command
    .option("--input-format <name>", "read every input as this format (see whatran formats)")
    .option("--mapping <file>", "what the columns of tables or the keys of JSON mean (docs/formats.md)")
    .option("--catalog <dir>", "add or override binaries from a folder; repeatable", collect);
}

/** What a terminal shows beside results. */
export function terminalOptions(command: Command): Command {
  return command
    .option("-q, --quiet", "results only: no progress, no diagnostics, no summary")
    .option("-K, --no-color", "do not colour");
}
