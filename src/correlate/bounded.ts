import { createHash } from "node:crypto";
import { clip } from "../model/clip.ts";

/** Longest key that is kept as it is; Windows allows a registry path of 16,383 characters, and hostile logs any. */
const MAX_KEY = 1024;

/** Of a longer key its beginning and a hash of the whole. */
const keyOf = (key: string): string =>
  key.length <= MAX_KEY ? key : `${clip(key, MAX_KEY - 65)}#${createHash("sha256").update(key).digest("hex")}`;

/** A map that forgets its oldest entries, and of long keys all but their beginning; `onForget` is told of each. */
export class Bounded<V> {
  readonly #map = new Map<string, V>();
  readonly #most: number;
  readonly #onForget: ((key: string, value: V) => void) | undefined;
  /** Goes on where it was: whoever begins anew with a map's first entry passes over all that stood before it and is gone. */
  #entries = this.#map.entries();
  /** The oldest entry, if #entries has come to it already. */
  #oldest: readonly [key: string, value: V] | undefined;
  /** Entries that have moved to the end since #entries began. */
  #moves = 0;

  constructor(most: number, onForget?: (key: string, value: V) => void) {
    this.#most = most;
    this.#onForget = onForget;
  }
  get map(): ReadonlyMap<string, V> {
    return this.#map;
  }
  get(key: string): V | undefined {
    return this.#map.get(keyOf(key));
  }
  set(written: string, value: V): void {
    const key = keyOf(written);
    if (this.#map.delete(key)) this.#moved(key);
    this.#map.set(key, value);
    if (this.#map.size > this.#most) this.#forgetFirst();
  }
  /** Forgets from the oldest on while `isOver` says so. */
  expire(isOver: (value: V) => boolean): void {
    for (let first = this.#first(); first && isOver(first[1]); first = this.#first()) this.#forgetFirst();
  }
  #moved(key: string): void {
    if (this.#oldest?.[0] === key) this.#oldest = undefined;
    if (++this.#moves <= this.#most) return;
    // While it stands still, it holds every table that the map has outgrown.
    this.#entries = this.#map.entries();
    this.#oldest = undefined;
    this.#moves = 0;
  }
  #first(): readonly [key: string, value: V] | undefined {
    if (this.#oldest || this.#map.size === 0) return this.#oldest;
    let next = this.#entries.next();
    if (next.done) {
      this.#entries = this.#map.entries();
      next = this.#entries.next();
    }
    this.#oldest = next.value;
    return this.#oldest;
  }
  #forgetFirst(): void {
    const [key, value] = this.#first()!;
    this.#oldest = undefined;
    this.#map.delete(key);
    this.#onForget?.(key, value);
  }
}
