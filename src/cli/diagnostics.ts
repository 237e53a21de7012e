import type { Diagnostic } from "../model/diagnostic.ts";
import { visible } from "../outputs/escape.ts";
import type { Io } from "./io.ts";

/** Of one code, so many are shown; the rest is counted. */
const MOST_OF_A_CODE = 5;

/** Troubles after which something that was asked for was not read. */
const UNREAD: readonly string[] = [
  "input/missing",
  "input/unreadable",
  "input/limit",
  "list/bad-line",
  "list/limit",
  "feedback/limit",
  "container/damaged",
  "container/encrypted",
  "container/limit",
  "container/too-deep",
  "container/unsupported",
];

/** A file among others that is no log is nothing to fail for; one that was named is. */
export const leavesUnread = ({ code, file }: Diagnostic, named: readonly string[]): boolean =>
  UNREAD.includes(code) || (code === "input/unknown-format" && named.includes(file));

/** Where something stands in an input. */
function place({ file, line, column, offset, index }: Diagnostic): string {
  if (line !== undefined) return `${file}:${line}${column === undefined ? "" : `:${column}`}`;
  if (offset !== undefined) return `${file} at byte ${offset}`;
  return index === undefined ? file : `${file} #${index}`;
}

/** Diagnostics as people read them: one line each on stderr, the same trouble a thousand times only counted. */
export class DiagnosticLog {
  readonly #io: Io;
  readonly #quiet: boolean;
  readonly #before: () => void;
  readonly #counts = new Map<string, number>();

  constructor(io: Io, quiet: boolean, before: () => void = () => {}) {
    this.#io = io;
    this.#quiet = quiet;
    this.#before = before;
  }

  add(diagnostic: Diagnostic): void {
    const count = (this.#counts.get(diagnostic.code) ?? 0) + 1;
    this.#counts.set(diagnostic.code, count);
    if (this.#quiet || count > MOST_OF_A_CODE) return;
    const { need, have, code, message } = diagnostic;
    const sizes = need === undefined || have === undefined ? "" : ` (needs ${need} bytes, has ${have})`;
    this.#before();
    this.#io.stderr.write(`whatran: ${visible(`${place(diagnostic)}: ${message}${sizes}`)} [${code}]\n`);
  }

  /** Says what was only counted. */
  end(): void {
    if (this.#quiet) return;
    for (const [code, count] of this.#counts)
      if (count > MOST_OF_A_CODE) this.#io.stderr.write(`whatran: ${count - MOST_OF_A_CODE} more of [${code}]\n`);
  }
}
