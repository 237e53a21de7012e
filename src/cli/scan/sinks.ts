import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import type { OutputContext, OutputWriter } from "../../outputs/output.ts";
import { OUTPUTS, outputForFile, outputNamed } from "../../outputs/registry.ts";
import { columnsOf, type Io, wantsColour } from "../io.ts";
import { checkOutput } from "../output-file.ts";
import { ResultFile, type ResultFileOptions } from "../result-file.ts";

export interface SinkOptions {
  /** `--format`; rules over the names of files. */
  readonly format: string | undefined;
  readonly files: readonly string[];
  readonly clobber: boolean;
  /** Files are read while they grow, or existing ones are continued. */
  readonly grows?: ResultFileOptions["grows"];
  readonly colour: boolean;
  readonly quiet: boolean;
  readonly profile: OutputContext["profile"];
  readonly cures?: NonNullable<OutputContext["cures"]>;
  /** Called before anything is written to stdout, so that a progress line can make way. */
  readonly beforeStdout: () => void;
}

/** One open output and the way to close it. */
export interface Sink {
  readonly writer: OutputWriter;
  /** Writes what was kept back. */
  flush(): void;
  /** Where it is a file: its size in bytes, and a way back to an earlier one, false where it is shorter than that. */
  readonly file?: { size(): number; rewind(size: number): boolean };
  close(): void;
}

function formatOf(file: string, options: SinkOptions) {
  const info =
    (options.format && options.files.length === 1 ? outputNamed(options.format) : undefined) ?? outputForFile(file);
  if (info) return info;
  const fallback = options.format ? outputNamed(options.format) : undefined;
  if (fallback) return fallback;
  const endings = OUTPUTS.flatMap((output) => output.endings).join(", ");
  throw new WhatranError("usage", `the name of ${file} does not tell its format; use --format, or one of ${endings}`);
}

/** Opens stdout, or every file of `--output`. */
export async function openSinks(options: SinkOptions, io: Io): Promise<Sink[]> {
  const { profile, quiet, cures } = options;
  const context = { profile, quiet, ...(cures && { cures }) };
  if (options.files.length === 0) {
    const name = options.format ?? (io.stdout.isTTY ? "table" : "ndjson");
    const output = await outputNamed(name)?.load();
    if (!output) throw new WhatranError("usage", `there is no format “${name}”`);
    const write = (text: string) => {
      options.beforeStdout();
      io.stdout.write(text);
    };
    const colour = wantsColour(io, io.stdout, options.colour);
    return [
      { writer: output.open(write, { ...context, colour, width: columnsOf(io.stdout) }), flush() {}, close() {} },
    ];
  }
  // All formats are known, and all files can be written, before the first is made.
  const chosen = options.files.map((file) => [resolve(io.cwd, file), formatOf(file, options)] as const);
  for (const [at, [path]] of chosen.entries()) {
    checkOutput(path, options.clobber || options.grows === "on", io);
    if (chosen.findIndex(([other]) => other === path) !== at)
      throw new WhatranError("usage", `${path} is named twice by --output`);
  }
  const sinks: Sink[] = [];
  for (const [path, info] of chosen) {
    const output = await info.load();
    const file = new ResultFile(path, options);
    const writer = output.open((text) => file.write(text), { ...context, colour: false, width: 120 });
    sinks.push({ writer, file, flush: () => file.flush(), close: () => file.close() });
  }
  return sinks;
}
