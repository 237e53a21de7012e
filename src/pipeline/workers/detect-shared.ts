import { EventStore } from "../../events/store.ts";
import { copies } from "../sort/copies.ts";
import type { Entry } from "../sort/entry.ts";
import type { EventSorter } from "../sort.ts";
import { fromNowOn, Turns } from "../turns.ts";
import type { Detecting, Outcome, Portion } from "./protocol.ts";

/** Bytes of events that are sent at a time, and portions that a worker may have before it. */
const FULL = 256 * 1024;
const AHEAD = 3;
/** Findings that may wait for the turn of their host; then only the host whose turn it is goes on. */
const MAX_WAITING = 4096;

/** How long this thread detects before it looks after the others, in milliseconds: a line that nobody has seen may take as long. */
const TURN = 2;

/** Threads that detect: a pool, as far as this needs one. */
export interface Detectors {
  readonly size: number;
  readonly failure: Promise<Error>;
  beginDetecting(detecting: Detecting): void;
  detect(number: number, portion: Portion): Promise<readonly Outcome[]>;
}

/** This thread as one that detects: see HostDetector. */
export interface DetectsHere {
  push(event: Pick<Entry, "store" | "at">): readonly Outcome[];
  end(): readonly Outcome[];
}

/**
 * Has worker threads and this one detect, each in the events of one host after another, and hands over what they find in the order in which one
 * thread would have found it, host by host.
 */
export async function detectShared(
  pool: Detectors,
  here: DetectsHere,
  sorter: Pick<EventSorter, "hosts" | "of">,
  detecting: Detecting,
  give: (outcome: Outcome) => void,
  signal?: AbortSignal,
): Promise<void> {
  const stop = fromNowOn(signal);
  const hosts = sorter.hosts();
  const results = hosts.map(() => ({ found: [] as Outcome[], isOver: false }));
  const failed = pool.failure.then((error) => Promise.reject(error));
  failed.catch(() => {});
  let next = 0;
  let turn = 0;
  let waiting = 0;
  const paused: (() => void)[] = [];

  const take = (host: number, found: readonly Outcome[]): void => {
    results[host]!.found.push(...found);
    waiting += found.length;
  };
  const handOver = (): void => {
    for (; turn < hosts.length; turn++) {
      const { found, isOver } = results[turn]!;
      waiting -= found.length;
      for (const outcome of found.splice(0)) give(outcome);
      if (!isOver) break;
    }
    for (const resume of paused.splice(0)) resume();
  };
  const turnOf = async (host: number): Promise<void> => {
    while (waiting > MAX_WAITING && turn < host) await new Promise<void>((resume) => paused.push(resume));
  };
  const work = async (worker: number): Promise<void> => {
    // What comes of one host's end is not waited for before the next begins.
    const sent: Promise<void>[] = [];
    for (let host = next++; host < hosts.length; host = next++) {
      for (const portion of portionsOf(sorter, hosts[host]!, stop)) {
        if (sent.length === AHEAD) await sent.shift();
        await turnOf(host);
        const answer = pool.detect(worker, portion).then((detected) => {
          take(host, detected);
          results[host]!.isOver = portion.isLast;
          handOver();
        });
        sent.push(answer);
      }
    }
    await Promise.all(sent);
  };
  const workHere = async (): Promise<void> => {
    const turns = new Turns(TURN);
    for (let host = next++; host < hosts.length; host = next++) {
      for (const event of sorter.of(hosts[host]!)) {
        if (stop?.aborted) break;
        take(host, here.push(event));
        const pause = turns.pause();
        if (!pause) continue;
        handOver();
        await pause;
        await turnOf(host);
      }
      take(host, here.end());
      results[host]!.isOver = true;
      handOver();
    }
  };
  pool.beginDetecting(detecting);
  const all = Array.from({ length: pool.size }, (_, worker) => work(worker));
  await Promise.race([failed, Promise.all([...all, workHere()])]);
}

/** The events of a host, in order; the last portion says that it is. */
function* portionsOf(sorter: Pick<EventSorter, "of">, host: string, stop: AbortSignal | undefined): Generator<Portion> {
  let store = new EventStore();
  let copy = copies(store);
  for (const event of sorter.of(host)) {
    if (stop?.aborted) break;
    if (store.size > FULL) {
      yield { events: store.pack(), isLast: false };
      store = new EventStore();
      copy = copies(store);
    }
    copy(event);
  }
  yield { events: store.pack(), isLast: true };
}
