import type { Catalog } from "../catalog/catalog.ts";
import { Bounded } from "../correlate/bounded.ts";
import type { Event } from "../model/event.ts";
import type { EventRef, Finding } from "../model/finding.ts";
import type { Act, Answer, Decision } from "./decide/act.ts";
import { type Hole, Holes } from "./holes.ts";
import type { PolicySet } from "./set.ts";

/** Attack or legitimate program, as one line of the summary. */
export interface Outcome {
  readonly what: string;
  readonly times: number;
  readonly hosts: readonly string[];
  readonly users: readonly string[];
  readonly why: string;
}

/** What one rule would have meant; the rule without an id is the default. */
export interface RuleResult {
  readonly rule: string;
  /** Its name, where it has one beside its id. */
  readonly title?: string;
  /** Events that it decided. */
  readonly events: number;
  /** Of these, events of which the log does not say what the rule asks. */
  readonly undecided: number;
  readonly stopped: number;
  /** Attacks that it let pass. */
  readonly passed: number;
  /** Legitimate events that it blocked, and on whose machines. */
  readonly broken: number;
  readonly hosts: number;
  readonly users: number;
}

/** What one policy, or policies in force together, would have meant. */
export interface PolicyResult {
  readonly policy: string;
  readonly decisions: Readonly<Record<Answer, number>>;
  /** By rule: how many events each decided. */
  readonly rules: Readonly<Record<string, number>>;
  readonly byRule: readonly RuleResult[];
  /** Findings at medium and above. */
  readonly stopped: readonly Outcome[];
  readonly passed: readonly Outcome[];
  readonly undecidedAttacks: readonly Outcome[];
  /** Blocked process starts and other events that belong to no finding. */
  readonly broken: readonly Outcome[];
  readonly undecided: readonly Outcome[];
  /** Ways of T1218 that pass, each with a run that proves it. */
  readonly holes: readonly Hole[];
}

export interface Simulation {
  readonly schema: "whatran/simulation/1";
  readonly policies: readonly PolicyResult[];
}

/** Decisions that are kept, programs and reasons that are told apart, and names that each keeps. */
const MAX_KEPT = 500_000;
const MAX_TOLD = 2_000;
const MAX_NAMES = 50;

class Outcomes {
  readonly #all = new Map<
    string,
    { what: string; why: string; times: number; hosts: Set<string>; users: Set<string> }
  >();

  add(what: string, why: string, host: string | undefined, user: string | undefined): void {
    const key = `${what}\0${why}`;
    let one = this.#all.get(key);
    if (!one) {
      if (this.#all.size >= MAX_TOLD) return;
      one = { what, why, times: 0, hosts: new Set(), users: new Set() };
      this.#all.set(key, one);
    }
    one.times++;
    if (host !== undefined && one.hosts.size < MAX_NAMES) one.hosts.add(host);
    if (user !== undefined && one.users.size < MAX_NAMES) one.users.add(user);
  }

  list(): readonly Outcome[] {
    return [...this.#all.values()]
      .map(({ hosts, users, ...rest }) => ({ ...rest, hosts: [...hosts].sort(), users: [...users].sort() }))
      .sort((a, b) => b.times - a.times || (a.what < b.what ? -1 : 1));
  }
}

/** Counts by rule; there are no more of them than rules. */
class Rules {
  readonly #all = new Map<
    string,
    {
      events: number;
      undecided: number;
      stopped: number;
      passed: number;
      broken: number;
      hosts: Set<string>;
      users: Set<string>;
    }
  >();

  add(
    rule: string,
    what: "events" | "undecided" | "stopped" | "passed" | "broken",
    host?: string,
    user?: string,
  ): void {
    let one = this.#all.get(rule);
    if (!one) {
      one = { events: 0, undecided: 0, stopped: 0, passed: 0, broken: 0, hosts: new Set(), users: new Set() };
      this.#all.set(rule, one);
    }
    one[what]++;
    if (what !== "broken") return;
    if (host !== undefined && one.hosts.size < MAX_TOLD) one.hosts.add(host);
    if (user !== undefined && one.users.size < MAX_TOLD) one.users.add(user);
  }

  list(): readonly RuleResult[] {
    return [...this.#all]
      .map(([rule, { hosts, users, ...counts }]) => ({ rule, ...counts, hosts: hosts.size, users: users.size }))
      .sort((a, b) => b.events - a.events || (a.rule < b.rule ? -1 : 1));
  }
}

interface Kept {
  readonly decision: Decision;
  readonly what: string;
  readonly host: string | undefined;
  readonly user: string | undefined;
}

interface Account {
  readonly set: PolicySet;
  readonly decisions: Record<Answer, number>;
  readonly rules: Rules;
  /** Blocked and undecided events by their place; those that a finding claims are taken out. */
  readonly kept: Bounded<Kept>;
  readonly stopped: Outcomes;
  readonly passed: Outcomes;
  readonly undecidedAttacks: Outcomes;
  readonly attackPlaces: Set<string>;
  readonly holes: Holes;
}

const placeOf = ({ file, index }: { readonly file: string; readonly index?: number }) => `${file}#${index}`;

function whatOf(event: Event): string {
  const image = event.process.image ?? "a process";
  if (event.kind === "moduleLoad") return `${image} loading ${event.module ?? "a module"}`;
  if (event.kind === "networkConnection")
    return `${image} connecting to ${event.destinationHost ?? event.destinationIp ?? "somewhere"}`;
  if (event.kind === "fileCreation") return `${image} writing ${event.path ?? "a file"}`;
  return event.kind === "processCreation" ? (event.image ?? image) : image;
}

/** Adds up decisions, and joins them with the findings of the same run. */
export class SimulationTally {
  readonly #accounts: readonly Account[];

  constructor(sets: readonly PolicySet[], catalog: Catalog) {
    this.#accounts = sets.map((set) => ({
      set,
      decisions: { block: 0, audit: 0, allow: 0, undecided: 0 },
      rules: new Rules(),
      kept: new Bounded(MAX_KEPT),
      stopped: new Outcomes(),
      passed: new Outcomes(),
      undecidedAttacks: new Outcomes(),
      attackPlaces: new Set(),
      holes: new Holes(catalog, set),
    }));
  }

