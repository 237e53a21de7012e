import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { WhatranError } from "../errors.ts";
import { reasonOf } from "../model/reason.ts";
import type { Io } from "./io.ts";

/** What the system says of a file that a result was to go to. */
export function refusedOutput(file: string, error: unknown): WhatranError {
  const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
  return new WhatranError(
    "usage",
    isThere ? `${file} exists; --clobber overwrites it` : `${file} cannot be written: ${reasonOf(error)}`,
  );
}

/**
 * Says before the work what would keep a result from being written after it.
 * @param file absent: nothing is to be written
 * @param clobber an existing file may be overwritten
 * @throws WhatranError `usage`
 */
export function checkOutput(file: string | undefined, clobber: boolean, io: Io): void {
  if (file === undefined) return;
  const path = resolve(io.cwd, file);
  const exists = existsSync(path);
  if (exists && !clobber) throw refusedOutput(file, { code: "EEXIST" });
  try {
    accessSync(exists ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw refusedOutput(file, error);
  }
}

/**
 * Makes a folder with those above it. Node's own way tries for ever where a file system has no room for folders, such as /proc.
 * @throws what the system says
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.push(at);
  for (const one of missing.reverse()) mkdirSync(one);
}
