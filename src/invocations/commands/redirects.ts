import { classifyValue } from "../../cmdline/normal/classify.ts";
import type { Payload, Role } from "../../model/payload.ts";
import type { Draft } from "../draft.ts";
import { namedPayload } from "../payloads/payload.ts";
import type { State } from "../state.ts";
import { toldByFiles } from "../telling/telling.ts";
import type { ResolvedBehaviour } from "../types.ts";
import { isOutput, type Redirect, type SimpleCommand } from "./dialects.ts";
import type { Running } from "./running.ts";
import { handedOn, isShell } from "./shells.ts";

/** Targets that leave nothing behind. */
const NOWHERE = /^(?:nul:?|con:?|\/dev\/(?:null|tty\w*|std(?:in|out|err)|fd\/\d+|zero)|&?\d+|&?-|\$\w+|)$/i;

/** Mark of the web, which is put on files and taken from them all the time. */
const MARK = /^zone\.identifier(?::\$data)?$/i;

/** Names of Windows under which programs talk to one another. */
const NAMED_PIPE = /^\\\\[^\\]{1,64}\\pipe\\/i;

/** Whether a target is a hidden place behind a file. */
export function hides(target: string, { platform }: State): boolean {
  const { stream } = classifyValue(target.trim(), platform);
  return platform === "windows" && stream !== "" && !MARK.test(stream);
}

/**
 * A behaviour of the shell itself, with what it comes to.
 * @param text what it writes, where that is known
 */
export function shellBehaviour(
  id: string,
  shell: Draft,
  state: State,
  roles: Partial<Record<Role, readonly Payload[]>>,
  text?: string,
): ResolvedBehaviour | undefined {
  const known = shell.entry && state.catalog.behaviour(`${shell.entry.id}/${id}`);
  if (!known) return undefined;
  const { runs = [], fetches = [], reads = [], writes = [] } = roles;
  const behaviour = toldByFiles(known.behaviour, { reads, writes, fetches, text }, state.platform);
  return { id: behaviour.id, techniques: behaviour.techniques, runs, fetches, reads, writes, behaviour };
}

/** A command as its shell calls it. */
interface Called {
  readonly redirects: readonly Redirect[];
  readonly name: string;
  readonly args: readonly string[];
}

/** A program that is not named but comes out of a variable or another command. */
const UNNAMED = /^[$`]/;

/**
 * Redirections of one command, called by its name, as a behaviour of the shell that carries it out.
 * @param text what the command prints, where that is known
 */
export function redirectBehaviour(
  { redirects, name, args }: Called,
  text: string | undefined,
  shell: Draft,
  { connections, state }: Running,
): ResolvedBehaviour | undefined {
  if (redirects.length === 0) return undefined;
  // `exec 3<>/dev/tcp/HOST/PORT` alone opens a descriptor, as checks of a service's health do.
  const opens = name === "exec" && args.length === 0;
  const runsInput = UNNAMED.test(name) || isShell(name, state);
  const joined = !opens && runsInput && redirects.some((redirect) => connections.of(redirect) !== undefined);
  const hidden = redirects.some(({ op, target }) => op.startsWith(">") && hides(target, state));
  const piped = text !== undefined && redirects.some(({ target }) => NAMED_PIPE.test(target.trim()));
  const reads: Payload[] = [];
  const writes: Payload[] = [];
  for (const redirect of redirects) {
    const { op } = redirect;
    const connection = connections.of(redirect);
    const target = (connection ?? redirect.target).trim();
    if (NOWHERE.test(target)) continue;
    const where = connection ? ({ what: "document", where: "web" } as const) : ({ what: "auto" } as const);
    const payload = namedPayload(target, where, state);
    if (connection) add(writes, payload);
    else if (op.startsWith("<") && op !== "<>") add(reads, payload);
    else if (!op.includes("&") || op.startsWith("&>") || op === ">&") add(writes, payload);
  }
  if (reads.length + writes.length === 0) return undefined;
  const special = joined ? "redirect-network" : hidden ? "redirect-stream" : piped ? "redirect-pipe" : "redirect";
  const roles = { reads, writes };
  return shellBehaviour(special, shell, state, roles, text) ?? shellBehaviour("redirect", shell, state, roles, text);
}

/** Tells of a redirection to a connection as of a shell that is joined to it, where the command is found to start one. */
export function joinWrapped(told: ResolvedBehaviour, index: number | undefined, shell: Draft, state: State): void {
  if (handedOn(index, state).at(-1)?.entry?.category !== "shell") return;
  const joins = shellBehaviour("redirect-network", shell, state, told);
  const at = shell.behaviours.indexOf(told);
  if (joins && at >= 0) shell.behaviours[at] = joins;
}

/** Tells of a redirection into a file that tells something whence the command fetches what it prints. */
export function fillsFrom(told: ResolvedBehaviour, index: number, shell: Draft, state: State): void {
  const { id, behaviour } = told;
  if (behaviour === state.catalog.behaviour(id)?.behaviour || told.writes.length === 0) return;
  const printed = state.invocations[index]?.behaviours.filter(({ writes }) => writes.length === 0) ?? [];
  const fetches = printed.flatMap((one) => one.fetches);
  const at = shell.behaviours.indexOf(told);
  if (fetches.length > 0 && at >= 0) shell.behaviours[at] = { ...told, fetches };
}

function add(payloads: Payload[], payload: Payload): void {
  if (!payloads.some(({ value }) => value === payload.value)) payloads.push(payload);
}

/** Files into which what a command prints goes; undefined where none does. */
export function outputOf({ redirects }: SimpleCommand): readonly string[] | undefined {
  if (redirects.length === 0) return undefined;
  const into = redirects.filter(isOutput);
  return into.length > 0 ? into.map(({ target }) => target) : undefined;
}
