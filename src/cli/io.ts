import type { Readable, Writable } from "node:stream";

/** Everything a command may touch of the world around it, so that tests can stand in for it. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by Ctrl-C, and when nobody reads stdout any more. */
  readonly signal: AbortSignal;
}

/** Terminal width where nothing says otherwise. */
const WIDTH = 100;

export function columnsOf(stream: { readonly columns?: number }): number {
  return Math.max(40, stream.columns ?? WIDTH);
}

/**
 * Whether to colour a stream: NO_COLOR (https://no-color.org) and FORCE_COLOR win over what the stream is.
 * @param flag false after `--no-color`
 */
export function wantsColour(io: Io, stream: { readonly isTTY?: boolean }, flag = true): boolean {
  if (!flag || io.env.NO_COLOR) return false;
  if (io.env.FORCE_COLOR) return io.env.FORCE_COLOR !== "0";
  return stream.isTTY === true && io.env.TERM !== "dumb";
}

/** Writes and waits until the reader has taken it, so that a slow reader does not fill memory. */
export function writeTo(stream: Writable, text: string | Uint8Array): Promise<void> | undefined {
  if (stream.destroyed || stream.write(text)) return undefined;
  return new Promise((resolve) => {
    const done = () => {
      stream.off("drain", done).off("close", done).off("error", done);
      resolve();
    };
    stream.on("drain", done).on("close", done).on("error", done);
  });
}
