import { plural } from "../outputs/counts.ts";
import { style } from "../outputs/style.ts";
import { clip } from "../outputs/width.ts";
import { columnsOf, type Io, wantsColour } from "./io.ts";

/** What is known while a scan runs. */
export interface Progress {
  readonly files: number;
  readonly records: number;
  readonly findings?: number;
  readonly bytes: number;
}

/** At most so often, in milliseconds. */
const EVERY = 100;

/** One line on stderr that is written over, on a terminal only; it makes way for results. */
export class ProgressLine {
  readonly #io: Io;
  readonly #on: boolean;
  readonly #colour: boolean;
  readonly #started = performance.now();
  #last = 0;
  #shown = false;

  constructor(io: Io, quiet: boolean, colour: boolean) {
    this.#io = io;
    this.#colour = colour;
    this.#on = !quiet && io.stderr.isTTY === true;
  }

  show(progress: Progress): void {
    const now = performance.now();
    if (!this.#on || now - this.#last < EVERY) return;
    this.#last = now;
    this.#shown = true;
    const seconds = (now - this.#started) / 1000;
    const rate = progress.bytes / 1_048_576 / Math.max(seconds, 0.1);
    const text = [
      plural(progress.files, "file"),
      plural(progress.records, "record"),
      ...(progress.findings === undefined ? [] : [plural(progress.findings, "finding")]),
      `${Math.round(rate)} MiB/s`,
    ].join("  ");
    const paint = style(wantsColour(this.#io, this.#io.stderr, this.#colour));
    this.#io.stderr.write(`\r\u001b[K${paint.dim(clip(`  ${text}`, columnsOf(this.#io.stderr) - 1))}`);
  }

  clear(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#last = 0;
    this.#io.stderr.write("\r\u001b[K");
  }
}
