import { EXIT, INTERRUPTED } from "./exit.ts";
import type { Io } from "./io.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** How often an interrupted run that does not end looks whether all is written, in milliseconds. */
const LOOKS = 200;

/** Ends the process with a code, as soon as all is written. */
export function endWith(code: number): void {
  process.exitCode = code;
  if (code !== INTERRUPTED) return;
  // Only where something that never comes is still waited for; by the signal's own way, after which the code is the same.
  const look = () => {
    if (process.stdout.writableLength + process.stderr.writableLength === 0) process.kill(process.pid, "SIGINT");
  };
  setInterval(look, LOOKS).unref();
}

/**
 * The real world. The first Ctrl-C asks a command to end cleanly, the second ends the process. A reader that closes
 * stdout (`whatran … | head`) ends the run quietly.
 */
export function processIo(): Io {
  const controller = new AbortController();
  const stop = () => {
    // The next one ends the process whatever it waits for: Node itself does not end while a pipe is opened that nobody writes to.
    for (const name of SIGNALS) process.off(name, stop);
    controller.abort("interrupted");
    // Whoever waits for input that may never come is woken.
    process.stdin.destroy();
  };
  for (const name of SIGNALS) process.on(name, stop);
  const closed = (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return controller.abort("closed");
    // What was to be written is lost, and nothing that follows could be.
    process.stderr.write(`whatran: ${error.message}\n`, () => process.exit(EXIT.usage));
  };
  process.stdout.on("error", closed);
  process.stderr.on("error", ({ code }: NodeJS.ErrnoException) => controller.abort(code === "EPIPE" ? "closed" : code));
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: controller.signal,
  };
}
