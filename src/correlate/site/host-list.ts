import { addressOf, cut, type Range, rangeOf } from "./address.ts";

/** Ranges that are wider than this hold half of the internet, and a slip rather than a purpose. */
const LEAST_BITS = { 4: 8, 6: 16 } as const;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const MAX_NAME = 253;

const keyOf = ({ version, prefix, length }: Range) => `${version}/${length}/${prefix.toString(36)}`;

/** What a name in a list says, and whether it stands for what is below it. */
function nameOf(entry: string): { readonly name: string; readonly own: boolean; readonly below: boolean } | undefined {
  const [, mark = "", rest = ""] = /^(\*\.|\.)?(.*)$/.exec(entry) ?? [];
  const name = rest.replace(/\.$/, "");
  if (name.length > MAX_NAME || !name.split(".").every((label) => LABEL.test(label))) return undefined;
  return { name, own: mark !== "*.", below: mark !== "" };
}

/**
 * Hosts by name, address or range. `example.org` is that name alone, `*.example.org` every name below it, `.example.org` both;
 * `192.0.2.0/24` a range. What is asked for is looked up, however long the list is.
 */
export class HostList {
  readonly #names = new Set<string>();
  readonly #below = new Set<string>();
  readonly #ranges = new Set<string>();
  /** Lengths of prefix that occur. */
  readonly #lengths = { 4: new Set<number>(), 6: new Set<number>() };

  get size(): number {
    return this.#names.size + this.#below.size + this.#ranges.size;
  }

  /** Adds an entry; a text says why it is none. */
  add(text: string): string | undefined {
    const entry = text.toLowerCase();
    const range = rangeOf(entry);
    if (typeof range === "string") return `“${text}” is no range: ${range}`;
    if (range) {
      const least = LEAST_BITS[range.version];
      if (range.length < least) return `“${text}” is too wide; at least ${least} bits are needed`;
      this.#ranges.add(keyOf(range));
      this.#lengths[range.version].add(range.length);
      return undefined;
    }
    const named = /^[\d.]+$/.test(entry) ? undefined : nameOf(entry);
    if (!named) return `“${text}” is no host name, address or range such as 192.0.2.0/24`;
    if (named.own) this.#names.add(named.name);
    if (named.below) this.#below.add(named.name);
    return undefined;
  }

  /** Whether a host name or address, as logs write it, is in the list. */
  holds(host: string): boolean {
    const address = addressOf(host);
    if (address)
      return [...this.#lengths[address.version]].some((length) => this.#ranges.has(keyOf(cut(address, length))));
    const name = host.toLowerCase().replace(/\.$/, "");
    if (this.#names.has(name)) return true;
    if (this.#below.size === 0) return false;
    for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1))
      if (this.#below.has(name.slice(dot + 1))) return true;
    return false;
  }
}
