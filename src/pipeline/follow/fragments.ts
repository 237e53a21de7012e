import { createFragmentJoiner, fragmentOf } from "../../events/fragment.ts";
import { fromPlain, type PlainEvent, toPlain } from "../../events/plain.ts";
import type { Event } from "../../model/event.ts";

/** Texts whose parts are remembered; the joiner itself keeps no more. */
const MAX_TEXTS = 64;

/** Joins the parts of texts, and can say which it still waits with. */
export class Fragments {
  readonly #joiner = createFragmentJoiner();
  readonly #parts = new Map<string, PlainEvent[]>();

  constructor(saved: readonly PlainEvent[] = []) {
    for (const plain of saved) this.push(fromPlain(plain));
  }

  push(event: Event): readonly Event[] {
    const fragment = fragmentOf(event);
    if (fragment === undefined) return [event];
    const whole = this.#joiner.push(event);
    if (whole.length > 0) this.#parts.delete(fragment.id);
    else {
      const parts = this.#parts.get(fragment.id) ?? [];
      this.#parts.set(fragment.id, [...parts, toPlain(event)]);
      if (this.#parts.size > MAX_TEXTS) this.#parts.delete(this.#parts.keys().next().value as string);
    }
    return whole;
  }

  save(): readonly PlainEvent[] {
    return [...this.#parts.values()].flat();
  }

  end(): readonly Event[] {
    return this.#joiner.end();
  }
}
