import { descriptorOf, type Opened } from "./descriptors.ts";
import { expandText, type Substitute } from "./expansion/expand.ts";
import type { State } from "./state.ts";
import type { Part, Redirect } from "./syntax/tree.ts";
import type { ShellInput, ShellRedirect } from "./types.ts";

/** Files that hold nothing of which a line could tell. */
const NOWHERE = /^\/dev\/(?:null|tty\w*|pts\/\w+|stdin|fd\/\w+)$/;

/** Operators by which something is read. */
const READS = /^<(?:[>&]?|<[<-]?)$/;

/** What a redirection makes a command read. */
function inputOf(
  { op }: Redirect,
  text: string,
  opened: Opened,
  { descriptors }: State,
  outer: ShellInput | undefined,
): ShellInput {
  if (op === "<<<") return { kind: "text", text: `${text}\n` };
  if (op.startsWith("<<")) return { kind: "text", text };
  const number = op === "<&" ? Number(/^(\d{1,4})-?$/.exec(text)?.[1] ?? -1) : descriptorOf(text);
  const kept = number === undefined ? undefined : (opened.get(number) ?? descriptors.get(number));
  const open = number === 0 ? outer : kept;
  if (open) return open;
  return op === "<&" || NOWHERE.test(text) ? { kind: "other" } : { kind: "file", path: text };
}

/** What another command prints, which stands in place of a file. */
function printed(part: Part & { kind: "process" }, state: State, substitute: Substitute): ShellInput | undefined {
  const from = state.drafts.length;
  const text = substitute(part);
  if (text !== undefined) return { kind: "text", text, from };
  return state.drafts.length > from ? { kind: "pipe", from } : undefined;
}

const NONE: Opened = new Map();

/** The first number that bash gives to a descriptor which it chooses itself. */
const FIRST_CHOSEN = 10;

/** The number of a descriptor, which a variable gets where the shell chooses it. */
function numberOf({ fd, variable }: Redirect, { descriptors, vars }: State): number {
  if (variable === undefined) return fd ?? 0;
  const chosen = FIRST_CHOSEN + descriptors.size;
  vars.set(variable, String(chosen));
  return chosen;
}

/**
 * Expands redirections: files in `list`, what they make of standard input, and the other descriptors that they open to be read.
 * @param outer standard input around the command
 */
export function readRedirects(
  redirects: readonly Redirect[],
  state: State,
  substitute: Substitute,
  outer?: ShellInput,
): { list: ShellRedirect[]; stdin?: ShellInput; opened?: Opened; literal: boolean } {
  const list: ShellRedirect[] = [];
  let stdin: ShellInput | undefined;
  let opened: Map<number, ShellInput> | undefined;
  let literal = true;
  for (const redirect of redirects) {
    const { fd, op, target } = redirect;
    const only = target.length === 1 && target[0]!.kind === "process" ? target[0]! : undefined;
    let input: ShellInput | undefined;
    if (only?.kind === "process" && op === "<") input = printed(only, state, substitute);
    else {
      const { text, known } = expandText(target, state, substitute);
      literal &&= known;
      if (READS.test(op)) input = inputOf(redirect, text, opened ?? NONE, state, outer);
      if (!op.startsWith("<<")) {
        const command = only !== undefined && { command: true as const };
        list.push({ ...(fd !== undefined && { fd }), op, target: text, ...command });
      }
    }
    if (!input) continue;
    const number = numberOf(redirect, state);
    if (number === 0) stdin = input;
    else if (number > 2) {
      opened ??= new Map();
      opened.set(number, input);
    }
  }
  return { list, literal, ...(stdin && { stdin }), ...(opened && { opened }) };
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
