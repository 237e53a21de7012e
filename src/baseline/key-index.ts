import { ByteReader } from "./bytes.ts";

/** Orders keys as the file does. */
export const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The first key and the offset of each block, as they are written: a file of ten million keys has 150,000 of them, of which a scan asks
 * for a few. A key is made when it is compared.
 */
export class KeyIndex {
  readonly #bytes: Uint8Array;
  /** Where each entry begins. */
  readonly #places: Uint32Array;

  /** @throws RangeError where the bytes are no index */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    let places = new Uint32Array(1024);
    let count = 0;
    for (const reader = new ByteReader(bytes); !reader.done; count++) {
      if (count === places.length) {
        const larger = new Uint32Array(2 * count);
        larger.set(places);
        places = larger;
      }
      places[count] = reader.at;
      reader.skip(reader.varint());
      reader.varint();
    }
    this.#places = places.subarray(0, count);
  }

  get length(): number {
    return this.#places.length;
  }

  #at(block: number): ByteReader {
    return new ByteReader(this.#bytes, this.#places[block]);
  }

  key(block: number): string {
    return this.#at(block).text();
  }

  /** Where a block begins in the file; undefined for the one after the last. */
  offset(block: number): number | undefined {
    if (block >= this.length) return undefined;
    const reader = this.#at(block);
    reader.skip(reader.varint());
    return reader.varint();
  }

  /** The block in which a key stands, if it stands anywhere. */
  find(key: string): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (byKey(this.key(middle), key) <= 0) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
