/** A few names. Nearly all that are kept have one, for which a set of its own would take more room than all else beside it. */
export class Names implements Iterable<string> {
  private first: string | undefined;
  private all: Set<string> | undefined;

  get size(): number {
    return this.all?.size ?? (this.first === undefined ? 0 : 1);
  }

  add(name: string): void {
    if (this.all) this.all.add(name);
    else if (this.first === undefined) this.first = name;
    else if (this.first !== name) this.all = new Set([this.first, name]);
  }

  [Symbol.iterator](): Iterator<string> {
    return (this.all ?? (this.first === undefined ? [] : [this.first]))[Symbol.iterator]();
  }
}

/** Texts that are kept once, however often they come: folders, users and starters of many acts. */
export class Texts {
  private readonly known = new Map<string, string>();
  private readonly most: number;

  /** @param most texts that are told apart; what comes after is kept as it comes */
  constructor(most: number) {
    this.most = most;
  }

  once<T extends string | undefined>(text: T): T {
    if (text === undefined) return text;
    const known = this.known.get(text);
    if (known !== undefined) return known as T;
    if (this.known.size < this.most) this.known.set(text, text);
    return text;
  }
}
