import { join } from "node:path";
import { removeTemporary, temporaryFolder } from "../temporary.ts";
import { Count } from "./count.ts";
import { dayOf } from "./days.ts";
import { BaselineFile, type BaselineHeader, type Entry } from "./file.ts";
import { byKey } from "./key-index.ts";
import { mergeEntries, mergeHeaders } from "./merge.ts";
import { writeBaseline } from "./write.ts";

/** Keys that are held in memory before they are written to a run on disk. */
const MAX_HELD = 200_000;

/** Where and when something was seen. */
export interface Occasion {
  /** Name of the source log: learning it again changes nothing. */
  readonly shard: string;
  readonly host: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** Counts keys; memory is bounded, runs spill to disk. */
export class Learner {
  readonly #counts = new Map<string, Count>();
  readonly #fleet = new Count();
  readonly #runs: string[] = [];
  #folder: string | undefined;

  learn(keys: readonly string[], { shard, host, time }: Occasion): void {
    const day = dayOf(time);
    for (const key of keys) {
      let count = this.#counts.get(key);
      if (!count) {
        count = new Count();
        this.#counts.set(key, count);
      }
      count.add(shard, host, day);
    }
    if (this.#counts.size > MAX_HELD) this.#spill();
  }

  /** Notes that a host was watched on a day, whatever happened there. */
  witness({ host, time }: Occasion): void {
    this.#fleet.add("", host, dayOf(time), 0);
  }

  #sorted(): Entry[] {
    return [...this.#counts].map(([key, count]) => ({ key, count })).sort((a, b) => byKey(a.key, b.key));
  }

  #header(tool: string): BaselineHeader {
    const fleet = this.#fleet;
    const empty = fleet.last < fleet.first;
    return {
      schema: "whatran/baseline/1",
      tool,
      first: empty ? 0 : fleet.first,
      last: fleet.last,
      fleet: fleet.encode().toString("base64"),
    };
  }

  #spill(): void {
    this.#folder ??= temporaryFolder("whatran-learn-");
    const path = join(this.#folder, `${this.#runs.length}.run`);
    writeBaseline(path, this.#header("run"), this.#sorted());
    this.#runs.push(path);
    this.#counts.clear();
  }

  /** Joins what was learnt to an existing baseline, if there is one, and writes the result in its place. */
  finish(target: string, tool: string, existing?: BaselineFile): number {
    const runs = this.#runs.map((path) => new BaselineFile(path));
    const own = this.#header(tool);
    const header = existing ? mergeHeaders([existing.header, own], tool) : own;
    const streams: Iterable<Entry>[] = [...runs.map((run) => run.entries()), this.#sorted()];
    if (existing) streams.push(existing.entries());
    try {
      return writeBaseline(target, header, mergeEntries(streams));
    } finally {
      for (const run of runs) run.close();
      this.close();
    }
  }

  /** Removes what was spilled. */
  close(): void {
    if (this.#folder !== undefined) removeTemporary(this.#folder);
    this.#folder = undefined;
  }
}
