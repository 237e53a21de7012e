import type { Mapping } from "../formats/mapping.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { DiagnosticLog, leavesUnread } from "./diagnostics.ts";
import { EXIT, exitAfterAbort, INTERRUPTED } from "./exit.ts";
import type { LogFlags } from "./flags.ts";
import type { Io } from "./io.ts";
import { type Progress, ProgressLine } from "./progress.ts";

/** What all commands that read logs have in common: progress and troubles on stderr, an end by Ctrl-C, an exit code. */
export class Reading {
  /** For the stage that reads. */
  readonly options;
  readonly #io: Io;
  readonly #progress: ProgressLine;
  readonly #log: DiagnosticLog;
  readonly #quiet: boolean;
  #unread = false;

  private constructor(io: Io, named: readonly string[], flags: LogFlags, mapping: Mapping | undefined) {
    const { catalog = [], inputFormat, quiet = false, color = true } = flags;
    this.#io = io;
    this.#quiet = quiet;
    this.#progress = new ProgressLine(io, quiet, color);
    this.#log = new DiagnosticLog(io, quiet, () => this.clear());
    this.options = {
      catalogDirs: catalog,
      ...(inputFormat !== undefined && { inputFormat }),
      ...(mapping && { mapping }),
      signal: io.signal,
      stdin: io.stdin,
      onProgress: (state: Progress) => this.#progress.show(state),
      onDiagnostic: (diagnostic: Diagnostic) => {
        this.#unread ||= leavesUnread(diagnostic, named);
        this.#log.add(diagnostic);
      },
    };
  }

  /**
   * @param named paths of the command line, which must be logs; a file found below them need not be one
   * @throws WhatranError for a mapping that cannot be used
   */
  static async begin(io: Io, named: readonly string[], flags: LogFlags): Promise<Reading> {
    if (flags.mapping === undefined) return new Reading(io, named, flags, undefined);
    const { readMappingFile } = await import("./config/mapping.ts");
    return new Reading(io, named, flags, await readMappingFile(flags.mapping, io.cwd));
  }

  /** Makes way on the terminal for a result. */
  clear(): void {
    this.#progress.clear();
  }

  /** All is read: the line of progress goes, and what was only counted is said. */
  end(): void {
    this.clear();
    this.#log.end();
  }

  /** The exit code of a run that was interrupted; undefined for others. */
  get interrupted(): number | undefined {
    return this.#io.signal.aborted ? exitAfterAbort(this.#io.signal) : undefined;
  }

  /** As `end`, of a command that leaves no result where it is interrupted: says so, and returns the exit code of that. */
  endOrLeaveOff(): number | undefined {
    this.end();
    const code = this.interrupted;
    if (code === INTERRUPTED && !this.#quiet) this.#io.stderr.write("whatran: interrupted: nothing was written\n");
    return code;
  }

  /** The exit code of a run that did its work. */
  get code(): number {
    return this.interrupted ?? (this.#unread ? EXIT.input : EXIT.done);
  }
}
