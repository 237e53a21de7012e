import type { Platform } from "../model/event.ts";
import { type Act, type Decision, stronger } from "./decide/act.ts";
import { type Decider, decider } from "./decide/engine.ts";
import type { Policy } from "./model.ts";
import { targetOf } from "./registry.ts";
import { withSupplements } from "./targets/appcontrol/supplements.ts";

const differ = (decisions: readonly (Decision | undefined)[]) =>
  new Set(decisions.flatMap((one) => one?.decision ?? [])).size > 1;

const doubted = (one: Decision | undefined): Decision | undefined =>
  one && { ...one, decision: "undecided", reason: `${one.reason}, but which of them is asked first they do not say` };

/** Policies that are in force together on one machine, such as a folder that `whatran harden` wrote. */
export class PolicySet {
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly #titles: ReadonlyMap<string, string>;
  /** Places of policies of which the first that says something decides, by product. */
  readonly #inTurn: readonly (readonly number[])[];
  readonly #deciders: readonly { readonly policy: Policy; readonly decider: Decider }[];

  constructor(name: string, policies: readonly Policy[]) {
    this.name = name;
    this.policies = withSupplements(policies);
    this.#deciders = this.policies.map((policy) => ({
      policy,
      decider: decider(policy, targetOf(policy.target).semantics),
    }));
    const targets = [...new Set(this.policies.map(({ target }) => target))];
    this.#inTurn = targets
      .filter((target) => targetOf(target).semantics.inTurn)
      .map((target) => [...this.policies.keys()].filter((at) => this.policies[at]?.target === target));
    this.#titles = new Map(
      this.policies.flatMap((policy) =>
        policy.rules.flatMap(({ id, description }) =>
          description === undefined || description === id ? [] : [[this.#idOf(policy, id), description] as const],
        ),
      ),
    );
  }

  /** Whether any of them is for such machines. */
  rulesOn(platform: Platform): boolean {
    return this.policies.some(({ target }) => targetOf(target).semantics.platforms.includes(platform));
  }

  /** How a rule is called by who wrote it; undefined where that is its id, or where it has no name. */
  titleOf(rule: string): string | undefined {
    return this.#titles.get(rule);
  }

  /** The strongest decision on what an event did or was about to do; undefined where no policy rules on any of it. */
  decide(acts: readonly Act[]): Decision | undefined {
    let strongest: Decision | undefined;
    for (const act of acts) {
      const decisions = this.#deciders.map(({ decider: one }) => one.decide(act));
      const order = this.#inTurn.find((places) => differ(places.map((at) => decisions[at])));
      for (const at of order ?? []) decisions[at] = doubted(decisions[at]);
      for (const [at, { policy }] of this.#deciders.entries()) {
        const decision = decisions[at];
        if (!decision || stronger(strongest, decision) === strongest) continue;
        strongest = this.#named(decision, policy, act);
        if (strongest.decision === "block") return strongest;
      }
    }
    return strongest;
  }

  #idOf(policy: Policy, rule: string): string {
    return this.policies.length > 1 && rule !== "" ? `${policy.target}:${rule}` : rule;
  }

  #named(decision: Decision, policy: Policy, act: Act): Decision {
    const rule = this.#idOf(policy, decision.rule);
    const what = act.foreseen ? `${WORDS[act.on] ?? act.on} ${act.peer?.host ?? act.object.path ?? ""}: ` : "";
    const product = this.policies.length > 1 ? ` (${policy.target})` : "";
    return { decision: decision.decision, rule, reason: `${what}${decision.reason}${product}` };
  }
}

const WORDS: Readonly<Partial<Record<Act["on"], string>>> = {
  execute: "would start",
  load: "would load",
  script: "would run",
  install: "would install",
  connect: "would connect to",
  open: "was opened from",
};
