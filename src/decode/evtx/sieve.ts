import type { RecordHead } from "./chunk.ts";
import { type Head, Heads } from "./heads.ts";
import type { Plan } from "./plan.ts";
import { eventIdOf, isFrom, providerOf } from "./record.ts";
import type { ValueTable } from "./table.ts";

/** Kinds of record that are remembered; a log that makes up providers shall not fill the memory. */
const MAX_KNOWN = 1 << 14;

/** Whether anybody wants a record; with `count` nothing is asked, so many more unwanted records like this are only counted. */
export type Wants = (head: RecordHead, count?: number) => boolean;

/** Passes over records that nobody wants. Each kind of record is asked about once; then it costs a few loads. */
export class Sieve {
  readonly #wants: Wants;
  readonly #heads = new Heads();
  readonly #byPlan = new Map<Plan, Map<string, Map<number, Head>>>();
  /** Records alike in this come in a row. */
  #latest: { readonly plan: Plan; readonly provider: string; readonly ids: Map<number, Head> } | undefined;
  #size = 0;
  /** What was passed over since the last count. */
  readonly #counted: Head[] = [];

  constructor(wants: Wants) {
    this.#wants = wants;
  }

  /** Whether a record without a template is dropped; undefined where its beginning does not tell. */
  dropsFragment(bytes: Buffer, at: number, end: number): boolean | undefined {
    const known = this.#heads.at(bytes, at, end);
    return known && this.#drops(known);
  }

  /** The same for one that is made from a template. */
  drops(root: ValueTable): boolean | undefined {
    const eventId = eventIdOf(root);
    if (eventId < 0) return undefined;
    const latest = this.#latest;
    const provider = latest && isFrom(root, latest.provider) ? latest.provider : providerOf(root);
    return provider === "" ? undefined : this.#drops(this.#known(root.plan, provider, eventId));
  }

  #known(plan: Plan, provider: string, eventId: number): Head {
    let latest = this.#latest;
    if (latest?.plan !== plan || latest.provider !== provider) {
      latest = { plan, provider, ids: added(added(this.#byPlan, plan), provider) };
      this.#latest = latest;
    }
    const { ids } = latest;
    let known = ids.get(eventId);
    if (!known) {
      if (this.#size++ >= MAX_KNOWN) this.clear();
      known = { head: { shape: "winevent", provider, eventId }, isUnwanted: false, count: 0 };
      ids.set(eventId, known);
    }
    return known;
  }

  #drops(known: Head): boolean {
    if (known.isUnwanted) {
      if (known.count++ === 0) this.#counted.push(known);
      return true;
    }
    known.isUnwanted = !this.#wants(known.head);
    return known.isUnwanted;
  }

  /** Has everything counted that was passed over. */
  settle(): void {
    for (const known of this.#counted) {
      this.#wants(known.head, known.count);
      known.count = 0;
    }
    this.#counted.length = 0;
  }

  /** Forgets the templates. */
  clear(): void {
    this.settle();
    this.#byPlan.clear();
    this.#latest = undefined;
    this.#size = 0;
  }
}

/** The map that stands under a key, an empty one where there was none. */
function added<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  let map = maps.get(key);
  if (!map) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}
