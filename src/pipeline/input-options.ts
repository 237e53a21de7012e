import type { Understander } from "../events/registry.ts";
import { type FormatChoice, formatsNamed } from "./formats-named.ts";
import type { InputOptions } from "./inputs/options.ts";

/** Records between two reports of progress. */
export const PROGRESS_EVERY = 4096;

/**
 * How inputs are read for whoever understands their records: with the formats that an operator leaves to choose from, and without what
 * is not wanted.
 * @throws WhatranError `usage` for a name that no format has
 */
export function inputOptions(
  understander: Pick<Understander, "wants">,
  { signal, stdin, ...choice }: FormatChoice & Pick<InputOptions, "signal" | "stdin">,
): InputOptions {
  const formats = formatsNamed(choice);
  return {
    wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape),
    ...(formats && { formats }),
    ...(signal && { signal }),
    ...(stdin && { stdin }),
  };
}
