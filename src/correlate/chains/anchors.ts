import type { Chain, StepTest } from "../../catalog/chains/types.ts";
import { Memory } from "../../cmdline/memory.ts";
import type { Event } from "../../model/event.ts";
import type { Seen } from "./seen.ts";
import { mayBeDoneBy, mayPass } from "./test.ts";

/** Characters of keys that a generation of what is remembered may take. */
const REMEMBERED = 1 << 19;

/** The chains for the latest event that was resolved to the same, and what of it they rest on. */
interface Latest extends Pick<Seen, "image" | "shown"> {
  readonly kind: Event["kind"];
  readonly platform: Event["platform"];
  readonly chains: readonly Chain[];
}

/**
 * Finds the chains that an event may begin. What their tests ask of the program, of the path and of what runs is looked at once for
 * each of these that occurs: most events then begin none.
 */
export class Anchors {
  readonly #shelves = new Map<string, readonly Chain[]>();
  readonly #known = new Memory<readonly Chain[]>(REMEMBERED);
  /** By program and behaviours alone, which few events differ in. */
  readonly #byProgram = new Memory<readonly Chain[]>(REMEMBERED);
  /** For events that were resolved. Lines come again and again, from the same program, and with them what they resolve to. */
  readonly #resolved = new WeakMap<object, Latest>();

  constructor(chains: readonly Chain[]) {
    for (const chain of chains)
      for (const kind of chain.steps[chain.anchor]?.components ?? []) {
        const key = `${chain.platform}|${kind}`;
        this.#shelves.set(key, [...(this.#shelves.get(key) ?? []), chain]);
      }
  }

  of(seen: Seen): readonly Chain[] {
    const { event, image, shown, invocations } = seen;
    const { kind, platform } = event;
    if (!invocations) {
      const key = `${platform}|${kind}|${image?.length}|${image}|${shown}`;
      return this.#known.get(key, () => this.#find(seen));
    }
    const latest = this.#resolved.get(invocations);
    const isSame = latest?.kind === kind && latest.platform === platform;
    if (isSame && latest.image === image && latest.shown === shown) return latest.chains;
    const chains = this.#find(seen);
    this.#resolved.set(invocations, { kind, platform, image, shown, chains });
    return chains;
  }

  #find(seen: Seen): readonly Chain[] {
    const { event, image, binaries, behaviours } = seen;
    const shelf = `${event.platform}|${event.kind}`;
    const ids = behaviours.map(({ id }) => id);
    const key = `${shelf}|${binaries.length}|${ids.length}|${[...binaries, ...ids].join("|")}|${image}`;
    const left = this.#byProgram.get(key, () => mayBegin(this.#shelves.get(shelf) ?? [], seen, mayBeDoneBy));
    return mayBegin(left, seen, mayPass);
  }
}

/** Those of the chains of which a test of the anchor may pass. */
function mayBegin(
  chains: readonly Chain[],
  seen: Seen,
  may: (test: StepTest, seen: Seen) => boolean,
): readonly Chain[] {
  return chains.filter(({ steps, anchor }) => {
    const { tests } = steps[anchor]!;
    return tests.length === 0 || tests.some((test) => may(test, seen));
  });
}
