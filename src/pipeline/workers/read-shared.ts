import { statSync } from "node:fs";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { changeOf } from "../inputs/blocks.ts";
import type { InputSummary } from "../inputs/options.ts";
import { refuse } from "../inputs/read-inputs.ts";
import { type Found, walk } from "../inputs/walk.ts";
import type { Pool } from "./pool.ts";
import type { Batch, Setup, Task } from "./protocol.ts";
import type { TaskReader } from "./task-reader.ts";
import { rangesOf } from "./tasks.ts";

/** Where what workers read goes: in the order in which one thread would have read it. */
export interface SharedSink {
  /** `base` is to be added to the index of each of the batch's records. */
  batch(batch: Batch, base: number): void;
  diagnostic(diagnostic: Diagnostic): void;
  input(summary: InputSummary): void;
}

/** One step of the order: a task of a worker, or something that is done here. */
interface Step {
  readonly task?: Task;
  readonly here?: () => void | Promise<void>;
  /** The parts of a file share what was found in those before. */
  readonly part?: Part;
  readonly batches: Batch[];
}

interface Part {
  readonly found: Found & { readonly kind: "file" };
  readonly isLast: boolean;
  readonly sums: { records: number; damaged: number };
}

/** Tasks that may be ahead of the one whose turn it is, for each worker. */
const AHEAD = 4;

/** How this thread itself reads, beside the workers. */
export interface ReadHere {
  /** What only this thread can read. */
  stdin(found: Found & { readonly kind: "stdin" }): Promise<void>;
  /** Carries out tasks as workers do; gives way to what workers send now and then. */
  reader(send: (batch: Batch) => void): TaskReader;
}

/** Reads files with worker threads and with this one, and hands over what they yield as one thread would. */
export async function readShared(
  paths: readonly string[],
  pool: Pool,
  setup: Setup,
  sink: SharedSink,
  here: ReadHere,
  signal: AbortSignal | undefined,
): Promise<void> {
  const steps = stepsOf(paths, setup, sink, here.stdin);
  /** The step whose turn it is, and the first that nobody has begun. */
  let at = 0;
  let next = 0;
  let wake = () => {};
  let error: unknown;
  const limit = () => Math.min(steps.length, at + (pool.size + 1) * AHEAD);
  const share = () => {
    for (; next < limit() && pool.hasIdle && !signal?.aborted; next++)
      if (steps[next]!.task) pool.give(steps[next]!.task!);
  };
  const advance = () => {
    while (at < steps.length && takeBatches(steps[at]!, pool, sink)) at++;
  };
  const onBatch = (batch: Batch) => {
    steps[batch.task]!.batches.push(batch);
    try {
      advance();
      share();
    } catch (reason) {
      error = reason;
    }
    wake();
  };
  const reader = here.reader(onBatch);
  pool.onBatch = onBatch;
  void pool.failure.then((reason) => {
    error = reason;
    wake();
  });
  const abort = () => pool.abort();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    for (;;) {
      advance();
      share();
      const step = steps[at];
      if (!step || error !== undefined || (signal?.aborted && at >= next)) break;
      if (step.here) {
        await step.here();
        next = Math.max(next, ++at);
        continue;
      }
      // A whole file may yield more than can be held until its turn comes.
      const mine = steps[next];
      if (next < limit() && mine?.task && (mine.task.range || next === at) && !signal?.aborted) {
        next++;
        await reader.read(mine.task);
        continue;
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
    if (error !== undefined) throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

function stepsOf(
  paths: readonly string[],
  { hash, inputFormat }: Setup,
  sink: SharedSink,
  readHere: (found: Found & { readonly kind: "stdin" }) => Promise<void>,
): Step[] {
  const steps: Step[] = [];
  for (const found of walk(paths)) {
    if (found.kind === "problem") steps.push({ here: () => refuse(found, { record: () => {}, ...sink }), batches: [] });
    else if (found.kind === "stdin") steps.push({ here: () => readHere(found), batches: [] });
    else {
      const { path, name, named } = found;
      const mayShare = !hash && (inputFormat === undefined || inputFormat === "evtx");
      const ranges = mayShare ? rangesOf(found) : undefined;
      const sums = { records: 0, damaged: 0 };
      if (!ranges) steps.push({ task: { number: steps.length, path, name, named }, batches: [] });
      for (const [i, range] of (ranges ?? []).entries()) {
        const part = { found, isLast: i + 1 === ranges!.length, sums };
        steps.push({ task: { number: steps.length, path, name, named, range }, part, batches: [] });
      }
    }
  }
  return steps;
}

/** Hands over what has come of a step; true once that was all. */
function takeBatches({ batches, part }: Step, pool: Pool, sink: SharedSink): boolean {
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    const base = part ? part.sums.records + part.sums.damaged : 0;
    sink.batch(batch, base);
    for (const told of batch.told) {
      if ("input" in told) sink.input(told.input);
      else {
        const { diagnostic } = told;
        const { index } = diagnostic;
        sink.diagnostic(index === undefined ? diagnostic : { ...diagnostic, index: index + base });
      }
    }
    pool.taken(batch.task);
    if (!batch.end) continue;
    if (part) endPart(part, batch.end, sink);
    return true;
  }
  return false;
}

function endPart({ found, isLast, sums }: Part, end: NonNullable<Batch["end"]>, sink: SharedSink): void {
  sums.records += end.found;
  sums.damaged += end.damaged;
  if (!isLast) return;
  const bytes = Number(found.stats.size);
  const file = found.name;
  const message = changeOf(bytes, statSync(found.path, { throwIfNoEntry: false })?.size ?? bytes);
  if (message !== undefined) sink.diagnostic({ code: "input/changed", message, file });
  sink.input({ file, bytes, ...sums, skipped: false, format: "evtx" });
}
