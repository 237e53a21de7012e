import type { Act } from "../../decide/act.ts";
import { decider } from "../../decide/engine.ts";
import type { Policy } from "../../model.ts";
import { targetOf } from "../../registry.ts";
import { isMeant } from "../cure.ts";

/** Rules whose costs are worked out; each is put to every act that is known. */
export const MOST_RULES = 500;
/** Of what a rule would have stopped, so much is named. */
export const MOST_EXAMPLES = 3;

/** What a rule is known by: two cures that say the same cost the same. */
export const keyOf = ({ target, rules }: Policy): string => JSON.stringify([target, rules]);

/** Tells which acts a cure would have stopped by itself. */
export function stopper(policy: Policy): (act: Act) => boolean {
  const by = decider(policy, targetOf(policy.target).semantics);
  return (act) => {
    const decision = by.decide(act);
    return decision?.decision === "block" && isMeant(policy, decision);
  };
}

/** What an act is done to, in a word. */
export const objectOf = ({ object, peer, subject }: Act): string =>
  object.path ?? peer?.host ?? peer?.address ?? subject.path ?? "something";
