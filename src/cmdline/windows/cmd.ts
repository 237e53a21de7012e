import type { Obfuscation } from "../../model/invocation.ts";
import type { Environment } from "../normal/environment.ts";
import { parseText } from "./cmdParser.ts";

export { type CmdOptions, cmdOptions } from "./cmdOptions.ts";
export { parseStart, type StartLine } from "./start.ts";

export type CmdOperator = "" | "&" | "&&" | "||" | "|";

export interface Redirect {
  readonly fd: number;
  readonly op: ">" | ">>" | "<" | ">&";
  readonly target: string;
}

/** One simple command, ready to be resolved as a line typed at the prompt. */
export interface CmdCommand {
  /** After carets, variables and loops; redirections taken out. */
  readonly text: string;
  /** As it stood in the text, the usual variables replaced. */
  readonly raw: string;
  /** What stands between this command and the one before. */
  readonly op: CmdOperator;
  readonly redirects: readonly Redirect[];
  /** How many parentheses, loops and conditions it stands in. */
  readonly depth: number;
  readonly obfuscation: readonly Obfuscation[];
}

/**
 * Takes cmd.exe text apart: operators, groups, `if`, `for` with literal lists, redirections, carets, variables, and `set` on the
 * way. Conditions are not judged: both branches are listed. Never throws; at most 1000 commands, loops at most 64 rounds.
 * @param env Variables that are known besides those that are the same everywhere.
 */
export function parseCmd(text: string, env?: Environment): CmdCommand[] {
  return parseText(text, env);
}
