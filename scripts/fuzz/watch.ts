import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { ROOT } from "../dist.ts";
import type { Failure, Job, Progress } from "./job.ts";

/** An input that takes so much of the processor hangs, or one that waits so long: a busy machine is not blamed on an input. */
const HANG_MS = 20_000;
const WAIT_MS = 600_000;
const HEAP_MIB = 512;
/** As much as the main thread has, where users run it; a thread has four times that otherwise. */
const STACK_MIB = 1;
/** After so many hangs or deaths the rest is left out. */
const MOST_RESTARTS = 10;

export interface Outcome {
  readonly target: string;
  readonly seed: number;
  readonly progress: Progress;
  readonly failures: readonly Failure[];
}

/** How one worker ended: done, or on which input it hung or died. */
interface Ended {
  readonly progress: Progress;
  readonly failure: Failure | undefined;
}

const NOTHING: Progress = { done: 0, yielding: 0, slowestMs: 0, slowest: 0, peakMiB: 0, failures: [] };

/** The worker as one file of plain JavaScript: Node 20 loads no TypeScript into threads. */
const BUNDLE = join(ROOT, "node_modules", ".cache", "whatran-fuzz", "worker.mjs");

export async function prepare(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
    outfile: BUNDLE,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
}

/** Runs a worker and watches it: an input that hangs is known by its number, as the worker's memory is shared. */
function watched(job: Job, stop: AbortSignal): Promise<Ended> {
  const worker = new Worker(BUNDLE, {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, stackSizeMb: STACK_MIB },
  });
  const current = new Float64Array(job.shared);
  current[0] = -1;
  let progress: Progress = NOTHING;
  let ended = false;
  return new Promise((resolve) => {
    let seen = -1;
    let since = performance.now();
    let used = process.cpuUsage();
    const end = (message?: string) => {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      stop.removeEventListener("abort", aborted);
      const failure = message === undefined ? undefined : { number: current[0] ?? -1, message };
      void worker.terminate().then(() => resolve({ progress, failure }));
    };
    const aborted = () => end();
    const timer = setInterval(() => {
      const at = current[0] ?? -1;
      if (at !== seen) {
        seen = at;
        since = performance.now();
        used = process.cpuUsage();
        return;
      }
      const { user, system } = process.cpuUsage(used);
      const waited = performance.now() - since;
      if (at >= 0 && ((user + system) / 1000 > HANG_MS || waited > WAIT_MS))
        end(`hangs for more than ${Math.round(waited / 1000)} s`);
    }, 500);
    worker.on("message", (message: Progress) => {
      progress = message;
    });
    worker.on("error", (error: Error) => end(`dies: ${error.message}`));
    worker.on("exit", () => end());
    stop.addEventListener("abort", aborted);
  });
}

/** Gives a target so many inputs, or so many seconds; after a hang or a death a new worker goes on behind that input. */
export async function fuzzTarget(
  { target, seed, corpus, from: first }: Pick<Job, "target" | "seed" | "corpus" | "from">,
  inputs: number,
  seconds: number,
  stop: AbortSignal,
): Promise<Outcome> {
  const started = performance.now();
  const failures: Failure[] = [];
  let total: Progress = NOTHING;
  for (let from = first, restarts = 0; restarts < MOST_RESTARTS; restarts += 1) {
    const left = seconds - (performance.now() - started) / 1000;
    if (from >= first + inputs || left <= 0) break;
    const shared = new SharedArrayBuffer(8);
    const { progress, failure } = await watched(
      {
        target,
        seed,
        corpus,
        from,
        inputs: first + inputs - from,
        seconds: left,
        shared,
      },
      stop,
    );
    const slower = progress.slowestMs > total.slowestMs ? progress : total;
    total = {
      done: total.done + progress.done,
      yielding: total.yielding + progress.yielding,
      slowestMs: slower.slowestMs,
      slowest: slower.slowest,
      peakMiB: Math.max(total.peakMiB, progress.peakMiB),
      failures: [],
    };
    failures.push(...progress.failures);
    if (!failure) break;
    if (failure.number < 0) throw new Error(`the worker does not start: ${failure.message}`);
    failures.push(failure);
    from = failure.number + 1;
  }
  return { target, seed, progress: total, failures };
}
