import type { EventStore } from "../../events/store.ts";
import { Translation } from "../../events/values.ts";

/** Copies events of other stores into `to`, and says where each stands; `isOnly` where all of them are of one store. */
export function copies(
  to: EventStore,
  isOnly = false,
): (event: { readonly store: EventStore; readonly at: number }) => number {
  const translations = new Map<EventStore, Translation>();
  return ({ store, at }) => {
    let translation = translations.get(store);
    if (!translation) {
      translation = new Translation(store.values, to.values, isOnly);
      translations.set(store, translation);
    }
    return to.copy(store.words, at, translation.word);
  };
}
