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

/**
 * A configuration file as plain data; the YAML reader is loaded only where there is a file.
 * @throws WhatranError `config` with the place of the first thing that is no map of keys
 */
export async function readConfig(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { Source, told } = await import("../../catalog/problem.ts");
  const { data, document, problems } = new Source(file, readFileSync(file, "utf8"));
  const [problem] = problems;
  // A file in which everything is commented out sets nothing.
  if (!problem || (document.contents === null && document.errors.length === 0)) return data;
  throw new WhatranError("config", told(problem));
}
