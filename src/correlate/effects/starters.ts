import type { Chain, StepTest } from "../../catalog/chains/types.ts";
import { memoryOf } from "../../cmdline/memory.ts";
import type { Platform, ProcessCreation } from "../../model/event.ts";
import { type Seen, seenAlone } from "../chains/seen.ts";
import { mayBeStartedBy, mayPass } from "../chains/test.ts";

/** Characters of paths that a generation of what is remembered may take. */
const REMEMBERED = 1 << 18;

const NONE: readonly Chain[] = [];

/**
 * Tells the starts of which no analytic tells, by who starts and by what is started, each looked at once: hardly an analytic asks for
 * both of an ordinary start.
 */
export class Starters {
  readonly #chains: readonly Chain[];
  readonly #byParent = memoryOf<Platform, readonly Chain[]>(REMEMBERED);
  readonly #byStarted = memoryOf<Platform, readonly Chain[]>(REMEMBERED);

  /** @param chains those that rest on one event */
  constructor(chains: readonly Chain[]) {
    this.#chains = chains.filter(({ steps: [step] }) => step?.components.includes("processCreation"));
  }

  /**
   * Whether one of the analytics may tell of a start; of those whose source has another name for the process, too, it may.
   * @param parent the file of who started it
   */
  mayTell(event: ProcessCreation, parent: string | undefined): boolean {
    const { image, platform, process } = event;
    if (image === undefined || parent === undefined || process.image !== image) return true;
    const started = this.#byStarted(platform).get(image, () => this.#those(event, undefined, mayPass));
    if (started.length === 0) return false;
    const caused = this.#byParent(platform).get(parent, () => this.#those(event, parent, mayBeStartedBy));
    return started.some((chain) => caused.includes(chain));
  }

  /** Those of which a test may pass. */
  #those(event: ProcessCreation, parent: string | undefined, may: (test: StepTest, seen: Seen) => boolean) {
    const seen = seenAlone(event, parent);
    const chains = this.#chains.filter(
      ({ platform, steps: [step] }) => platform === event.platform && step!.tests.some((test) => may(test, seen)),
    );
    return chains.length === 0 ? NONE : chains;
  }
}
