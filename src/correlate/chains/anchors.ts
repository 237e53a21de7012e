import type { Chain } from "../../catalog/chains/types.ts";
import { Memory } from "../../cmdline/memory.ts";
import type { Seen } from "./seen.ts";
import { mayPass } from "./test.ts";

/** Characters of keys that a generation of what is remembered may take, and those for one command line. */
const REMEMBERED = 1 << 19;
const OF_ONE_LINE = 1 << 9;

type Known = Memory<readonly Chain[]>;

/**
 * Finds the chains that an event may begin. What their tests ask of the program, of the path and of what runs is looked at once for
 * each of these that occurs: most events then begin none.
 */
export class Anchors {
  readonly #shelves = new Map<string, readonly Chain[]>();
  readonly #known: Known = new Memory(REMEMBERED);
  /** For events that were resolved. Lines come again and again, and with them what they resolve to. */
  readonly #resolved = new WeakMap<object, Known>();

  constructor(chains: readonly Chain[]) {
    for (const chain of chains)
      for (const kind of chain.steps[chain.anchor]?.components ?? []) {
        const key = `${chain.platform}|${kind}`;
        this.#shelves.set(key, [...(this.#shelves.get(key) ?? []), chain]);
      }
  }

  of(seen: Seen): readonly Chain[] {
    const { event, image, shown } = seen;
    const shelf = this.#shelves.get(`${event.platform}|${event.kind}`);
    if (!shelf) return [];
    const key = `${event.platform}|${event.kind}|${image?.length}|${image}|${shown}`;
    return this.#memoryOf(seen).get(key, () =>
      shelf.filter((chain) => {
        const { tests } = chain.steps[chain.anchor]!;
        return tests.length === 0 || tests.some((test) => mayPass(test, seen));
      }),
    );
  }

  #memoryOf({ invocations }: Seen): Known {
    if (!invocations) return this.#known;
    let known = this.#resolved.get(invocations);
    if (!known) {
      known = new Memory(OF_ONE_LINE);
      this.#resolved.set(invocations, known);
    }
    return known;
  }
}
