import { DAY } from "../baseline/count.ts";
import type { Answer, History } from "../baseline/history.ts";
import { keyOf, parentKey, payloadKeys, templateKey } from "../baseline/keys.ts";
import { baseName } from "../invocations/glob.ts";
import { shown } from "../signals/text.ts";
import type { Judgement } from "./judge.ts";
import type { Reason } from "./score.ts";

/** Surprise, in bits, that speaks neither for nor against: one host in sixteen. */
const NEUTRAL = 4;
const PER_BIT = 0.6;
/** History suppresses more than it accuses: rarity is never the verdict. */
const LEAST = -2.4;
const MOST = 0.8;
/** On a single machine: days on which a key was seen before it counts as the machine's habit, and what it weighs then. */
const HABIT_DAYS = 5;
const HABIT = -1;

const date = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

function sentence(what: string, { hosts, fleet, first }: Answer): string {
  if (hosts === 0) return `${what} on none of the ${fleet} hosts of the baseline before.`;
  const since = first === undefined ? "" : `, first on ${date(first)}`;
  return `${what} on ${hosts} of ${fleet} hosts${since}.`;
}

function weigh(answer: Answer): number {
  if (answer.surprise !== undefined) return Math.max(LEAST, Math.min(MOST, PER_BIT * (answer.surprise - NEUTRAL)));
  return answer.fleet === 1 && answer.days >= HABIT_DAYS ? HABIT : 0;
}

/**
 * What the history of this environment says of a judged invocation: its arguments, its payload, its parent. Only arguments and payload
 * together lower: a payload that nobody knows is not made known by arguments that everybody uses, and least of all by a common parent.
 */
export function historyReasons(judgement: Judgement, history: History, parent: string | undefined): readonly Reason[] {
  const { invocation, behaviour } = judgement;
  const { binary } = invocation;
  const name = binary.entry ?? binary.name;
  const ask = (id: string, what: string, key: string) => {
    const answer = history.ask(key, keyOf("binary", name));
    return { id: `history-${id}`, weight: weigh(answer), text: sentence(`${binary.name} was seen ${what}`, answer) };
  };
  const said = [ask("template", "with such arguments", templateKey(invocation, behaviour))];
  const [payload] = behaviour.runs;
  const loaded = payload && payloadKeys(name, payload, binary.platform)[1];
  if (loaded !== undefined) said.push(ask("payload", "with this payload", loaded));
  const lowered = Math.max(...said.map(({ weight }) => weight));
  const weighed = said.map((one, at) => ({
    ...one,
    weight: lowered < 0 ? (at === 0 ? lowered : 0) : Math.max(0, one.weight),
  }));
  if (parent !== undefined) {
    const one = ask("parent", `as a child of ${shown(baseName(parent))}`, parentKey(parent, name));
    weighed.push({ ...one, weight: Math.max(0, one.weight) });
  }
  return weighed.map((one) => ({ ...one, group: "history" }));
}
