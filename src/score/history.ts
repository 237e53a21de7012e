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

/** What the history of this environment says of a judged invocation: its arguments, its payload, its parent. */
export function historyReasons(judgement: Judgement, history: History, parent: string | undefined): readonly Reason[] {
  const { invocation, behaviour } = judgement;
  const binary = invocation.binary.entry ?? invocation.binary.name;
  const wider = keyOf("binary", binary);
  const asked: { id: string; what: string; key: string }[] = [
    {
      id: "history-template",
      what: `${invocation.binary.name} was seen with such arguments`,
      key: templateKey(invocation, behaviour),
    },
  ];
  const [payload] = behaviour.runs;
  const loaded = payload && payloadKeys(binary, payload, invocation.binary.platform)[1];
  if (loaded !== undefined)
    asked.push({ id: "history-payload", what: `${invocation.binary.name} was seen with this payload`, key: loaded });
  if (parent !== undefined) {
    const what = `${invocation.binary.name} was seen as a child of ${shown(baseName(parent))}`;
    asked.push({ id: "history-parent", what, key: parentKey(parent, binary) });
  }
  return asked.map(({ id, what, key }): Reason => {
    const answer = history.ask(key, wider);
    return { id, group: "history", weight: weigh(answer), text: sentence(what, answer) };
  });
}
