import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { VERSION } from "../../version.ts";
import type { Batch, Detecting, Order, Outcome, Portion, Report, Setup, Task } from "./protocol.ts";

/** Where the worker's program may stand: beside the file that this code is bundled in, or above its chunks. */
const PLACES = ["./worker.js", "../worker.js"];
/** Records are forgotten at once: room for young objects, of which each worker has its own, only puts off taking it back. */
const YOUNG = { maxYoungGenerationSizeMb: 8 };
/** Tasks that a worker may have: it need not wait for the next while others are busy. */
const TASKS = 2;
/** A worker that has not come up by then will not: milliseconds. */
const PATIENCE = 20_000;

/** The worker's program; undefined where there is none, as in the single-file program and when running from sources. */
export function workerFile(): string | undefined {
  return PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url))).find((path) => existsSync(path));
}

/** Threads beside this one that read, each one task at a time, and then detect, each in the events of one host at a time. */
export class Pool {
  readonly #workers: readonly Worker[];
  /** Each as often as it may have another task. */
  readonly #idle: Worker[];
  readonly #of = new Map<number, Worker>();
  /** Who waits for what comes of portions, in their order. */
  readonly #waiting: ((detected: readonly Outcome[]) => void)[][];
  /** Takes what tasks yield. */
  onBatch: (batch: Batch) => void = () => {};
  /** Resolves where a worker fails. */
  readonly failure: Promise<Error>;

  private constructor(workers: readonly Worker[]) {
    this.#workers = workers;
    this.#idle = Array.from({ length: TASKS }, () => workers).flat();
    this.#waiting = workers.map(() => []);
    for (const [number, worker] of workers.entries()) {
      worker.on("message", (report: Report) => {
        if ("detected" in report) this.#waiting[number]!.shift()!(report.detected);
        if (!("batch" in report)) return;
        if (report.batch.end) this.#idle.push(worker);
        this.onBatch(report.batch);
      });
    }
    this.failure = new Promise((resolve) => {
      for (const worker of workers) {
        worker.on("error", (error) => resolve(error instanceof Error ? error : new Error(String(error))));
      }
    });
  }

  /** Starts workers; undefined where they do not start. */
  static async start(file: string, count: number, setup: Setup): Promise<Pool | undefined> {
    const workers: Worker[] = [];
    try {
      for (let i = 0; i < count; i++) {
        workers.push(new Worker(file, { workerData: setup, stdin: false, resourceLimits: YOUNG }));
      }
      await Promise.all(workers.map(ready));
      return new Pool(workers);
    } catch {
      await Promise.all(workers.map((worker) => worker.terminate()));
      return undefined;
    }
  }

  get size(): number {
    return this.#workers.length;
  }

  get hasIdle(): boolean {
    return this.#idle.length > 0;
  }

  give(task: Task): void {
    const worker = this.#idle.shift()!;
    this.#of.set(task.number, worker);
    worker.postMessage({ task } satisfies Order);
  }

  /** A batch of this task has been taken. */
  taken(task: number): void {
    this.#of.get(task)?.postMessage({ taken: 1 } satisfies Order);
  }

  abort(): void {
    for (const worker of this.#workers) worker.postMessage({ abort: true } satisfies Order);
  }

  /** All tasks are done; from now on workers detect. */
  beginDetecting(detecting: Detecting): void {
    for (const worker of this.#workers) worker.postMessage({ detecting } satisfies Order);
  }

  /** What the worker of a number finds in a portion. */
  detect(number: number, portion: Portion): Promise<readonly Outcome[]> {
    this.#workers[number]!.postMessage({ portion } satisfies Order, [portion.events.words.buffer as ArrayBuffer]);
    return new Promise((resolve) => this.#waiting[number]!.push(resolve));
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("a worker does not start")), PATIENCE);
    const settle = (step: () => void) => {
      clearTimeout(timer);
      step();
    };
    // Stays: where one worker does not start, the others are ended, and may fail as well.
    worker.on("error", (error) => settle(() => reject(error)));
    worker.once("exit", () => settle(() => reject(new Error("a worker ended"))));
    worker.once("message", (report: Report) => {
      const isRight = "ready" in report && report.ready === VERSION;
      settle(() => (isRight ? resolve() : reject(new Error("a worker of another version"))));
    });
  });
}
