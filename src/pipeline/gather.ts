import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import type { Overrides } from "../catalog/chains/types.ts";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LogRecord } from "../model/record.ts";
import type { InputSummary } from "../outputs/summary.ts";
import { VERSION } from "../version.ts";
import type { FormatChoice } from "./formats-named.ts";
import { inputOptions, PROGRESS_EVERY } from "./input-options.ts";
import type { InputOptions, InputSink } from "./inputs/options.ts";
import { readFound, readInputs } from "./inputs/read-inputs.ts";
import { walk } from "./inputs/walk.ts";
import { Intake, type Stores } from "./intake.ts";
import type { Progress } from "./tally.ts";
import { Pool, workerFile } from "./workers/pool.ts";
import type { Setup, ThreadFlags } from "./workers/protocol.ts";
import { type ReadHere, readShared } from "./workers/read-shared.ts";
import { TaskReader } from "./workers/task-reader.ts";

export interface GatherOptions extends FormatChoice {
  readonly hash?: boolean;
  /** Keeps connections that the detector has no use for, too. */
  readonly everyConnection?: boolean;
  /** Threads that read and detect, this one among them. Default: by the machine and the size of the inputs. */
  readonly threads?: number;
  /** Flags of V8 under which threads start, and those that hold from then on. */
  readonly threadFlags?: ThreadFlags;
  readonly catalogDirs?: readonly string[];
  /** Values of settings of chains, by chain and name. */
  readonly chainSettings?: Overrides;
  /** Called once other threads have started, each with a heap of its own, and before findings begin to wait. */
  onHeld?(): void;
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(progress: Progress): void;
}

/** Bytes below which starting threads takes longer than it saves. */
const LARGE = 128 * 1024 * 1024;
const MOST_THREADS = 4;

/** Starts threads where they make a run faster; undefined where they do not, or do not start. */
export async function startThreads(paths: readonly string[], options: GatherOptions): Promise<Pool | undefined> {
  const threads = options.threads ?? usualThreads(paths);
  const file = workerFile();
  if (threads < 2 || file === undefined) return undefined;
  const { threadFlags } = options;
  threadFlags?.first.forEach(setFlagsFromString);
  const pool = await Pool.start(file, threads - 1, setupOf(options));
  threadFlags?.later.forEach(setFlagsFromString);
  if (pool) options.onHeld?.();
  return pool;
}

/** Reads the inputs and puts the events that matter into the sorter. */
export async function gather(
  paths: readonly string[],
  options: GatherOptions,
  stores: Stores,
  pool?: Pool,
): Promise<void> {
  const { tally } = stores;
  const intake = new Intake(stores, options.everyConnection ?? false);
  const understander = createUnderstander({ joins: false });
  const progress = () => options.onProgress?.(tally.progress());
  const sink: InputSink = {
    record(record: LogRecord) {
      tally.records++;
      if (tally.records % PROGRESS_EVERY === 0) progress();
      for (const event of understander.understand(record)) intake.event(event);
    },
    diagnostic: (diagnostic) => options.onDiagnostic?.(diagnostic),
    input(input: InputSummary) {
      tally.inputs.push(input);
      tally.bytes += input.bytes;
      progress();
    },
  };
  const reading: InputOptions = {
    ...inputOptions(understander, options),
    hash: options.hash ?? false,
    passing: true,
  };
  if (pool) {
    const batch = (...batch: Parameters<Intake["batch"]>) => {
      intake.batch(...batch);
      progress();
    };
    const setup = setupOf(options);
    const { signal } = reading;
    // What workers have sent is taken between two blocks.
    const how = { pace: () => setImmediate(), ...(signal && { signal }) };
    const here: ReadHere = {
      stdin: (found) => readFound(found, reading, sink),
      reader: (send) => new TaskReader(stores.catalog, setup, how, send),
    };
    await readShared(paths, pool, setup, { ...sink, batch }, here, signal);
  } else await readInputs(paths, reading, sink.record, sink.diagnostic, sink.input);
  intake.end();
}

function setupOf(options: GatherOptions): Setup {
  const { catalogDirs = [], hash = false, everyConnection = false, chainSettings, inputFormat, mapping } = options;
  const { threadFlags } = options;
  return {
    version: VERSION,
    catalogDirs,
    hash,
    everyConnection,
    ...(chainSettings && { chainSettings }),
    ...(inputFormat !== undefined && { inputFormat }),
    ...(mapping && { mapping }),
    ...(threadFlags && { flags: threadFlags }),
  };
}

/** As many as there are processors; small inputs are read by this thread alone. */
function usualThreads(paths: readonly string[]): number {
  const threads = Math.min(availableParallelism(), MOST_THREADS);
  if (threads < 2) return 1;
  let size = 0n;
  for (const found of walk(paths)) {
    if (found.kind === "file") size += found.stats.size;
    if (size >= LARGE) return threads;
  }
  return 1;
}
