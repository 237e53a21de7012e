import { Draft } from "../draft.ts";
import type { State } from "../state.ts";
import type { Dialect, SimpleCommand } from "./dialects.ts";

/** The shells that carry out a text for a program that hands it on, or for somebody who typed it. */
const SHELLS = { cmd: "cmd.exe", sh: "sh" } as const;

/** Adds the shell that a text needs and nothing names, as an invocation of its own. Returns its index. */
export function implyShell(
  dialect: keyof typeof SHELLS,
  text: string,
  state: State,
  depth: number,
  parent?: number,
): number {
  const name = SHELLS[dialect];
  const entry = state.catalog.byName(name, state.platform);
  const binary = {
    name: entry?.name ?? name,
    renamed: false,
    platform: state.platform,
    ...(entry && { entry: entry.id }),
  };
  const draft = new Draft(binary, entry, depth, text.trim().slice(0, 8192));
  if (parent !== undefined) draft.parent = parent;
  state.add(draft);
  return state.invocations.length - 1;
}

/** Whether a program that is no shell hands on a text of which only a shell can make what it says: more commands, files, connections. */
export function needsOwnShell(
  dialect: Dialect,
  commands: readonly SimpleCommand[],
  around: Draft | undefined,
): dialect is keyof typeof SHELLS {
  if (dialect === "plain" || around?.entry === undefined || around.entry.category === "shell") return false;
  return commands.length > 1 || commands.some(({ redirects }) => redirects.length > 0);
}
