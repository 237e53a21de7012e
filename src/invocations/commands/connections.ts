import { opensConnection } from "../../cmdline/normal/connection.ts";
import type { Redirect, SimpleCommand } from "./dialects.ts";

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
      if (fd !== undefined && opensConnection(target)) {
        this.#open ??= new Map();
        this.#open.set(fd, target);
      }
  }

  /** The connection that has become the input of all that follows: `exec 0<>/dev/tcp/HOST/PORT`. */
  get input(): string | undefined {
    return this.#open?.get(0);
  }

  /** The connection that a redirection joins a command to, if it does. */
  of({ op, target }: Redirect): string | undefined {
    if (opensConnection(target)) return target;
    if (op !== ">&" && op !== "<&") return undefined;
    if (/^\$\{?REPLY\}?$/.test(target)) return this.#reply;
    const fd = DESCRIPTOR.exec(target)?.[1];
    return fd === undefined ? undefined : this.#open?.get(Number(fd));
  }
}
