/** Characters of keys in one generation, where nobody says otherwise; what they lead to takes some times as much. */
const GENERATION = 1 << 21;
/** What an entry counts beside its key, as characters: of short keys there would be too many. */
const ENTRY = 128;
/** A longer key is not worth its room, where nobody says otherwise: it hardly comes again. */
const LONGEST_KEY = 1 << 14;

/**
 * Two generations of what is remembered: when the young one is full it becomes the old one, and what is asked for again moves back; so
 * nothing has to be kept in order.
 */
abstract class Generations<M extends object> {
  protected young: M;
  protected old: M;
  #characters = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
    this.young = this.empty();
    this.old = this.empty();
  }

  protected abstract empty(): M;

  /** The generation that takes one more key. */
  protected taking(key: string): M {
    const size = key.length + ENTRY;
    this.#characters += size;
    if (this.#characters > this.#most) {
      this.old = this.young;
      this.young = this.empty();
      this.#characters = size;
    }
    return this.young;
  }
}

/** Remembers answers, the most recently used ones as long as there is room. */
export class Memory<V> extends Generations<Map<string, V>> {
  readonly #longest: number;

  constructor(generation = GENERATION, longest = LONGEST_KEY) {
    super(generation);
    this.#longest = longest;
  }

  protected empty(): Map<string, V> {
    return new Map();
  }

  get(key: string, make: () => V): V {
    const known = this.find(key);
    if (known !== undefined) return known;
    const value = make();
    if (key.length <= this.#longest) this.taking(key).set(key, value);
    return value;
  }

  /** The answer that is known; undefined where there is none. */
  find(key: string): V | undefined {
    const young = this.young.get(key);
    if (young !== undefined) return young;
    const old = this.old.get(key);
    if (old !== undefined) this.taking(key).set(key, old);
    return old;
  }
}

/** An answer about an object, and those before it, of which there are few. */
interface Answer<V> {
  readonly key: string;
  readonly value: V;
  readonly before: Answer<V> | undefined;
  /** How many they are together. */
  readonly count: number;
}

/** Of an object with more answers than these they are found anew. */
const MOST_ANSWERS = 32;

function answerIn<V>(last: Answer<V> | undefined, key: string): V | undefined {
  for (let one = last; one; one = one.before) if (one.key === key) return one.value;
  return undefined;
}

/** The same of answers about objects and texts; an object's answers go when it goes. */
export class MemoryAbout<V> extends Generations<WeakMap<object, Answer<V>>> {
  constructor(generation = GENERATION) {
    super(generation);
  }

  protected empty(): WeakMap<object, Answer<V>> {
    return new WeakMap();
  }

  get(about: object, key: string, make: () => V): V {
    const young = answerIn(this.young.get(about), key);
    if (young !== undefined) return young;
    const value = answerIn(this.old.get(about), key) ?? make();
    const taking = this.taking(key);
    const known = taking.get(about);
    const before = known && known.count < MOST_ANSWERS ? known : undefined;
    taking.set(about, { key, value, before, count: (before?.count ?? 0) + 1 });
    return value;
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
