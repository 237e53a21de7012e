import type { Behaviour, CatalogEntry, NormalUse } from "../catalog/types.ts";
import type { Platform } from "../model/event.ts";
import type { BehaviourMatch, Invocation } from "../model/invocation.ts";
import type { Level } from "../model/level.ts";

/** A command line to resolve, with whatever is known around it. */
export interface Request {
  readonly commandLine?: string;
  /** argv itself, program first, where the log has it. */
  readonly args?: readonly string[];
  /** Path of the program's file. */
  readonly image?: string;
  readonly originalFileName?: string;
  /** Id of the catalogue's entry that the file is by its hash, where the past tells. */
  readonly knownAs?: string;
  readonly platform?: Platform;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Image of the parent process. */
  readonly parent?: string;
  /** Domain of the machine, where the log calls it by its full name: servers in it belong to the site. */
  readonly domain?: string;
  /** `typed` in a shell, or `logged` after the shell has done its work. */
  readonly as?: "typed" | "logged";
}

/** A behaviour that an invocation shows, with the catalogue's knowledge of it. */
export interface ResolvedBehaviour extends BehaviourMatch {
  readonly behaviour: Behaviour;
  /** A level that it never falls below here. */
  readonly floor?: Level;
}

export interface ResolvedInvocation extends Invocation {
  readonly entry: CatalogEntry | undefined;
  readonly behaviours: readonly ResolvedBehaviour[];
  /** Normal uses whose own condition holds for these arguments. */
  readonly normal: readonly NormalUse[];
  /** How many arguments it was given. */
  readonly arguments: number;
  readonly depth: number;
  /** Whether it takes what it does from its prompt or its standard input, too. */
  readonly awaits: boolean;
}

export interface Resolution {
  readonly request: Request;
  readonly platform: Platform;
  readonly invocations: readonly ResolvedInvocation[];
  /** Whether the line has come before, so that what is found out of it is worth keeping. */
  readonly isKnown?: boolean;
}
