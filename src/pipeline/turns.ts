import { setImmediate } from "node:timers/promises";

/** How long a Ctrl-C may wait to be heard, in milliseconds. */
const STRETCH = 50;

/** Tells when whoever works without a pause owes one to the event loop, in which signals are heard. */
export class Turns {
  #since = performance.now();

  /** What to wait for before going on; undefined as long as nobody has waited for long. */
  pause(): Promise<void> | undefined {
    if (performance.now() - this.#since < STRETCH) return undefined;
    return setImmediate().then(() => {
      this.#since = performance.now();
    });
  }
}

/**
 * Does `work` with each item, in turns with the event loop: a run that computes for minutes still ends by a Ctrl-C.
 * @param signal ends the work where it fires meanwhile; where it has fired before, what is there is still worked off
 */
export async function inTurns<T>(items: Iterable<T>, work: (item: T) => void, signal?: AbortSignal): Promise<void> {
  const stop = signal?.aborted ? undefined : signal;
  const turns = new Turns();
  for (const item of items) {
    if (stop?.aborted) return;
    work(item);
    const pause = turns.pause();
    if (pause) await pause;
  }
}
