import { EXIT, INTERRUPTED } from "./exit.ts";
import type { Io } from "./io.ts";

/**
 * The real world. The first Ctrl-C asks a command to end cleanly, the second ends the process. A reader that closes
 * stdout (`whatran … | head`) ends the run quietly.
 */
export function processIo(): Io {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort("interrupted");
    // Whoever waits for input that may never come is woken.
    process.stdin.destroy();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
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
