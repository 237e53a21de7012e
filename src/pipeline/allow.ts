import { readFileSync } from "node:fs";
import type { Catalog } from "../catalog/catalog.ts";
import { AllowList } from "../correlate/allow/list.ts";
import { WhatranError } from "../errors.ts";
import { reasonOf } from "../model/reason.ts";

function textOf(name: string): { name: string; text: string } {
  try {
    return { name, text: readFileSync(name, "utf8") };
  } catch (error) {
    throw new WhatranError("allow/missing", `the allow-list ${name} cannot be opened: ${reasonOf(error)}`);
  }
}

/**
 * The allow-lists of a run as one; undefined where there are none.
 * @throws WhatranError `allow/missing` or `allow/refused`
 */
export async function loadAllowList(
  files: readonly string[] | undefined,
  catalog: Catalog,
): Promise<AllowList | undefined> {
  if (!files || files.length === 0) return undefined;
  // The reader brings a YAML parser along, which a run without allow-lists need not load.
  const { readAllowFiles } = await import("../correlate/allow/read.ts");
  return new AllowList(readAllowFiles(files.map(textOf), catalog), Date.now());
}
