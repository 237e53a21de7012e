import type { Limits } from "./syntax/scan.ts";
import type { Node } from "./syntax/tree.ts";
import { MAX_EXPANSION, type ShellInput, type ShellRedirect } from "./types.ts";

export type Value = string | readonly string[];

/** A command while it is being filled in. */
export interface Draft {
  argv: string[];
  assignments: Record<string, string>;
  redirects: ShellRedirect[];
  stdin?: ShellInput;
  op: string;
  depth: number;
  parent?: number;
  outputs?: number[];
  raw: string;
  literal: boolean;
  /** Commands that it contains print for it: it calls a function, or evaluates text. */
  contains?: boolean;
}

export interface ShellFunction {
  readonly body: Node;
  /** Length of the source text: what a call costs. */
  readonly size: number;
  called: boolean;
  /** True while its body is walked. */
  active: boolean;
}

/** What the shell knows while the commands are walked in order. */
export interface State {
  /** A name that is here without a value was set to something unknown. */
  readonly vars: Map<string, Value | undefined>;
  positional: readonly string[] | undefined;
  readonly functions: Map<string, ShellFunction>;
  readonly drafts: Draft[];
  /** Variables that hold the output of commands, by their indices. */
  readonly origins: Map<string, readonly number[]>;
  /** Descriptors that are open to be read, but for the standard ones. */
  readonly descriptors: Map<number, ShellInput>;
  /** What is printed by the commands that stand in place of a file, by how they are written. */
  readonly files: Map<string, string>;
  /** Known texts of files that the commands have written, by how they are called. */
  readonly written: Map<string, string>;
  /** Known texts that go to whoever reads the commands that are being walked. */
  readonly printed: string[];
  /** How far `read` has come in inputs that several commands share. */
  readonly taken: Map<ShellInput, number>;
  readonly limits: Limits;
  /** How many names of temporary files were made. */
  temporary: number;
  /** Characters that expansions may still make. */
  budget: number;
}

export function newState(env: Readonly<Record<string, string>>): State {
  const vars = new Map<string, Value | undefined>([["IFS", " \t\n"], ...Object.entries(env)]);
  const positional: string[] = [];
  while (vars.has(`${positional.length + 1}`)) positional.push(String(vars.get(`${positional.length + 1}`)));
  return {
    vars,
    positional: positional.length > 0 ? positional : undefined,
    functions: new Map(),
    drafts: [],
    origins: new Map(),
    descriptors: new Map(),
    files: new Map(),
    written: new Map(),
    printed: [],
    taken: new Map(),
    limits: { commands: 0 },
    temporary: 0,
    budget: MAX_EXPANSION,
  };
}

/** Takes `size` characters from the budget; false, and noted, where that is too much. */
export function charge(state: State, size: number): boolean {
  if (size > state.budget) {
    state.limits.cut ??= "expansion";
    return false;
  }
  state.budget -= size;
  return true;
}
