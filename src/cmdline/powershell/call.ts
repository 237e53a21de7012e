import { writes } from "./acts.ts";
import type { BoundArguments } from "./binding.ts";
import type { Session } from "./session.ts";
import { itemsOf, type Value } from "./values.ts";

/** What a cmdlet is called with. */
export interface Call {
  readonly bound: BoundArguments;
  /** What the pipe brings; undefined at its start. */
  readonly input: Value | undefined;
  readonly session: Session;
  readonly depth: number;
}

/** The first of these parameters that is given, else what the pipe brings. */
export function first({ bound, input }: Call, ...names: readonly string[]): Value | undefined {
  for (const name of names) {
    const value = bound.get(name);
    if (value) return value;
  }
  return input;
}

/** Files that are written, as `writes` has it. */
export function writesTo(session: Session, value: Value | undefined, content?: Value, made = false): void {
  for (const path of value ? itemsOf(value) : []) writes(session, path, content, made);
}