  /** What became of an event under a policy; undefined where that does not rule on it. The first of its acts is its own. */
  decided(set: PolicySet, event: Event, acts: readonly Act[], decision: Decision | undefined): void {
    const account = this.#accounts.find((one) => one.set === set);
    if (!account) return;
    const [own] = acts;
    if (event.kind === "processCreation" && own) account.holes.start(event, own, decision);
    if (!decision) return;
    account.decisions[decision.decision]++;
    account.rules.add(decision.rule, "events");
    if (decision.decision === "undecided") account.rules.add(decision.rule, "undecided");
    const isAttackable = event.kind === "processCreation" || decision.decision !== "allow";
    if (!isAttackable) return;
    account.kept.set(placeOf(event.record), { decision, what: whatOf(event), host: event.host, user: event.user });
  }

  finding(finding: Finding): void {
    for (const account of this.#accounts) this.#attack(account, finding);
  }

  /** An attack is stopped where its own event is blocked, or a step that it needs. */
  #attack(account: Account, finding: Finding): void {
    const places: EventRef[] = [finding.source, ...finding.related.filter(({ role }) => role !== "evidence")];
    const kept = places.map((place) => account.kept.get(placeOf(place))?.decision);
    for (const place of [finding.source, ...finding.related]) account.attackPlaces.add(placeOf(place));
    const what = `${finding.level}: ${finding.title} (${finding.techniques.join(", ")})`;
    const by = (answer: Answer) => kept.find((one) => one?.decision === answer);
    const { host, user } = finding;
    const block = by("block");
    if (block) {
      account.stopped.add(what, block.rule === "" ? block.reason : `${block.rule}: ${block.reason}`, host, user);
      account.rules.add(block.rule, "stopped");
    } else {
      const open = by("undecided");
      const hole = kept[0]?.reason ?? this.#unruled(account, finding);
      if (open) account.undecidedAttacks.add(what, open.reason, host, user);
      else {
        account.passed.add(what, hole, host, user);
        account.holes.passed(finding, hole);
        if (kept[0]) account.rules.add(kept[0].rule, "passed");
      }
    }
  }

  #unruled({ set }: Account, { binary }: Finding): string {
    return set.rulesOn(binary.platform) ? "no policy rules on it" : `no policy is for ${binary.platform}`;
  }

  result(): Simulation {
    return {
      schema: "whatran/simulation/1",
      policies: this.#accounts.map((account) => {
        const broken = new Outcomes();
        const undecided = new Outcomes();
        for (const [place, { decision, what, host, user }] of account.kept.map) {
          if (account.attackPlaces.has(place)) continue;
          if (decision.decision === "block") {
            broken.add(what, decision.reason, host, user);
            account.rules.add(decision.rule, "broken", host, user);
          }
          if (decision.decision === "undecided") undecided.add(what, decision.reason, host, user);
        }
        const byRule = account.rules.list().map((one) => {
          const title = account.set.titleOf(one.rule);
          return title === undefined ? one : { ...one, title };
        });
        return {
          policy: account.set.name,
          decisions: account.decisions,
          rules: Object.fromEntries(byRule.map(({ rule, events }) => [rule, events])),
          byRule,
          stopped: account.stopped.list(),
          passed: account.passed.list(),
          undecidedAttacks: account.undecidedAttacks.list(),
          broken: broken.list(),
          undecided: undecided.list(),
          holes: account.holes.list(),
        };
      }),
    };
  }
}
