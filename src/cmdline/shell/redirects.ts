import { expandText, type Substitute } from "./expansion/expand.ts";
import type { State } from "./state.ts";
import type { Redirect } from "./syntax/tree.ts";
import type { ShellInput, ShellRedirect } from "./types.ts";

/** Files that hold nothing of which a line could tell. */
const NOWHERE = /^\/dev\/(?:null|tty\w*|pts\/\w+|stdin|fd\/\w+)$/;

/** Expands redirections: files in `list`, and what they make of standard input. */
export function readRedirects(
  redirects: readonly Redirect[],
  state: State,
  substitute: Substitute,
): { list: ShellRedirect[]; stdin?: ShellInput; literal: boolean } {
  const list: ShellRedirect[] = [];
  let stdin: ShellInput | undefined;
  let literal = true;
  for (const { fd, op, target } of redirects) {
    const only = target.length === 1 && target[0]!.kind === "process" ? target[0]! : undefined;
    if (only?.kind === "process" && op === "<" && !fd) {
      const index = state.drafts.length;
      const output = substitute(only);
      if (output !== undefined) stdin = { kind: "text", text: output, from: index };
      else if (state.drafts.length > index) stdin = { kind: "pipe", from: index };
      continue;
    }
    const { text, known } = expandText(target, state, substitute);
    literal &&= known;
    const here = op.startsWith("<<");
    if (here && !fd) stdin = { kind: "text", text: op === "<<<" ? `${text}\n` : text };
    else if (op === "<&" && !fd) stdin = { kind: "other" };
    else if ((op === "<" || op === "<>") && !fd)
      stdin = NOWHERE.test(text) ? { kind: "other" } : { kind: "file", path: text };
    if (!here) list.push({ ...(fd !== undefined && { fd }), op, target: text });
  }
  return { list, literal, ...(stdin && { stdin }) };
}

/** True where standard output goes elsewhere than to whoever reads the command. */
export const silenced = (redirects: readonly ShellRedirect[]): boolean =>
  redirects.some(
    ({ fd, op, target }) =>
      op === "&>" ||
      op === "&>>" ||
      ((fd ?? 1) === 1 && /^>[>|]?$/.test(op)) ||
      ((fd ?? 1) === 1 && op === ">&" && target !== "1"),
  );
