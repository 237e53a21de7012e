import { Readable, Writable } from "node:stream";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import type { Io } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";

/** What a command line left behind. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Surroundings {
  readonly stdin?: string | AsyncIterable<Buffer>;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Called for each piece that comes out of stdout. */
  readonly onOut?: () => void;
  /** Both streams are terminals. */
  readonly tty?: boolean;
}

function collector(
  tty: boolean,
  onPart?: () => void,
): { stream: Writable & { isTTY: boolean; columns: number }; text(): string } {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(Buffer.from(chunk));
      onPart?.();
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY: tty, columns: 100 }), text: () => Buffer.concat(parts).toString() };
}

/** Runs a command line in this process, with streams of its own and no environment but the given one. */
export async function whatran(argv: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const out = collector(around.tty ?? false, around.onOut);
  const err = collector(around.tty ?? false);
  const io: Io = {
    stdin: Readable.from(typeof around.stdin === "string" ? [Buffer.from(around.stdin)] : (around.stdin ?? [])),
    stdout: out.stream,
    stderr: err.stream,
    env: { XDG_CONFIG_HOME: "/nonexistent", HOME: "/nonexistent", ...around.env },
    cwd: around.cwd ?? "/",
    signal: around.signal ?? new AbortController().signal,
  };
  const code = await run(argv, COMMANDS, io);
  return { code, out: out.text(), err: err.text() };
}
