import { WhatranError } from "../errors.ts";
import type { Format } from "../formats/format.ts";
import type { Mapping } from "../formats/mapping.ts";
import { formatsWith } from "../formats/registry.ts";
import { didYouMean } from "../model/nearest.ts";

/** Which formats an operator lets us choose from. */
export interface FormatChoice {
  /** Name of the format that every input is in; told from the content where absent. */
  readonly inputFormat?: string;
  /** What the columns of tables and the keys of JSON mean; goes before the shapes that are known. */
  readonly mapping?: Mapping;
}

/**
 * The formats to choose from; undefined for all of them as they are.
 * @throws WhatranError `usage` for a name that no format has
 */
export function formatsNamed({ inputFormat: name, mapping }: FormatChoice): readonly Format[] | undefined {
  if (name === undefined) return mapping && formatsWith(mapping);
  const all = formatsWith(mapping);
  const formats = all.filter((format) => format.name === name);
  if (formats.length === 0) {
    const names = all.map((format) => format.name);
    throw new WhatranError(
      "usage",
      `“${name}” is no input format${didYouMean(name, names) || "; see whatran formats"}`,
    );
  }
  return formats;
}
