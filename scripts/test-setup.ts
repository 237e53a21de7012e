import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
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
  temporary = mkdtempSync(join(tmpdir(), "whatran-tests-"));
  // As the system's own: some tests read as somebody else.
  chmodSync(temporary, 0o1777);
  process.env.TMPDIR = temporary;
}

let temporary: string | undefined;

/** Whatever tests left in the folder for temporary files goes with it; a test that leaves nothing need not care. */
export function teardown(): void {
  if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
}
