import { ByteSource } from "../../decode/container/byte-source.ts";
import { ContainerGuard } from "../../decode/container/guard.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LogRecord } from "../../model/record.ts";
import { fileBlocks, observed, type Reading } from "./blocks.ts";
import { readContent } from "./content.ts";
import type { InputOptions, InputSink, InputSummary } from "./options.ts";
import { skipped } from "./stream.ts";
import { type Found, walk } from "./walk.ts";

/**
 * Reads files, folders (recursively, in the order of names), pipes and `-`, one after the other. Each real file is read
 * once. Bad input never throws: it becomes a diagnostic and a summary. An error thrown by a callback ends the run.
 */
export async function readInputs(
  paths: readonly string[],
  options: InputOptions,
  onRecord: (record: LogRecord) => void,
  onDiagnostic: (diagnostic: Diagnostic) => void,
  onInput: (summary: InputSummary) => void,
): Promise<void> {
  const sink: InputSink = { record: onRecord, diagnostic: onDiagnostic, input: onInput };
  for (const found of walk(paths)) {
    if (options.signal?.aborted) return;
    if (found.kind === "problem") refuse(found, sink);
    else await readFound(found, options, sink);
  }
}

/** Says that something cannot be read. */
export function refuse(found: Found & { kind: "problem" }, sink: InputSink): void {
  const { code, message, name } = found;
  sink.diagnostic({ code, message, file: name });
  sink.input(skipped(name, message));
}

/** Reads one file, pipe or standard input, and says what became of it. */
export async function readFound(
  found: Exclude<Found, { kind: "problem" }>,
  options: InputOptions,
  sink: InputSink,
): Promise<void> {
  const { signal } = options;
  const file = found.name;
  const reading: Reading = { bytes: 0 };
  const raw = found.kind === "stdin" ? stdin(options) : fileBlocks(found, reading);
  const source = new ByteSource(observed(raw, reading, options.hash === true, signal));
  const guard = new ContainerGuard(() => reading.bytes, options.limits);
  try {
    await source.peek(1);
    const unread = reading.failed !== undefined && reading.bytes === 0;
    const named = found.kind === "stdin" || found.named;
    const summary = unread
      ? skipped(file, reading.failed!)
      : await readContent(source, { file, named, depth: 0, guard }, options, sink);
    if (options.hash) await source.skip(Number.POSITIVE_INFINITY);
    const { bytes, sha256, failed, changed } = reading;
    if (failed !== undefined) sink.diagnostic({ code: "input/unreadable", message: failed, file, offset: bytes });
    if (changed !== undefined) sink.diagnostic({ code: "input/changed", message: changed, file });
    sink.input(sha256 === undefined ? { ...summary, bytes } : { ...summary, bytes, sha256 });
  } finally {
    await source.close();
  }
}

function stdin(options: InputOptions): AsyncIterable<Uint8Array> {
  return options.stdin ?? process.stdin;
}
