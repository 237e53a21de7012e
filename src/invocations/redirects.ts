import { classifyValue } from "../cmdline/normal/classifyValue.ts";
import type { Payload } from "../model/payload.ts";
import type { Redirect } from "./dialects.ts";
import { baseName } from "./glob.ts";
import { namedPayload } from "./payload.ts";
import type { Draft, State } from "./state.ts";
import type { ResolvedBehaviour } from "./types.ts";

/** Targets that leave nothing behind. */
const NOWHERE = /^(?:nul:?|con:?|\/dev\/(?:null|tty\w*|std(?:in|out|err)|fd\/\d+|zero)|&?\d+|&?-|\$\w+|)$/i;

/** Mark of the web, which is put on files and taken from them all the time. */
const MARK = /^zone\.identifier(?::\$data)?$/i;

/** Names under which bash opens connections. */
const CONNECTION = /^\/dev\/(?:tcp|udp)\/[^/]+\/[^/]+$/;

/** Whether a target is a hidden place behind a file. */
export function hides(target: string, { platform }: State): boolean {
  const { stream } = classifyValue(target.trim(), platform);
  return platform === "windows" && stream !== "" && !MARK.test(stream);
}

/** Redirections of one command, called by its name, as a behaviour of the shell that carries it out. */
export function redirectBehaviour(
  redirects: readonly Redirect[],
  command: string,
  hasArguments: boolean,
  shell: Draft,
  state: State,
): ResolvedBehaviour | undefined {
  if (redirects.length === 0) return undefined;
  // `exec 3<>/dev/tcp/HOST/PORT` alone opens a descriptor, as checks of a service's health do.
  const opens = command === "exec" && !hasArguments;
  const joined =
    !opens &&
    redirects.some(({ target }) => CONNECTION.test(target)) &&
    state.catalog.byName(baseName(command), state.platform)?.category === "shell";
  const hidden = redirects.some(({ op, target }) => op.startsWith(">") && hides(target, state));
  const named = (id: string) => shell.entry && state.catalog.behaviour(`${shell.entry.id}/${id}`);
  const special = joined ? named("redirect-network") : hidden ? named("redirect-stream") : undefined;
  const known = special ?? named("redirect");
  if (!known) return undefined;
  const reads: Payload[] = [];
  const writes: Payload[] = [];
  for (const { op, target } of redirects) {
    if (NOWHERE.test(target.trim())) continue;
    const where = CONNECTION.test(target) ? ({ what: "document", where: "web" } as const) : ({ what: "auto" } as const);
    const payload = namedPayload(target.trim(), where, state);
    if (op.startsWith("<") && op !== "<>") reads.push(payload);
    else if (!op.includes("&") || op.startsWith("&>") || op === ">&") writes.push(payload);
  }
  if (reads.length + writes.length === 0) return undefined;
  const { behaviour } = known;
  return { id: behaviour.id, techniques: behaviour.techniques, runs: [], fetches: [], reads, writes, behaviour };
}
