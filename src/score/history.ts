import { dateOf, dayOf } from "../baseline/days.ts";
import type { Answer, History } from "../baseline/history.ts";
import { effectKeys, keyOf, parentKey, partsOf, payloadKeys, templateKey } from "../baseline/keys.ts";
import { baseName } from "../invocations/glob.ts";
import type { Event } from "../model/event.ts";
import { scoreFrom } from "../model/level.ts";
import { shown } from "../signals/text.ts";
import type { Judgement } from "./judgement.ts";
import { combined, type Reason } from "./score.ts";
import { isGuarded, trains } from "./trains.ts";

/** Surprise, in bits, that speaks neither for nor against: one host in sixteen. */
const NEUTRAL = 4;
const PER_BIT = 0.6;
/** History suppresses more than it accuses: rarity is never the verdict. */
const LEAST = -2.4;
const MOST = 0.8;
/** On a single machine: days on which a key was seen before it counts as the machine's habit, and what it weighs then. */
const HABIT_DAYS = 5;
const HABIT = -1;

/** “… on 38 of 412 hosts, first on 2026-03-09.”, and why it weighs nothing where it does not. */
function sentence(what: string, answer: Answer, history: History, today: number | undefined): string {
  const { hosts, fleet, first, surprise } = answer;
  const since = first === undefined ? "" : first === today ? ", first today" : `, first on ${dateOf(first)}`;
  const seen =
    hosts === 0
      ? `${what} on none of the ${fleet} hosts of ${history.name} before.`
      : `${what} on ${hosts} of ${fleet} hosts of ${history.name}${since}.`;
  // A single machine speaks of its own habits, whatever its age.
  if (surprise !== undefined || fleet === 1) return seen;
  const known = `${fleet} ${fleet === 1 ? "host" : "hosts"} over ${history.learntDays} days`;
  return `${seen} That weighs nothing: ${known} in ${history.name} are too few or too old to judge by.`;
}

function weigh(answer: Answer): number {
  if (answer.surprise !== undefined) {
    const weight = Math.max(LEAST, Math.min(MOST, PER_BIT * (answer.surprise - NEUTRAL)));
    // What a host has long done is no news there, however few others do it; what is normal elsewhere says nothing for a stranger.
    return answer.own ? Math.min(0, weight) : answer.watched ? weight : Math.max(0, weight);
  }
  return answer.fleet === 1 && answer.days >= HABIT_DAYS ? HABIT : 0;
}

/** What the history is asked about besides the invocation itself. */
export interface HistoryAround {
  /** Image of the parent process. */
  readonly parent: string | undefined;
  /** Domain of the machine. */
  readonly domain: string | undefined;
  /** Short name of the host, lower case. */
  readonly host: string | undefined;
  /** Milliseconds since the epoch. */
  readonly time: number | undefined;
}

const logit = (score: number) => Math.log(score / (100 - score));

/** The least score to which history lowers: what everybody does may still be the beginning of something else. */
const LEAST_SCORE = 10;

/**
 * Rarity alone makes no alert: it lifts what is not at medium by itself to just below, and tells when something else corroborates it.
 * Nor does history make anything so ordinary that what follows from it could no longer count.
 */
function within(reasons: readonly Reason[], score: number): readonly Reason[] {
  const own = logit(Math.max(1, Math.min(99, score)));
  const up = score < scoreFrom("medium") ? logit(scoreFrom("medium") - 1) - own : Number.POSITIVE_INFINITY;
  const down = own - logit(LEAST_SCORE);
  const lifts = combined(reasons.map(({ weight }) => Math.max(0, weight)));
  const lowers = combined(reasons.map(({ weight }) => Math.max(0, -weight)));
  const shares = { up: Math.min(1, Math.max(0, up) / lifts), down: Math.min(1, Math.max(0, down) / lowers) };
  return reasons.map((one) =>
    one.weight === 0 ? one : { ...one, weight: one.weight * (one.weight > 0 ? shares.up : shares.down) },
  );
}

/** The key by which a payload is known: where only administrators can write, its folder; elsewhere the file itself. */
function payloadKeyOf({ behaviour, invocation }: Judgement, name: string, domain: string | undefined) {
  const [payload] = behaviour.runs;
  if (!payload) return undefined;
  const [place, file] = payloadKeys(name, payload, invocation.binary.platform);
  return isGuarded(payload, invocation.binary.platform, domain) ? place : file;
}

/** Whether what history says can make a difference: whether it could lift a score to the least that is told of. */
export function mayTell(score: number, least: number): boolean {
  // Scores are rounded to a tenth.
  return score >= least || logit(score + 0.1) + combined([MOST, MOST, MOST]) >= logit(least);
}

/**
 * What the history of this environment says of a judged invocation: its arguments, its payload, its parent. Only arguments and payload
 * together lower: a payload that nobody knows is not made known by arguments that everybody uses, and least of all by a common parent.
 */
export function historyReasons(judgement: Judgement, history: History, around: HistoryAround): readonly Reason[] {
  // Of what never trains no history could know: that it is not there says nothing.
  if (!trains(judgement, around.domain)) return [];
  const { invocation, behaviour, scored } = judgement;
  const { parent, host, time } = around;
  const { binary } = invocation;
  const name = binary.entry ?? binary.name;
  const asked = { host, ...(time !== undefined && { day: dayOf(time) }) };
  const ask = (id: string, what: string, key: string) => {
    const answer = history.ask(key, keyOf("binary", name), asked);
    return {
      id: `history-${id}`,
      weight: weigh(answer),
      text: sentence(`${binary.name} was seen ${what}`, answer, history, asked.day),
    };
  };
  const said = [ask("template", "with such arguments", templateKey(invocation, behaviour))];
  const payload = payloadKeyOf(judgement, name, around.domain);
  if (payload !== undefined)
    said.push(
      ask("payload", `with ${partsOf(payload).kind === "place" ? "payloads from there" : "this payload"}`, payload),
    );
  const lowered = Math.max(...said.map(({ weight }) => weight));
  const weighed = said.map((one, at) => ({
    ...one,
    weight: lowered < 0 ? (at === 0 ? lowered : 0) : Math.max(0, one.weight),
  }));
  if (parent !== undefined) {
    const one = ask("parent", `as a child of ${shown(baseName(parent))}`, parentKey(parent, name));
    weighed.push({ ...one, weight: Math.max(0, one.weight) });
  }
  return within(
    weighed.map((one) => ({ ...one, group: "history" })),
    scored.score,
  );
}

/** What the history says of something that a process did whose start is in no log: whether its program is known to do such a thing. */
export function effectReasons(
  judgement: Judgement,
  event: Event,
  history: History,
  around: HistoryAround,
): readonly Reason[] {
  const { binary } = judgement.invocation;
  const [key] = effectKeys(event, binary.entry);
  if (key === undefined || !trains(judgement, around.domain)) return [];
  const { host, time } = around;
  const day = time === undefined ? undefined : dayOf(time);
  const answer = history.ask(key, keyOf("binary", binary.entry ?? binary.name), {
    host,
    ...(day !== undefined && { day }),
  });
  const text = sentence(`${binary.name} was seen to do such a thing`, answer, history, day);
  return within([{ id: "history-effect", group: "history", weight: weigh(answer), text }], judgement.scored.score);
}
