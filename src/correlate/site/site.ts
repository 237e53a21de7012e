import { emptyList, type Listed } from "./read.ts";

/** What a site says of hosts and files. What is listed as hostile is so, whatever else is said of it. */
export class Site {
  readonly #own: Listed;
  readonly #hostile: Listed;

  /**
   * @param own hosts of the site, beside private addresses, and hosts outside that programs may be in touch with
   * @param hostile hosts, and hashes of files
   */
  constructor(own: Listed = emptyList(), hostile: Listed = emptyList()) {
    this.#own = own;
    this.#hostile = hostile;
  }

  /** Whether anything is listed as hostile. */
  get lists(): boolean {
    return this.#hostile.hosts.size > 0 || this.#hostile.hashes.size > 0;
  }

  /** Whether programs may be in touch with a host that goes by these names and addresses. */
  isTrusted(names: readonly string[]): boolean {
    if (this.#own.hosts.size === 0 || this.isListed(names)) return false;
    return names.some((name) => this.#own.hosts.holds(name));
  }

  /** Whether a host is listed as hostile. */
  isListed(names: readonly string[]): boolean {
    const { hosts } = this.#hostile;
    return hosts.size > 0 && names.some((name) => hosts.holds(name));
  }

  /** Whether one of the hashes that a log gives, `MD5=…,SHA256=…`, is listed as hostile. */
  isListedFile(hashes: string | undefined): boolean {
    const { hashes: known } = this.#hostile;
    if (known.size === 0 || hashes === undefined) return false;
    return (hashes.slice(0, 1024).match(/[0-9a-f]{32,64}/gi) ?? []).some((hash) => known.has(hash.toLowerCase()));
  }
}

/** A site that says nothing: the private addresses are its own. */
export const UNTOLD = new Site();
