import type { Cost } from "../../../model/cure.ts";
import type { Event } from "../../../model/event.ts";
import { shortHost } from "../../../model/host.ts";
import type { Act } from "../../decide/act.ts";
import type { Policy } from "../../model.ts";
import type { Costs } from "../cure.ts";
import { keyOf, MOST_EXAMPLES, MOST_RULES, objectOf, stopper } from "./rule.ts";

/** Names of hosts and users that are told apart over all rules, and own acts that are taken out. */
const MOST_NAMES = 200_000;
const MOST_OWN = 50_000;

/** A record by its place, and on whose account it counts. */
interface Own {
  readonly host: string;
  readonly user: string | undefined;
}

/** What is counted of one rule. */
class Counted {
  readonly stops: (act: Act) => boolean;
  times = 0;
  readonly hosts = new Map<string, number>();
  readonly users = new Map<string, number>();
  readonly examples = new Set<string>();
  readonly own = new Map<string, Own>();

  constructor(policy: Policy) {
    const on = new Set(policy.rules.flatMap((rule) => rule.on));
    const stops = stopper(policy);
    // Most events of a log are of no kind that the rule is about.
    this.stops = (act) => on.has(act.on) && stops(act);
  }
}

export const placeOf = ({ file, index }: { readonly file: string; readonly index?: number }): string =>
  `${file}#${index}`;

/**
 * Counts what rules would have stopped in the logs at hand. Each rule is asked for first; then all ordinary events are counted; then
 * their costs are told. Exact, but for what `atLeast` says; the memory that it takes is bounded.
 */
export class CostsByLogs {
  readonly #rules = new Map<string, Counted>();
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
    const key = keyOf(policy);
    const known = this.#rules.get(key);
    if (known) return this.#isCounted ? this.#cost(known, place) : undefined;
    if (!this.#isCounted && this.#rules.size < MOST_RULES) this.#rules.set(key, new Counted(policy));
    return undefined;
  };

  /** No rule was asked for. */
  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  /** Takes an ordinary event; `isFound`: it is one of a finding below medium, whose cures do not count it. */
  count(event: Event, acts: readonly Act[], isFound: boolean): void {
    for (const rule of this.#rules.values()) {
      const stopped = acts.find(rule.stops);
      if (stopped) this.#add(rule, stopped, event, isFound);
    }
  }

  /** Everything was counted. */
  end(): void {
    this.#isCounted = true;
  }

  #add(rule: Counted, act: Act, { host = "", user, record }: Event, isFound: boolean): void {
    rule.times++;
    const short = shortHost(host);
    this.#name(rule.hosts, short);
    if (user !== undefined) this.#name(rule.users, user.toLowerCase());
    if (rule.examples.size < MOST_EXAMPLES) rule.examples.add(objectOf(act));
    if (!isFound) return;
    if (this.#own++ < MOST_OWN) rule.own.set(placeOf(record), { host: short, user: user?.toLowerCase() });
    else this.#isCut = true;
  }

  #name(names: Map<string, number>, name: string): void {
    const times = names.get(name);
    if (times === undefined && this.#names++ >= this.#most) this.#isCut = true;
    else names.set(name, (times ?? 0) + 1);
  }

  #cost({ times, hosts, users, examples, own }: Counted, place: string | undefined): Cost {
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
