import { USUAL } from "../catalog/usual.ts";
import { MemoryAbout } from "../cmdline/memory.ts";
import type { Resolution } from "../invocations/types.ts";
import type { AllOf } from "../model/shape.ts";
import { SIGNALS } from "../signals/index.ts";
import { hasOf, type Subject } from "../signals/signal.ts";
import { gravestOf } from "./gravest.ts";
import type { Judgement } from "./judgement.ts";
import { type Reason, scoreOf, usualWeight, weightOf } from "./score.ts";
import { type Programs, programsOf, type Surroundings, subjectsOf } from "./subjects.ts";

/** All reasons have one shape. */
const reasonOf = (known: AllOf<Reason>): Reason => known as Reason;

function judged(subject: Subject): Judgement {
  const { invocation, index, behaviour } = subject;
  const { usual, title } = behaviour.behaviour;
  const reasons: Reason[] = [
    reasonOf({
      id: `behaviour:${usual}`,
      group: "behaviour",
      weight: usualWeight(usual),
      text: `${title}: ${USUAL[usual]}.`,
      covers: undefined,
      whole: undefined,
      techniques: undefined,
    }),
  ];
  const has = hasOf(subject);
  for (const signal of SIGNALS) {
    if (signal.needs !== undefined && !has[signal.needs]) continue;
    const fact = signal.evaluate(subject);
    if (!fact) continue;
    const { share = 1, text, covers, whole, techniques } = fact;
    const { id, group } = signal;
    reasons.push(reasonOf({ id, group, weight: weightOf(id) * share, text, covers, whole, techniques }));
  }
  return { invocation, index, behaviour, reasons, scored: scoreOf(reasons, behaviour.floor) };
}

/** Every behaviour of a resolution with its score, outermost invocation first. */
export function judgeAll(resolution: Resolution, around: Surroundings = {}): readonly Judgement[] {
  return subjectsOf(resolution, programsOf(resolution, around), around.byEngine ?? false).map(judged);
}

/** Characters of keys that a generation of judgements may take. */
const REMEMBERED = 1 << 20;
/** By lists of invocations: the same line resolves to the same list as long as it is remembered (src/invocations/resolve.ts). */
const known = new MemoryAbout<Judgement | false>(REMEMBERED);

/**
 * All that a judgement rests on, beside what was resolved: what stands in a line, platform and domain are parts of that. Before each
 * text stands its length, so that no two lists of them are written alike.
 */
function keyOf({ request: { cwd } }: Resolution, programs: Programs, byEngine: boolean): string {
  const { parentImage: parent, ancestors } = programs;
  if (parent === undefined && ancestors.length === 0 && cwd === undefined) return byEngine ? "engine" : "";
  let key = `${byEngine}|${cwd?.length}|${cwd}|${parent?.length}|${parent}`;
  for (const one of ancestors) key += `|${one.length}|${one}`;
  return key;
}

/**
 * The behaviour that tells most of a line (see gravest.ts), with its score; undefined where it shows none. The same line under the same circumstances is judged once.
 */
export function judge(resolution: Resolution, around: Surroundings = {}): Judgement | undefined {
  if (!resolution.invocations.some(({ behaviours }) => behaviours.length > 0)) return undefined;
  const programs = programsOf(resolution, around);
  const { byEngine = false } = around;
  const afresh = () => gravestOf(subjectsOf(resolution, programs, byEngine).map(judged), resolution);
  // Most lines never come again, and to keep what nobody asks for takes as long as several signals do.
  if (!resolution.isKnown) return afresh();
  const key = keyOf(resolution, programs, byEngine);
  return known.get(resolution.invocations, key, () => afresh() ?? false) || undefined;
}

/** As `judge`; only invocations before the index `within` are looked at. */
export function judgeWithin(
  resolution: Resolution,
  around: Surroundings,
  within = Number.POSITIVE_INFINITY,
): Judgement | undefined {
  const subjects = subjectsOf(resolution, programsOf(resolution, around), around.byEngine ?? false, within);
  return gravestOf(subjects.map(judged), resolution);
}
