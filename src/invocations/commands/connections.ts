import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../glob.ts";
import type { Context, State } from "../state.ts";
import type { Redirect, SimpleCommand } from "./dialects.ts";
import { isConnection, shownBy, sourceOf } from "./piped.ts";
import { startsShell } from "./shells.ts";

/** Names under which bash opens connections. */
const CONNECTION = /^\/dev\/(?:tcp|udp)\/[^/]+\/[^/]+$/;

/** A descriptor, moved or copied. */
const DESCRIPTOR = /^(\d{1,4})-?$/;

/** Descriptors that a shell's text has opened on connections, by number. */
export class Connections {
  /** Made for the first of them: most texts open none. */
  #open: Map<number, string> | undefined;
  /** What zsh's `ztcp` opened last; the descriptor is in `$REPLY`. */
  #reply: string | undefined;

  /** Keeps what `exec 5<>/dev/tcp/HOST/PORT` or `ztcp HOST PORT` opens. */
  note({ argv, redirects }: SimpleCommand): void {
    if (argv?.[0] === "ztcp") {
      const [host, port] = argv.slice(1).filter((word) => !word.startsWith("-"));
      if (host !== undefined) this.#reply = port === undefined ? host : `${host}:${port}`;
    }
    if (argv?.length !== 1 || argv[0] !== "exec") return;
    for (const { fd, target } of redirects)
      if (fd !== undefined && CONNECTION.test(target)) {
        this.#open ??= new Map();
        this.#open.set(fd, target);
      }
  }

  /** The connection that a redirection joins a command to, if it does. */
  of({ op, target }: Redirect): string | undefined {
    if (CONNECTION.test(target)) return target;
    if (op !== ">&" && op !== "<&") return undefined;
    if (/^\$\{?REPLY\}?$/.test(target)) return this.#reply;
    const fd = DESCRIPTOR.exec(target)?.[1];
    return fd === undefined ? undefined : this.#open?.get(Number(fd));
  }
}

/** A shell that is given nothing to carry out but its input, also by what hands that on to it. */
const isBareShell = (command: SimpleCommand, state: State, context: Context): boolean =>
  shownBy({ ...command, stdin: {} }, undefined, state, context).every(({ behaviour }) => behaviour.wrapper);

/** Most commands that are looked at on the way to the one that connects. */
const MAX_STEPS = 4;

/**
 * Whether pipes, or a named pipe, join a shell to a program that holds a connection: `nc … | sh`, and
 * `cat p | sh | nc … > p`. A program that nobody knows may be one where both ends of it are joined.
 */
export function joinsConnection(
  commands: readonly SimpleCommand[],
  command: SimpleCommand,
  connections: Connections,
  state: State,
  context: Context,
): boolean {
  if (commands.length < 2) return false;
  const [name = "", ...args] = command.argv ?? [];
  const isShell = startsShell(name, args, state);
  if (!isShell && !isUnknown(name, state)) return false;
  const connects = (other: SimpleCommand) =>
    other.redirects.some((redirect) => connections.of(redirect) !== undefined) ||
    shownBy(other, undefined, state, context).some(isConnection);
  const reader = commands.find(({ feeds }) => feeds?.some((at) => commands[at] === command));
  if (!reader && !command.feeds?.length) return false;
  if (isShell && !isBareShell(command, state, context)) return false;
  let from: SimpleCommand | undefined = command;
  for (let step = 0; from && step < MAX_STEPS; step++) {
    from = commands[from.feeds?.[0] ?? -1];
    if (from && connects(from)) return isShell || closes(from, command, commands, state, context);
  }
  if (!reader || !connects(reader)) return false;
  return closes(command, reader, commands, state, context);
}

/** A program of a file of its own that the catalogue does not know: nobody else's filter. */
const isUnknown = (name: string, { catalog, platform }: State): boolean =>
  name.includes("/") && catalog.byName(baseName(name), platform) === undefined;

/** Whether what the last of some commands prints comes back to the first, by a file that has a name. */
function closes(
  first: SimpleCommand,
  last: SimpleCommand,
  commands: readonly SimpleCommand[],
  state: State,
  context: Context,
): boolean {
  const same = (path: string) => identity(path, state.platform);
  const file = first.stdin?.file;
  const read = new Set(
    [...(file === undefined ? [] : [file]), ...(sourceOf(commands, first, state, context).files ?? [])].map(same),
  );
  return last.redirects.some(({ op, target }) => op.startsWith(">") && read.has(same(target)));
}
