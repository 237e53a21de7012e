import { parentPort, workerData } from "node:worker_threads";
import { mutated } from "../../test/fuzz/mutate.ts";
import { Dice } from "../../test/fuzz/random.ts";
import { TARGETS } from "../../test/fuzz/targets.ts";
import type { Job, Progress } from "./job.ts";

/** Inputs between two looks at the clock and at memory. */
const LOOK_EVERY = 256;

const { target: name, seed, corpus: parts, from, inputs, seconds, shared } = workerData as Job;
const target = TARGETS.find((one) => one.name === name)!;
const corpus = parts.map((part) => Buffer.from(part));
/** The number of the input at hand, for the watcher: a hang says nothing else. */
const current = new Float64Array(shared);
const started = performance.now();
const progress: Progress = { done: 0, yielding: 0, slowestMs: 0, slowest: from, peakMiB: 0, failures: [] };

function look(): void {
  const { heapUsed, external } = process.memoryUsage();
  progress.peakMiB = Math.max(progress.peakMiB, Math.round((heapUsed + external) / (1 << 20)));
  parentPort?.postMessage(progress);
}

for (let number = from; number < from + inputs; number += 1) {
  const bytes = number === 0 ? corpus[0]! : mutated(corpus, new Dice(seed, number));
  current[0] = number;
  const before = performance.now();
  try {
    const found = target.run(bytes);
    if ((typeof found === "number" ? found : await found) > 0) progress.yielding += 1;
  } catch (error) {
    progress.failures.push({
      number,
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    if (progress.failures.length >= 20) break;
  }
  const took = performance.now() - before;
  if (took > progress.slowestMs) {
    progress.slowestMs = took;
    progress.slowest = number;
  }
  progress.done += 1;
  if (progress.done % LOOK_EVERY !== 0) continue;
  look();
  if (performance.now() - started > seconds * 1000) break;
}
look();
