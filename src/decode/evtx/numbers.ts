/** Makes field names unique: the second `Data` is `Data2`, the third `Data3`. */
export class Numbers {
  readonly #next = new Map<string, number>();

  /** `name`, or `name` with the first number from 2 on that `taken` does not hold. */
  free(name: string, taken: ReadonlyMap<string, unknown>): string {
    if (!taken.has(name)) return name;
    let number = this.#next.get(name) ?? 2;
    while (taken.has(name + number)) number++;
    this.#next.set(name, number + 1);
    return name + number;
  }
}
