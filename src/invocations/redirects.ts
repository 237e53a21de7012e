import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import type { Payload } from "../model/payload.ts";
import type { Redirect } from "./dialects.ts";
import { namedPayload } from "./payload.ts";
import type { Draft, State } from "./state.ts";
import type { ResolvedBehaviour } from "./types.ts";

/** Targets that leave nothing behind. */
const NOWHERE = /^(?:nul:?|con:?|\/dev\/(?:null|tty\w*|std(?:in|out|err)|fd\/\d+|zero)|&?\d+|&?-|\$\w+|)$/i;

/** Mark of the web, which is put on files and taken from them all the time. */
const MARK = /^zone\.identifier(?::\$data)?$/i;

/** Whether a target is a hidden place behind a file. */
export function hides(target: string, { platform }: State): boolean {
  const { stream } = classifyValue(target.trim(), platform);
  return platform === "windows" && stream !== "" && !MARK.test(stream);
}

/** Redirections of one command as a behaviour of the shell that carries it out. */
export function redirectBehaviour(
  redirects: readonly Redirect[],
  shell: Draft,
  state: State,
): ResolvedBehaviour | undefined {
  const hidden = redirects.some(({ op, target }) => op.startsWith(">") && hides(target, state));
  const named = (id: string) => shell.entry && state.catalog.behaviour(`${shell.entry.id}/${id}`);
  const known = (hidden ? named("redirect-stream") : undefined) ?? named("redirect");
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
