import type { ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import { entryIdOf } from "../model/behaviour-id.ts";
import type { Signal } from "./signal.ts";
import { lowered } from "./text.ts";

/**
 * Acts against what protects a machine, records what happens on it, or says who may log on. Administrators have their reasons for
 * each of them; for several in one breath there are few.
 */
const AGAINST = /^T(?:1562|1070\.00[23]|1531|1222\.002|1098)\b/;

/** Most acts of one line that are kept: those that come later are of a kind with them, or the line has made its point. */
const MAX_ACTS = 8;

const isAct = ({ behaviour, techniques }: ResolvedBehaviour): boolean =>
  behaviour.usual !== "routine" && techniques.some((technique) => AGAINST.test(technique));

/** Of a shell it is the files that it writes: what a program does at once, they do for good. */
const SHELL = "linux/sh";

/** Whether two acts are of a kind: the same aim, by the same program. Whoever tries several for one aim means it. */
function isLike(one: ResolvedBehaviour, other: ResolvedBehaviour): boolean {
  if (!one.techniques.some((technique) => AGAINST.test(technique) && other.techniques.includes(technique)))
    return false;
  const [program, ofOther] = [entryIdOf(one.id), entryIdOf(other.id)];
  return program === ofOther || program === SHELL || ofOther === SHELL;
}

/** The acts of a line that differ in kind, in their order. */
export function actsIn(invocations: readonly ResolvedInvocation[]): readonly ResolvedBehaviour[] {
  const acts: ResolvedBehaviour[] = [];
  for (const { behaviours } of invocations)
    for (const one of behaviours)
      if (acts.length < MAX_ACTS && isAct(one) && !acts.some((other) => isLike(one, other))) acts.push(one);
  return acts;
}

export const severalActs: Signal = {
  id: "several-acts",
  group: "payloadForm",
  title: "A line does several things against what protects or records",
  evaluate({ behaviour, acts, platform }) {
    if (platform !== "linux" || acts.length < 2 || !isAct(behaviour)) return undefined;
    const other = acts.find((one) => !isLike(one, behaviour));
    if (!other) return undefined;
    const { title } = other.behaviour;
    if (title === behaviour.behaviour.title) return { text: "The same line does so in a second way." };
    return { text: `The same line also ${lowered(title)}.` };
  },
};
