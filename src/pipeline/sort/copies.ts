import type { EventStore } from "../../events/store.ts";
import { Translation } from "../../events/values.ts";

/** Copies events of other stores into `to`, and says where each then stands; `base` is added to its record's index. */
export function copies(
  to: EventStore,
): (event: { readonly store: EventStore; readonly at: number }, base?: number) => number {
  const translations = new WeakMap<EventStore, Translation>();
  return ({ store, at }, base = 0) => {
    let translation = translations.get(store);
    if (!translation) {
      translation = new Translation(store.values, to.values);
      translations.set(store, translation);
    }
    return to.copy(store.words, at, translation.word, base);
  };
}
