import type { Cost } from "../../model/cure.ts";
import type { Event } from "../../model/event.ts";
import { shortHost } from "../../model/host.ts";
import type { Act } from "../decide/act.ts";
import { type Decider, decider } from "../decide/engine.ts";
import type { Operation, Policy } from "../model.ts";
import { targetOf } from "../registry.ts";
import { type Costs, isMeant } from "./cure.ts";

/** Rules whose price is counted, names of hosts and users that are told apart over all of them, and own acts that are taken out. */
const MOST_RULES = 500;
const MOST_NAMES = 200_000;
const MOST_OWN = 50_000;
const MOST_EXAMPLES = 3;

/** A record by its place, and on whose account it counts. */
interface Own {
  readonly host: string;
  readonly user: string | undefined;
}

class Price {
  readonly by: Decider;
  readonly on: ReadonlySet<Operation>;
  times = 0;
  readonly hosts = new Map<string, number>();
  readonly users = new Map<string, number>();
  readonly examples = new Set<string>();
  readonly own = new Map<string, Own>();

  readonly #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
    this.by = decider(policy, targetOf(policy.target).semantics);
    this.on = new Set(policy.rules.flatMap(({ on }) => on));
  }

  stops(acts: readonly Act[]): Act | undefined {
    return acts.find((act) => {
      const decision = this.on.has(act.on) ? this.by.decide(act) : undefined;
      return decision?.decision === "block" && isMeant(this.#policy, decision);
    });
  }
}

export const placeOf = ({ file, index }: { readonly file: string; readonly index?: number }): string =>
  `${file}#${index}`;

/**
 * Counts what rules would have stopped in the logs at hand. Each rule is asked for first; then all ordinary events are counted; then
 * their costs are told. Exact, but for what `atLeast` says; the memory that it takes is bounded.
 */
export class Prices {
  readonly #prices = new Map<string, Price>();
  #isCounted = false;
  #names = 0;
  #own = 0;
  #isCut = false;
  readonly #most: number;

  /** @param most names of hosts and users that are told apart */
  constructor(most = MOST_NAMES) {
    this.#most = most;
  }

  /** Before anything was counted: notes the rule, and tells nothing. */
  readonly of: Costs = (policy, place) => {
    if (policy.rules.every(({ action }) => action === "audit")) return undefined;
    const key = JSON.stringify([policy.target, policy.rules]);
    const known = this.#prices.get(key);
    if (known) return this.#isCounted ? this.#cost(known, place) : undefined;
    if (!this.#isCounted && this.#prices.size < MOST_RULES) this.#prices.set(key, new Price(policy));
    return undefined;
  };

  /** No rule was asked for. */
  get isEmpty(): boolean {
    return this.#prices.size === 0;
  }

  /** Takes an ordinary event; `isFound`: it is one of a finding below medium, whose cures do not count it. */
  count(event: Event, acts: readonly Act[], isFound: boolean): void {
    for (const price of this.#prices.values()) {
      const stopped = price.stops(acts);
      if (stopped) this.#add(price, stopped, event, isFound);
    }
  }

  /** Everything was counted. */
  end(): void {
    this.#isCounted = true;
  }

  #add(price: Price, { subject, object, peer }: Act, { host = "", user, record }: Event, isFound: boolean): void {
    price.times++;
    const short = shortHost(host);
    this.#name(price.hosts, short);
    if (user !== undefined) this.#name(price.users, user.toLowerCase());
    if (price.examples.size < MOST_EXAMPLES)
      price.examples.add(object.path ?? peer?.host ?? peer?.address ?? subject.path ?? "something");
    if (!isFound) return;
    if (this.#own++ < MOST_OWN) price.own.set(placeOf(record), { host: short, user: user?.toLowerCase() });
    else this.#isCut = true;
  }

  #name(names: Map<string, number>, name: string): void {
    const times = names.get(name);
    if (times === undefined && this.#names++ >= this.#most) this.#isCut = true;
    else names.set(name, (times ?? 0) + 1);
  }

  #cost({ times, hosts, users, examples, own }: Price, place: string | undefined): Cost {
    const self = place === undefined ? undefined : own.get(place);
    const others = (names: Map<string, number>, mine: string | undefined) =>
      names.size - (mine !== undefined && names.get(mine) === 1 ? 1 : 0);
    const left = times - (self ? 1 : 0);
    return {
      by: "logs",
      times: left,
      hosts: others(hosts, self?.host),
      users: others(users, self?.user),
      examples: left === 0 ? [] : [...examples],
      ...(this.#isCut && { atLeast: true }),
    };
  }
}
