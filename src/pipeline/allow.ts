import type { Catalog } from "../catalog/catalog.ts";
import type { Source } from "../catalog/problem.ts";
import { AllowList } from "../correlate/allow/list.ts";
import { WhatranError } from "../errors.ts";
import { reasonOf } from "../model/reason.ts";

function opened(name: string, open: (file: string) => Source): Source {
  try {
    return open(name);
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
  const { Source } = await import("../catalog/problem.ts");
  const sources = files.map((file) => opened(file, Source.open));
  return new AllowList(readAllowFiles(sources, catalog), Date.now());
}
