import type { Event, EventKind } from "../model/event.ts";
import type { Pending } from "./pending.ts";
import { isSameRecord } from "./refs.ts";

/** Findings that wait, by what some of them have in common, in the order in which they came. */
type Shelves<K> = Map<K, Pending[]>;

const NONE: readonly Pending[] = [];

function put<K>(shelves: Shelves<K>, at: K, pending: Pending): void {
  const shelf = shelves.get(at);
  if (shelf) shelf.push(pending);
  else shelves.set(at, [pending]);
}

function take<K>(shelves: Shelves<K>, at: K, pending: Pending): void {
  const shelf = shelves.get(at);
  if (shelf?.length === 1) shelves.delete(at);
  else shelf?.splice(shelf.indexOf(pending), 1);
}

/** Findings that wait, by where the records that they were made from stand, by what their logs call those, and by their kind. */
export class Places {
  readonly #byIndex: Shelves<number> = new Map();
  readonly #byRecord: Shelves<number> = new Map();
  readonly #byKind: Shelves<EventKind> = new Map();

  /** How many numbers and kinds it goes by. */
  get size(): number {
    return this.#byIndex.size + this.#byRecord.size + this.#byKind.size;
  }

  add(pending: Pending): void {
    const { index, recordId } = pending.subject.source;
    put(this.#byKind, pending.component, pending);
    put(this.#byIndex, index, pending);
    if (recordId !== undefined) put(this.#byRecord, recordId, pending);
  }

  /** @param pending is one that was added */
  delete(pending: Pending): void {
    const { index, recordId } = pending.subject.source;
    take(this.#byKind, pending.component, pending);
    take(this.#byIndex, index, pending);
    if (recordId !== undefined) take(this.#byRecord, recordId, pending);
  }

  /** Those that events of a kind are told by, in the order in which they came. */
  of(kind: EventKind): readonly Pending[] {
    return this.#byKind.get(kind) ?? NONE;
  }

  /**
   * The first finding of a behaviour that was made from the record of an event, or from a copy of it.
   * @param all that were added, in their order
   */
  first(event: Event, behaviour: string, all: readonly Pending[]): Pending | undefined {
    const isIt = ({ subject: { source, time }, judgement }: Pending) =>
      judgement.behaviour.id === behaviour && isSameRecord(source, time, event);
    const { index, recordId } = event.record;
    const here = this.#byIndex.get(index)?.find(isIt);
    const numbered = recordId === undefined ? undefined : this.#byRecord.get(recordId)?.find(isIt);
    if (!here || !numbered || here === numbered) return here ?? numbered;
    return all.indexOf(here) < all.indexOf(numbered) ? here : numbered;
  }
}
