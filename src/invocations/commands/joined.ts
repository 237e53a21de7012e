import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../cmdline/normal/names.ts";
import type { Draft } from "../draft.ts";
import { commandPayload } from "../payloads/payload.ts";
import type { State } from "../state.ts";
import type { SimpleCommand } from "./dialects.ts";
import { isConnection, shownBy, sourceOf } from "./piped.ts";
import { shellBehaviour } from "./redirects.ts";
import type { Running } from "./running.ts";
import { startsShell } from "./shells.ts";

/** A shell that is given nothing to carry out but its input, also by what hands that on to it. */
const isBareShell = (command: SimpleCommand, running: Running): boolean =>
  shownBy({ ...command, stdin: {} }, undefined, running).every(({ behaviour }) => behaviour.wrapper);

/** Whether a command is a shell, or hands its input on to one. */
const isOfShell = ({ argv: [name = "", ...args] = [] }: SimpleCommand, state: State): boolean =>
  startsShell(name, args, state);

/** Most commands that are looked at on the way to the one that connects. */
const MAX_STEPS = 4;

/**
 * Whether pipes, or a named pipe, join a shell to a program that holds a connection: `nc … | sh`, and
 * `cat p | sh | nc … > p`. A program that nobody knows may be one where both ends of it are joined.
 */
export function joinsConnection(running: Running, command: SimpleCommand): boolean {
  const { commands, connections, state } = running;
  if (commands.length < 2) return false;
  const isShell = isOfShell(command, state);
  const keepsInput = command.stdin === undefined && !command.feeds?.length;
  if (isShell && keepsInput && connections.input !== undefined) return isBareShell(command, running);
  const [name = ""] = command.argv ?? [];
  if (!isShell && !isUnknown(name, state)) return false;
  const connects = (other: SimpleCommand) =>
    other.redirects.some((redirect) => connections.of(redirect) !== undefined) ||
    shownBy(other, undefined, running).some(isConnection);
  const reader = commands.find(({ feeds }) => feeds?.some((at) => commands[at] === command));
  if (!reader && !command.feeds?.length) return false;
  if (isShell && !isBareShell(command, running)) return false;
  let from: SimpleCommand | undefined = command;
  for (let step = 0; from && step < MAX_STEPS; step++) {
    from = commands[from.feeds?.[0] ?? -1];
    if (from && connects(from)) return isShell || closes(from, command, running);
  }
  if (!reader || !connects(reader)) return false;
  return closes(command, reader, running);
}

/**
 * Tells that a command is joined to a connection: of the shell that it starts, which then carries out what comes from there and no file,
 * or of the one around it as what that runs.
 * @param index where the command is among the invocations
 */
export function tellJoined(command: SimpleCommand, index: number | undefined, outer: Draft | undefined, state: State) {
  const isShell = isOfShell(command, state);
  const [name = "", ...args] = command.argv ?? [];
  const started = isShell ? state.invocations.slice(index).find(({ entry }) => entry?.category === "shell") : undefined;
  const shell = started ?? outer;
  const runs = isShell ? [] : [commandPayload(name, args, state)];
  const joins = shell && shellBehaviour("redirect-network", shell, state, { runs });
  if (joins) shell.behaviours.push(joins);
}

/** A program of a file of its own that the catalogue does not know: nobody else's filter. */
const isUnknown = (name: string, { catalog, platform }: State): boolean =>
  name.includes("/") && catalog.byName(baseName(name), platform) === undefined;

/** Whether what the last of some commands prints comes back to the first, by a file that has a name. */
function closes(first: SimpleCommand, last: SimpleCommand, running: Running): boolean {
  const same = (path: string) => identity(path, running.state.platform);
  const file = first.stdin?.file;
  const read = new Set([...(file === undefined ? [] : [file]), ...(sourceOf(running, first).files ?? [])].map(same));
  return last.redirects.some(({ op, target }) => op.startsWith(">") && read.has(same(target)));
}
