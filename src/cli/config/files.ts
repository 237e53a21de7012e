import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { WhatranError } from "../../errors.ts";
import type { Io } from "../io.ts";

const NAME = "whatran.yaml";

/** The nearest whatran.yaml, from the working directory upwards. */
export function projectFile(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, NAME);
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

/** $XDG_CONFIG_HOME/whatran/config.yaml, or the same below ~/.config. */
export function userFile(io: Io): string | undefined {
  const base = io.env.XDG_CONFIG_HOME || join(io.env.HOME || homedir(), ".config");
  const file = join(base, "whatran", "config.yaml");
  return existsSync(file) ? file : undefined;
}

/** A configuration file as plain data; the YAML reader is loaded only where there is a file. */
export async function readConfig(file: string): Promise<unknown> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(readFileSync(file, "utf8"), { prettyErrors: true });
  const error = document.errors[0];
  if (error) throw new WhatranError("config", `${file}: ${error.message}`);
  return document.toJS({ maxAliasCount: 100 }) ?? {};
}
