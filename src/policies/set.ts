import type { Act, Answer, Decision } from "./decide/act.ts";
import { type Decider, decider } from "./decide/engine.ts";
import type { Policy } from "./model.ts";
import { targetOf } from "./registry.ts";
import { withSupplements } from "./targets/appcontrol/supplements.ts";

/** What stands above what, where several rule on one event: one block stops it, whoever allows it. */
const STRENGTH: Readonly<Record<Answer, number>> = { allow: 0, audit: 1, undecided: 2, block: 3 };

/** Policies that are in force together on one machine, such as a folder that `whatran harden` wrote. */
export class PolicySet {
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly #deciders: readonly { readonly policy: Policy; readonly decider: Decider }[];

  constructor(name: string, policies: readonly Policy[]) {
    this.name = name;
    this.policies = withSupplements(policies);
    this.#deciders = this.policies.map((policy) => ({
      policy,
      decider: decider(policy, targetOf(policy.target).semantics),
    }));
  }

  /** The strongest decision on what an event did or was about to do; undefined where no policy rules on any of it. */
  decide(acts: readonly Act[]): Decision | undefined {
    let strongest: Decision | undefined;
    for (const act of acts) {
      for (const { policy, decider: one } of this.#deciders) {
        const decision = one.decide(act);
        if (!decision || (strongest && STRENGTH[decision.decision] <= STRENGTH[strongest.decision])) continue;
        strongest = this.#named(decision, policy, act);
        if (strongest.decision === "block") return strongest;
      }
    }
    return strongest;
  }

  #named(decision: Decision, policy: Policy, act: Act): Decision {
    const rule = this.policies.length > 1 && decision.rule !== "" ? `${policy.target}:${decision.rule}` : decision.rule;
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
