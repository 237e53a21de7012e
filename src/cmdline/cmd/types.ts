import type { Obfuscation } from "../../model/invocation.ts";

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

/** Which limit of the reader was met: length, number of commands, nesting, or what loops make of the text. */
export type CmdLimit = "text" | "commands" | "depth" | "loops";

/** All commands of a text in order. */
export type CmdScript = readonly CmdCommand[] & { readonly cut?: CmdLimit };
