import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { MessagePort } from "node:worker_threads";
import { loadCatalog } from "../../catalog/load.ts";
import { isWanted, SUBSCRIBED } from "../../correlate/interest.ts";
import { createUnderstander } from "../../events/registry.ts";
import { evtx } from "../../formats/evtx.ts";
import type { LogRecord } from "../../model/record.ts";
import { VERSION } from "../../version.ts";
import { formatsNamed } from "../formats-named.ts";
import type { InputOptions, InputSink } from "../inputs/options.ts";
import { readFound } from "../inputs/read-inputs.ts";
import { reasonOf } from "../inputs/reason.ts";
import { Tally } from "../inputs/stream.ts";
import { BatchWriter } from "./batch-writer.ts";
import { HostDetector } from "./host-detector.ts";
import type { Order, Report, Setup, Task } from "./protocol.ts";

/** Batches that may be on their way before the worker waits for them to be taken. */
const MAX_UNTAKEN = 8;
const BLOCK = 1 << 20;

/** Reads what it is told to, and sends the events that matter; then detects in those it is sent; until its thread is ended. */
export async function serve(port: MessagePort, setup: Setup): Promise<void> {
  const catalog = await loadCatalog(setup.catalogDirs, setup.chainSettings);
  const understander = createUnderstander({ kinds: SUBSCRIBED, joins: false });
  const formats = formatsNamed(setup);
  const controller = new AbortController();
  let untaken = 0;
  let wake: (() => void) | undefined;
  const writer = new BatchWriter((batch) => {
    untaken++;
    port.postMessage({ batch }, [batch.events.words.buffer as ArrayBuffer]);
  });
  const sink: InputSink = {
    record(record: LogRecord) {
      writer.record();
      for (const event of understander.understand(record))
        writer.event(event, isWanted(event, catalog, setup.everyConnection));
    },
    diagnostic: (diagnostic) => writer.tell({ diagnostic }),
    input: (input) => writer.tell({ input }),
  };
  const options: InputOptions = {
    hash: setup.hash,
    passing: true,
    wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape),
    signal: controller.signal,
    pace: () => (untaken < MAX_UNTAKEN ? undefined : new Promise<void>((resolve) => (wake = resolve))),
    ...(formats && { formats }),
  };
  const run = async (task: Task): Promise<void> => {
    writer.begin(task.number);
    if (task.range) writer.end(await readRange(task, task.range, options, sink));
    else {
      await readFile(task, options, sink);
      writer.end({ found: 0, damaged: 0 });
    }
  };
  let last = Promise.resolve();
  let detector: HostDetector | undefined;
  port.on("message", (order: Order) => {
    if ("task" in order) last = last.then(() => run(order.task));
    else if ("abort" in order) controller.abort();
    else if ("detecting" in order) detector = new HostDetector(catalog, order.detecting);
    else if ("portion" in order) port.postMessage({ detected: detector!.take(order.portion) } satisfies Report);
    else {
      untaken -= order.taken;
      if (untaken < MAX_UNTAKEN) wake?.();
    }
  });
  port.postMessage({ ready: VERSION });
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
  let at = from;
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    while (at < to && !signal?.aborted) {
      const block = Buffer.allocUnsafeSlow(Math.min(BLOCK, to - at));
      const size = readSync(file, block, 0, block.length, at);
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
