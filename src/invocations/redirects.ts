import type { Payload } from "../model/payload.ts";
import type { Redirect } from "./dialects.ts";
import { namedPayload } from "./payload.ts";
import type { Draft, State } from "./state.ts";
import type { ResolvedBehaviour } from "./types.ts";

/** Targets that leave nothing behind. */
const NOWHERE = /^(?:nul:?|con:?|\/dev\/(?:null|tty\w*|std(?:in|out|err)|fd\/\d+|zero)|&?\d+|&?-|\$\w+|)$/i;

/** Redirections of one command as a behaviour of the shell that carries it out. */
export function redirectBehaviour(
  redirects: readonly Redirect[],
  shell: Draft,
  state: State,
): ResolvedBehaviour | undefined {
  const known = shell.entry && state.catalog.behaviour(`${shell.entry.id}/redirect`);
  if (!known) return undefined;
  const reads: Payload[] = [];
  const writes: Payload[] = [];
  for (const { op, target } of redirects) {
    if (NOWHERE.test(target.trim())) continue;
    const payload = namedPayload(target.trim(), { what: "auto" }, state);
    if (op.startsWith("<") && op !== "<>") reads.push(payload);
    else if (!op.includes("&") || op.startsWith("&>")) writes.push(payload);
  }
  if (reads.length + writes.length === 0) return undefined;
  const { behaviour } = known;
  return { id: behaviour.id, techniques: behaviour.techniques, runs: [], fetches: [], reads, writes, behaviour };
}
