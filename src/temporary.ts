import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const open = new Set<string>();

/** A folder for what does not fit into memory. Who is done removes it; where the process is ended before, its end does. */
export function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  if (open.size === 0) process.on("exit", removeAll);
  open.add(folder);
  return folder;
}

export function removeTemporary(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  open.delete(folder);
  if (open.size === 0) process.off("exit", removeAll);
}

function removeAll(): void {
  for (const folder of open) rmSync(folder, { recursive: true, force: true });
}
