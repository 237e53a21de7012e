import { statSync } from "node:fs";
import { join } from "node:path";
import { buildCatalog, catalogIsFresh, youngest } from "./catalog.ts";
import { DIST, ROOT } from "./dist.ts";
import { buildReport } from "./report.ts";

function reportIsFresh(): boolean {
  const made = statSync(join(DIST, "report.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return made > youngest(join(ROOT, "console")) && made > youngest(join(ROOT, "src/outputs"));
}

/** Tests run against the catalogue and the report page as they are in the work tree. */
export async function setup(): Promise<void> {
  if (!catalogIsFresh()) for (const problem of buildCatalog()) console.error(problem);
  if (!reportIsFresh()) await buildReport();
}
