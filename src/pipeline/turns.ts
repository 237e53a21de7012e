import { setImmediate } from "node:timers/promises";

/** How long a Ctrl-C may wait to be heard, in milliseconds. */
const STRETCH = 50;

/** Tells when whoever works without a pause owes one to the event loop, in which signals are heard. */
export class Turns {
  readonly #stretch: number;
  #since = performance.now();

  /** @param stretch milliseconds without a pause */
  constructor(stretch = STRETCH) {
    this.#stretch = stretch;
  }

  /** What to wait for before going on; undefined as long as nobody has waited for long. */
  pause(): Promise<void> | undefined {
    if (performance.now() - this.#since < this.#stretch) return undefined;
    return setImmediate().then(() => {
      this.#since = performance.now();
    });
  }
}

/** What ends work where it fires from now on; where it has fired before, what was read until then is still worked off. */
export const fromNowOn = (signal: AbortSignal | undefined): AbortSignal | undefined =>
  signal?.aborted ? undefined : signal;

/**
 * Does `work` with each item, in turns with the event loop: a run that computes for minutes still ends by a Ctrl-C.
 * @param signal ends the work where it fires meanwhile
 */
export async function inTurns<T>(items: Iterable<T>, work: (item: T) => void, signal?: AbortSignal): Promise<void> {
  const stop = fromNowOn(signal);
  const turns = new Turns();
  for (const item of items) {
    if (stop?.aborted) return;
    work(item);
    const pause = turns.pause();
    if (pause) await pause;
  }
}
