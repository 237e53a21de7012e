/** Characters of keys in one generation, where nobody says otherwise; what they lead to takes some times as much. */
const GENERATION = 1 << 21;
/** A longer key is not worth its room, where nobody says otherwise: it hardly comes again. */
const LONGEST_KEY = 1 << 14;

/**
 * Remembers answers, the most recently used ones as long as there is room. Two generations: when the young one is full it becomes
 * the old one, and what is asked for again moves back; so nothing has to be kept in order.
 */
export class Memory<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  #characters = 0;
  readonly #generation: number;
  readonly #longest: number;

  constructor(generation = GENERATION, longest = LONGEST_KEY) {
    this.#generation = generation;
    this.#longest = longest;
  }

  get(key: string, make: () => V): V {
    const known = this.find(key);
    if (known !== undefined) return known;
    const value = make();
    if (key.length <= this.#longest) this.#keep(key, value);
    return value;
  }

  /** The answer that is known; undefined where there is none. */
  find(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.#keep(key, old);
    return old;
  }

  #keep(key: string, value: V): void {
    this.#characters += key.length;
    if (this.#characters > this.#generation) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#characters = key.length;
    }
    this.#young.set(key, value);
  }
}

/** A memory of answers about objects and texts, in two generations as {@link Memory}; an object's answers go when it goes. */
export class MemoryAbout<V> {
  #young = new WeakMap<object, Map<string, V>>();
  #old = new WeakMap<object, Map<string, V>>();
  #characters = 0;
  readonly #generation: number;

  constructor(generation = GENERATION) {
    this.#generation = generation;
  }

  get(about: object, key: string, make: () => V): V {
    const young = this.#young.get(about)?.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(about)?.get(key) ?? make();
    this.#keep(about, key, value);
    return value;
  }

  #keep(about: object, key: string, value: V): void {
    this.#characters += key.length;
    if (this.#characters > this.#generation) {
      this.#old = this.#young;
      this.#young = new WeakMap();
      this.#characters = key.length;
    }
    const answers = this.#young.get(about);
    if (answers) answers.set(key, value);
    else this.#young.set(about, new Map([[key, value]]));
  }
}

/** A memory for each of a few kinds of question about the same texts, so that no key has to be put together. */
export function memoryOf<K, V>(generation?: number): (kind: K) => Memory<V> {
  const memories = new Map<K, Memory<V>>();
  return (kind) => {
    let memory = memories.get(kind);
    if (!memory) {
      memory = new Memory(generation);
      memories.set(kind, memory);
    }
    return memory;
  };
}
