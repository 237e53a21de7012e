import type { Chain } from "../../catalog/chains/types.ts";
import { Memory } from "../../cmdline/memory.ts";
import type { Event } from "../../model/event.ts";
import type { Seen } from "./seen.ts";
import { mayPass } from "./test.ts";

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
    const shelf = this.#shelves.get(`${seen.event.platform}|${seen.event.kind}`) ?? [];
    return shelf.filter((chain) => {
      const { tests } = chain.steps[chain.anchor]!;
      return tests.length === 0 || tests.some((test) => mayPass(test, seen));
    });
  }
}
