import type { Chain, StepTest } from "../../catalog/chains/types.ts";
import type { EventKind, Platform } from "../../model/event.ts";
import type { Seen } from "./seen.ts";

/** Chains by what the event that begins them must show at least, so that most events look at few. */
interface Shelf {
  /** Only where the catalogue sees a behaviour. */
  readonly behaviour: Chain[];
  /** By name of the program. */
  readonly image: Map<string, Chain[]>;
  readonly others: Chain[];
}

/** Names without a glob that each of the tests asks for one of; undefined where a test asks for something else. */
function namesOf(tests: readonly StepTest[]): readonly string[] | undefined {
  const lists = tests.map(({ image }) => image);
  if (lists.length === 0 || lists.some((list) => !list || list.some((name) => /[*?]/.test(name)))) return undefined;
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

/** Finds the chains that an event may begin. */
export class Anchors {
  readonly #shelves = new Map<string, Shelf>();

  constructor(chains: readonly Chain[]) {
    for (const chain of chains)
      for (const kind of chain.steps[chain.anchor]?.components ?? [])
        this.#add(chain, this.#shelf(chain.platform, kind));
  }

  #shelf(platform: Platform, kind: EventKind): Shelf {
    const key = `${platform}|${kind}`;
    const shelf = this.#shelves.get(key) ?? { behaviour: [], image: new Map<string, Chain[]>(), others: [] };
    this.#shelves.set(key, shelf);
    return shelf;
  }

  #add(chain: Chain, shelf: Shelf): void {
    const tests = chain.steps[chain.anchor]?.tests ?? [];
    const names = namesOf(tests);
    if (tests.length > 0 && tests.every(({ behaviour }) => behaviour)) shelf.behaviour.push(chain);
    else if (names) for (const name of names) shelf.image.set(name, [...(shelf.image.get(name) ?? []), chain]);
    else shelf.others.push(chain);
  }

  *of({ event, behaviours, image }: Seen): Generator<Chain> {
    const shelf = this.#shelves.get(`${event.platform}|${event.kind}`);
    if (!shelf) return;
    if (behaviours.length > 0) yield* shelf.behaviour;
    if (image !== undefined) yield* shelf.image.get(image) ?? [];
    yield* shelf.others;
  }
}
