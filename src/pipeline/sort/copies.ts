import type { EventStore } from "../../events/store.ts";
import { Translation } from "../../events/values.ts";

/** Copies events of other stores into `to`. */
export function copies(to: EventStore): (event: { readonly store: EventStore; readonly at: number }) => void {
  const translations = new Map<EventStore, Translation>();
  return ({ store, at }) => {
    let translation = translations.get(store);
    if (!translation) {
      translation = new Translation(store.values, to.values);
      translations.set(store, translation);
    }
    to.copy(store.words, at, translation.word);
  };
}
