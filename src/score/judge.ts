import { MemoryAbout } from "../cmdline/memory.ts";
import type { Resolution, ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import type { Signature } from "../model/event.ts";
import { atLeast } from "../model/level.ts";
import { SIGNALS } from "../signals/index.ts";
import type { Subject } from "../signals/signal.ts";
import { type Reason, type Scored, scoreOf, usualWeight, weightOf } from "./score.ts";

/** What is known around the process, beyond its command line. */
export interface Surroundings {
  readonly parent?: string | undefined;
  readonly ancestors?: readonly string[];
  readonly user?: string | undefined;
  readonly image?: string | undefined;
  readonly currentDirectory?: string | undefined;
  readonly signature?: Signature | undefined;
  /** Whoever stands outermost has logged it: the engine of a shell, or the part of Windows that keeps services or tasks. That it ran it tells nothing of it. */
  readonly byEngine?: boolean;
}

/** The behaviour that a resolution is judged by, with its reasons. */
export interface Judgement {
  readonly invocation: ResolvedInvocation;
  /** Its index in the resolution. */
  readonly index: number;
  readonly behaviour: ResolvedBehaviour;
  readonly reasons: readonly Reason[];
  readonly scored: Scored;
}

function outerOf(resolution: Resolution, invocation: ResolvedInvocation): readonly ResolvedInvocation[] {
  const outer: ResolvedInvocation[] = [];
  for (let at = invocation.parent; at !== undefined; ) {
    const one = resolution.invocations[at];
    if (!one) break;
    outer.unshift(one);
    at = one.parent;
  }
  return outer;
}

function judgeBehaviour(
  resolution: Resolution,
  index: number,
  behaviour: ResolvedBehaviour,
  around: Surroundings,
): Judgement {
  const invocation = resolution.invocations[index] as ResolvedInvocation;
  const subject: Subject = {
    platform: resolution.platform,
    invocation,
    behaviour,
    outer: outerOf(resolution, invocation),
    startsShell: resolution.invocations.some(
      ({ parent, entry, arguments: given }) => parent === index && given > 0 && entry?.category === "shell",
    ),
    byEngine: around.byEngine ?? false,
    parent: around.parent ?? resolution.request.parent,
    ancestors: around.ancestors ?? [],
    user: around.user,
    image: around.image,
    currentDirectory: around.currentDirectory ?? resolution.request.cwd,
    signature: around.signature,
    domain: resolution.request.domain,
  };
  const { usual, title } = behaviour.behaviour;
  const reasons: Reason[] = [
    { id: `behaviour:${usual}`, group: "behaviour", weight: usualWeight(usual), text: `${title}.` },
  ];
  for (const signal of SIGNALS) {
    const fact = signal.evaluate(subject);
    if (fact)
      reasons.push({
        id: signal.id,
        group: signal.group,
        weight: weightOf(signal.id) * (fact.share ?? 1),
        text: fact.text,
      });
  }
  return { invocation, index, behaviour, reasons, scored: scoreOf(reasons, behaviour.floor) };
}

/** Every behaviour of a resolution with its score, outermost invocation first. */
export function judgeAll(resolution: Resolution, around: Surroundings = {}): readonly Judgement[] {
  return resolution.invocations.flatMap((invocation, index) =>
    invocation.behaviours.map((behaviour) => judgeBehaviour(resolution, index, behaviour, around)),
  );
}

/** Characters of keys that a generation of judgements may take. */
const REMEMBERED = 1 << 20;
/** By lists of invocations: the same line resolves to the same list as long as it is remembered (src/invocations/resolve.ts). */
const known = new MemoryAbout<Judgement | false>(REMEMBERED);

/** All that a judgement rests on, beside what was resolved. */
function keyOf({ platform, request }: Resolution, around: Surroundings): string {
  const {
    parent = request.parent,
    ancestors,
    user,
    image,
    currentDirectory = request.cwd,
    signature,
    byEngine,
  } = around;
  return JSON.stringify([platform, image, user, signature, currentDirectory, parent, ancestors, byEngine]);
}

/**
 * The innermost behaviour that is at least medium, or a graver one around it that has no ordinary use where it is medium only;
 * else the strongest. The same line under the same circumstances is judged once.
 */
export function judge(resolution: Resolution, around: Surroundings = {}): Judgement | undefined {
  if (!resolution.invocations.some(({ behaviours }) => behaviours.length > 0)) return undefined;
  const judged = () => judgeWithin(resolution, around) ?? false;
  return known.get(resolution.invocations, keyOf(resolution, around), judged) || undefined;
}

function strongestOf(judgements: readonly Judgement[]): Judgement | undefined {
  let best: Judgement | undefined;
  for (const one of judgements) if (!best || one.scored.score > best.scored.score) best = one;
  return best;
}

/** As `judge`; only invocations before the index `within` are looked at. */
export function judgeWithin(
  resolution: Resolution,
  around: Surroundings,
  within = Number.POSITIVE_INFINITY,
): Judgement | undefined {
  const all = judgeAll(resolution, around).filter(({ index }) => index < within);
  const serious = all.filter(({ scored }) => atLeast(scored.level, "medium"));
  const deepest = Math.max(...serious.map(({ invocation }) => invocation.depth));
  const innermost = strongestOf(serious.filter(({ invocation }) => invocation.depth === deepest));
  if (!innermost) return strongestOf(all);
  if (innermost.scored.level !== "medium") return innermost;
  // What has no ordinary use is no mere wrapper: that it runs anything may be graver than what it runs.
  const hostile = strongestOf(serious.filter(({ behaviour }) => behaviour.behaviour.usual === "hostile"));
  return hostile && atLeast(hostile.scored.level, "high") ? hostile : innermost;
}
