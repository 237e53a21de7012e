import type { PeerPattern, Rule } from "../../model.ts";

const isWild = (name: string) => name === "*" || name.startsWith("*.");
/** The name that a wildcard hangs below. */
const under = (name: string) => (name === "*" ? "" : name.slice(2));
const above = (name: string) => (name.includes(".") ? name.slice(name.indexOf(".") + 1) : "");
const wildOf = (name: string) => (name === "" ? "*" : `*.${name}`);

/** Names of a zone, with those that are there only because others are below them. */
class Names {
  readonly #rules: ReadonlyMap<string, Rule>;
  readonly #below = new Map<string, Set<string>>();
  readonly #open = new Map<string, readonly string[]>();

  constructor(rules: ReadonlyMap<string, Rule>) {
    this.#rules = rules;
    for (const id of rules.keys()) {
      let name = isWild(id) ? under(id) : id;
      while (name !== "") {
        const parent = above(name);
        const known = this.#below.get(parent) ?? new Set();
        this.#below.set(parent, known);
        if (known.has(name)) break;
        known.add(name);
        name = parent;
      }
    }
  }

  /**
   * Names directly below one for which, and below which, its wildcard does not hold, as they are there; but for those of which rules of
   * their own say everything.
   * @see https://datatracker.ietf.org/doc/html/rfc4592
   */
  apart(name: string): readonly string[] {
    let apart = this.#open.get(name);
    if (!apart) {
      const isRuled = (one: string) =>
        this.#rules.has(one) && this.#rules.has(wildOf(one)) && this.apart(one).length === 0;
      apart = [...(this.#below.get(name) ?? [])].filter((one) => !isRuled(one));
      this.#open.set(name, apart);
    }
    return apart;
  }
}

/**
 * A name and all below it, treated alike, are one rule. The most specific name decides: longer ones stand in front. A wildcard does not
 * hold for what another name of the zone lies between.
 */
export function ruled(rules: readonly Rule[]): readonly Rule[] {
  const by = new Map(rules.map((rule) => [rule.id, rule]));
  const names = new Names(by);
  const exceptions = (name: string): { readonly exceptPeers?: readonly PeerPattern[] } => {
    const addresses = names.apart(name).flatMap((one) => [`=${one}`, `=*.${one}`]);
    return addresses.length > 0 ? { exceptPeers: [{ addresses }] } : {};
  };
  const whole = rules.flatMap((rule): readonly Rule[] => {
    if (isWild(rule.id)) {
      const name = under(rule.id);
      return by.get(name)?.action === rule.action ? [] : [{ ...rule, ...exceptions(name) }];
    }
    const below = by.get(wildOf(rule.id));
    if (below?.action !== rule.action) return [rule];
    // A name of one part is no host to decide/peer.ts.
    const addresses = rule.id.includes(".") ? [rule.id] : [`=${rule.id}`, `=*.${rule.id}`];
    return [{ ...rule, peer: { addresses }, ...exceptions(rule.id) }];
  });
  const labels = ({ id }: Rule) => id.split(".").length - (isWild(id) ? 0.5 : 0);
  return whole.toSorted((a, b) => labels(b) - labels(a));
}
