import type { Chain, StepTest } from "../../catalog/chains/types.ts";
import { Memory } from "../../cmdline/memory.ts";
import type { Event } from "../../model/event.ts";
import type { Seen } from "./seen.ts";
import { mayBeDoneBy, mayPass } from "./test.ts";

/** Characters of keys that a generation of what is remembered may take. */
const REMEMBERED = 1 << 19;

/** The chains for the latest event that was resolved to the same, and what of it they rest on. */
interface Latest extends Pick<Seen, "image" | "isStray" | "shown"> {
  readonly kind: Event["kind"];
  readonly platform: Event["platform"];
  readonly chains: readonly Chain[];
}

/** Characters of names of programs, of each kind of event. */
const REMEMBERED_NAMES = 1 << 15;

/** The chains whose anchor is of one kind of event, and which of them a program may begin whose event was not resolved. */
interface Shelf {
  readonly chains: Chain[];
  readonly byImage: Memory<readonly Chain[]>;
  /** The same where an event names no program. */
  unnamed: readonly Chain[] | undefined;
}

const NONE: readonly Chain[] = [];

/**
 * Finds the chains that an event may begin. What their tests ask of the program, of the path and of what runs is looked at once for
 * each of these that occurs: most events then begin none, and of those that were not resolved the program alone tells of most.
 */
export class Anchors {
  readonly #shelves = new Map<string, Map<string, Shelf>>();
  readonly #known = new Memory<readonly Chain[]>(REMEMBERED);
  /** By program and behaviours alone, which few events differ in. */
  readonly #byProgram = new Memory<readonly Chain[]>(REMEMBERED);
  /** For events that were resolved. Lines come again and again, from the same program, and with them what they resolve to. */
  readonly #resolved = new WeakMap<object, Latest>();

  constructor(chains: readonly Chain[]) {
    for (const chain of chains)
      for (const kind of chain.steps[chain.anchor]?.components ?? [])
        this.#shelfOf(chain.platform, kind).chains.push(chain);
  }

  #shelfOf(platform: string, kind: string): Shelf {
    const kinds = this.#shelves.get(platform) ?? new Map<string, Shelf>();
    this.#shelves.set(platform, kinds);
    const shelf = kinds.get(kind) ?? { chains: [], byImage: new Memory(REMEMBERED_NAMES), unnamed: undefined };
    kinds.set(kind, shelf);
    return shelf;
  }

  of(seen: Seen): readonly Chain[] {
    const { event, image, isStray, shown, invocations } = seen;
    const { kind, platform } = event;
    const shelf = this.#shelves.get(platform)?.get(kind);
    if (!shelf) return NONE;
    if (!invocations) {
      const left = doneBy(shelf, seen);
      if (left.length === 0) return NONE;
      const key = `${platform}|${kind}|${isStray}|${image?.length}|${image}|${shown}`;
      return this.#known.get(key, () => mayBegin(left, seen, mayPass));
    }
    const latest = this.#resolved.get(invocations);
    const isSame = latest?.kind === kind && latest.platform === platform && latest.isStray === isStray;
    if (isSame && latest.image === image && latest.shown === shown) return latest.chains;
    const chains = this.#find(shelf, seen);
    this.#resolved.set(invocations, { kind, platform, image, isStray, shown, chains });
    return chains;
  }

  #find({ chains }: Shelf, seen: Seen): readonly Chain[] {
    const { event, image, isStray, binaries, behaviours } = seen;
    const ids = behaviours.map(({ id }) => id);
    const shelf = `${event.platform}|${event.kind}`;
    const key = `${shelf}|${binaries.length}|${ids.length}|${[...binaries, ...ids].join("|")}|${isStray}|${image}`;
    return mayBegin(
      this.#byProgram.get(key, () => mayBegin(chains, seen, mayBeDoneBy)),
      seen,
      mayPass,
    );
  }
}

/** Those of a shelf that the program of an event may begin which was not resolved. */
function doneBy(shelf: Shelf, seen: Seen): readonly Chain[] {
  const find = () => mayBegin(shelf.chains, seen, mayBeDoneBy);
  // No name has a colon at its end.
  if (seen.image !== undefined) return shelf.byImage.get(seen.isStray ? `${seen.image}:` : seen.image, find);
  shelf.unnamed ??= find();
  return shelf.unnamed;
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
