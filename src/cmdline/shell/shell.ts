import { newState } from "./state.ts";
import { parseTree } from "./syntax/parser.ts";
import type { ShellOptions, ShellScript } from "./types.ts";
import { walk } from "./walk.ts";

/**
 * Reads text as a POSIX shell or bash would, without running anything: every simple command with its expanded words, its
 * redirections and, where it follows from the text alone, its standard input. Never throws; time is linear in the text.
 */
export function parseShell(text: string, options: ShellOptions = {}): ShellScript {
  const state = newState(options.env ?? {});
  const tree = parseTree(text, state.limits);
  walk(tree, state, { op: "", depth: 0, redirects: [] });
  for (const each of [...state.functions.values()]) {
    if (!each.called) walk(each.body, state, { op: "function", depth: 1, redirects: [] });
  }
  const { files } = state;
  const { cut } = state.limits;
  return Object.assign(state.drafts, cut === undefined ? {} : { cut }, files.size > 0 && { files });
}
