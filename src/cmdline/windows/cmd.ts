import type { Environment } from "../normal/environment.ts";
import { parseText } from "./cmdParser.ts";
import type { CmdScript } from "./cmdTypes.ts";

/**
 * Takes cmd.exe text apart: operators, groups, `if`, `for` with literal lists, redirections, carets, variables, and `set` on the
 * way. Conditions are not judged, both branches are listed, but for what a round of a loop compares. Never throws; at most 1000
 * commands, loops at most 200 rounds.
 * @param env Variables that are known besides those that are the same everywhere.
 */
export function parseCmd(text: string, env?: Environment): CmdScript {
  return parseText(text, env);
}
