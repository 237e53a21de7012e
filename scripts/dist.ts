import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The project, seen from scripts/ as well as from what is bundled into dist/. */
export const ROOT = join(import.meta.dirname, "..");
export const DIST = join(ROOT, "dist");

/** Writes a file at once: whoever reads it meanwhile sees the old one or the new one. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, content, { mode });
  renameSync(temporary, path);
}
