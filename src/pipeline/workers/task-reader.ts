import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Catalog } from "../../catalog/catalog.ts";
import { isWanted } from "../../correlate/interest.ts";
import { createUnderstander } from "../../events/registry.ts";
import { evtx } from "../../formats/evtx.ts";
import { reasonOf } from "../../model/reason.ts";
import type { LogRecord } from "../../model/record.ts";
import { inputOptions } from "../input-options.ts";
import type { InputOptions, InputSink } from "../inputs/options.ts";
import { readFound } from "../inputs/read-inputs.ts";
import { Tally } from "../inputs/stream.ts";
import { BatchWriter } from "./batch-writer.ts";
import type { Batch, Setup, Task } from "./protocol.ts";

const BLOCK = 1 << 20;

/** Carries out tasks, one at a time, and sends what they yield. */
export class TaskReader {
  readonly #writer: BatchWriter;
  readonly #sink: InputSink;
  readonly #options: InputOptions;

  /** Between two blocks `pace` is waited for. */
  constructor(
    catalog: Catalog,
    setup: Setup,
    { signal, pace }: Pick<InputOptions, "signal" | "pace">,
    send: (batch: Batch) => void,
  ) {
    const writer = new BatchWriter(send);
    const understander = createUnderstander({ joins: false });
    this.#writer = writer;
    this.#sink = {
      record(record: LogRecord) {
        writer.record();
        for (const event of understander.understand(record))
          writer.event(event, isWanted(event, catalog, setup.everyConnection));
      },
      diagnostic: (diagnostic) => writer.tell({ diagnostic }),
      input: (input) => writer.tell({ input }),
    };
    this.#options = {
      ...inputOptions(understander, { ...setup, ...(signal && { signal }) }),
      hash: setup.hash,
      passing: true,
      ...(pace && { pace }),
    };
  }

  async read(task: Task): Promise<void> {
    this.#writer.begin(task.number);
    if (task.range) this.#writer.end(await readRange(task, task.range, this.#options, this.#sink));
    else {
      await readFile(task, this.#options, this.#sink);
      this.#writer.end({ found: 0, damaged: 0 });
    }
  }
}

async function readFile({ path, name, named }: Task, options: InputOptions, sink: InputSink): Promise<void> {
  try {
    const stats = statSync(path, { bigint: true });
    await readFound({ kind: "file", path, name, named, stats }, options, sink);
  } catch (error) {
    // It was there a moment ago.
    if ((error as NodeJS.ErrnoException).syscall !== "stat") throw error;
    sink.diagnostic({ code: "input/unreadable", message: reasonOf(error), file: name });
    sink.input({ file: name, bytes: 0, records: 0, damaged: 0, skipped: true, reason: reasonOf(error) });
  }
}

/** Reads a part of a Windows event log; says how many records were found in it. */
async function readRange(
  { path, name }: Task,
  { from, to }: NonNullable<Task["range"]>,
  { wants, signal, pace }: InputOptions,
  sink: InputSink,
): Promise<{ found: number; damaged: number }> {
  const tally = new Tally(sink);
  const counting = tally.counting(wants);
  const reader = evtx.open({ file: name, offset: from, passing: true, ...(counting && { wants: counting }) }, tally);
  const block = Buffer.allocUnsafeSlow(BLOCK);
  let at = from;
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    while (at < to && !signal?.aborted) {
      const size = readSync(file, block, 0, Math.min(BLOCK, to - at), at);
      if (size === 0 || !tally.guard(name, () => reader.push(block.subarray(0, size)))) break;
      at += size;
      await pace?.();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    sink.diagnostic({ code: "input/unreadable", message: reasonOf(error), file: name, offset: at });
  } finally {
    if (file !== undefined) closeSync(file);
  }
  if (!signal?.aborted) tally.guard(name, () => reader.end());
  return { found: tally.records, damaged: tally.damaged };
}
