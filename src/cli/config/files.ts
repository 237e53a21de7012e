import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { WhatranError } from "../../errors.ts";
import { reasonOf } from "../../model/reason.ts";
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

/** A configuration file as plain data, and how to say what is wrong at a path of it. */
export interface ConfigFile {
  readonly data: Readonly<Record<string, unknown>>;
  /** @param isName the name at the end of the path is wrong, not what it stands for */
  fault(path: readonly string[], message: string, isName?: boolean): WhatranError;
}

/**
 * Reads a configuration file; the YAML reader is loaded only where there is one. One in which everything is commented out sets nothing.
 * @throws WhatranError `config` with the place of the first thing that is no map of keys
 */
export async function readConfig(file: string): Promise<ConfigFile> {
  const { Source, problemAt, told } = await import("../../catalog/problem.ts");
  const source = opened(file, Source.open);
  const [problem] = source.problems;
  if (problem && !source.isEmpty) throw new WhatranError("config", told(problem));
  return {
    data: source.data,
    fault: (path, message, isName) => new WhatranError("config", told(problemAt(source, path, message, isName))),
  };
}

function opened<T>(file: string, open: (file: string) => T): T {
  try {
    return open(file);
  } catch (error) {
    throw new WhatranError("config", `${file}: cannot be read: ${reasonOf(error)}`);
  }
}
