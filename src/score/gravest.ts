import type { Resolution, ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import { atLeast } from "../model/level.ts";
import type { Payload } from "../model/payload.ts";
import type { Judgement } from "./judgement.ts";

function strongestOf(judgements: readonly Judgement[]): Judgement | undefined {
  let best: Judgement | undefined;
  for (const one of judgements) if (!best || one.scored.score > best.scored.score) best = one;
  return best;
}

/** Those within whose invocation none of the others lies. */
function innermostOf(
  judgements: readonly Judgement[],
  invocations: readonly ResolvedInvocation[],
): readonly Judgement[] {
  if (judgements.length === 1) return judgements;
  const around = new Set<number>();
  for (const { invocation } of judgements)
    for (let at = invocation.parent; at !== undefined && !around.has(at); at = invocations[at]?.parent) around.add(at);
  return judgements.filter(({ index }) => !around.has(index));
}

/**
 * The innermost behaviour that is at least medium, of several commands the gravest one's, or a graver one around it that has no
 * ordinary use where it is medium only; else the strongest.
 */
export function gravestOf(all: readonly Judgement[], { invocations }: Resolution): Judgement | undefined {
  const serious = all.filter(({ scored }) => atLeast(scored.level, "medium"));
  if (serious.length === 0) return strongestOf(all);
  // What lies deeper in one command of a list is no part of the other commands.
  const innermost = strongestOf(innermostOf(serious, invocations))!;
  // What has no ordinary use is no mere wrapper: that it runs anything may be graver than what it runs. Nor is what runs the fetched.
  // And what only hands on is no act of its own where somebody had it handed on.
  const handsOn = innermost.behaviour.behaviour.wrapper;
  const isMedium = innermost.scored.level === "medium";
  const around = serious.filter(
    ({ behaviour }) =>
      (isMedium && (handsOn || behaviour.behaviour.usual === "hostile")) ||
      carriesOut(behaviour, innermost.behaviour) ||
      hasBrought(behaviour, innermost.behaviour),
  );
  const graver = strongestOf(around);
  if (!graver || !atLeast(graver.scored.level, "high")) return innermost;
  return graver.scored.score >= innermost.scored.score ? graver : innermost;
}

/** What only fetches, or copies from where another machine keeps it. */
const BRINGS = new Set(["download", "copy"]);

/** What of some names is a file, or lies in a folder: `\\\\H\\S` and `\\\\H\\S\\*` hold `\\\\H\\S\\a.exe`. */
const holds = ({ value }: Payload, names: ReadonlySet<string>): boolean => {
  if (names.has(value)) return true;
  const folder = `${value.replace(/[\\/]\*?$/, "")}\\`;
  for (const name of names) if (name.startsWith(folder)) return true;
  return false;
};

/** Whether a behaviour runs what another only fetches, or the file that this one makes of it. */
function carriesOut({ behaviour, runs, fetches }: ResolvedBehaviour, fetch: ResolvedBehaviour): boolean {
  if (behaviour.category !== "execute" || !BRINGS.has(fetch.behaviour.category)) return false;
  const taken = new Set([...runs, ...fetches].map(({ value }) => value));
  const isTaken = (payload: Payload) => holds(payload, taken);
  return runs.length > 0 && fetch.fetches.length > 0 && (fetch.fetches.every(isTaken) || fetch.writes.some(isTaken));
}

/** Whether a behaviour has what another runs brought from elsewhere: of the same file it tells more. */
function hasBrought({ runs, fetches, reads }: ResolvedBehaviour, within: ResolvedBehaviour): boolean {
  if (fetches.length === 0 && !runs.some(({ where }) => where === "web")) return false;
  const files = new Set([...runs, ...reads].map(({ value }) => value));
  return within.runs.some(({ value }) => files.has(value));
}
