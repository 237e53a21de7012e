import { USUAL } from "../catalog/usual.ts";
import { MemoryAbout } from "../cmdline/memory.ts";
import { baseName } from "../invocations/glob.ts";
import type { Resolution, ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import { atLeast } from "../model/level.ts";
import type { Payload } from "../model/payload.ts";
import type { AllOf } from "../model/shape.ts";
import { actsIn } from "../signals/acts.ts";
import { SIGNALS } from "../signals/index.ts";
import { FURTHEST, hasOf, type Subject } from "../signals/signal.ts";
import { type Reason, type Scored, scoreOf, usualWeight, weightOf } from "./score.ts";

/** What is known around the process, beyond its command line. */
export interface Surroundings {
  /** Image of the parent process. */
  readonly parent?: string | undefined;
  /** Images of further ancestors, nearest first, as far as the log shows them. */
  readonly ancestors?: readonly string[];
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

const NONE: readonly never[] = [];

function outerOf(resolution: Resolution, invocation: ResolvedInvocation): readonly ResolvedInvocation[] {
  if (invocation.parent === undefined) return NONE;
  const outer: ResolvedInvocation[] = [];
  for (let at: number | undefined = invocation.parent; at !== undefined; ) {
    const one: ResolvedInvocation | undefined = resolution.invocations[at];
    if (!one) break;
    outer.unshift(one);
    at = one.parent;
  }
  return outer;
}

/** Programs around the process, nearest first, as signals know them: by name, no further away than any looks. */
interface Programs {
  readonly parent: string | undefined;
  /** As the log has it. */
  readonly parentImage?: string | undefined;
  readonly ancestors: readonly string[];
}

const nameOf = (image: string) => baseName(image).toLowerCase();

function programsOf({ request }: Resolution, around: Surroundings): Programs {
  const parent = around.parent ?? request.parent;
  const { ancestors = NONE } = around;
  return {
    parent: parent === undefined ? undefined : nameOf(parent),
    parentImage: parent,
    ancestors: ancestors.length === 0 ? NONE : ancestors.slice(0, FURTHEST).map(nameOf),
  };
}

const isShell = (one: ResolvedInvocation) => one.entry?.category === "shell";

/** A command line of a program and options alone, none of which brings commands. */
const TOLD_NOTHING = /^\S+(?: -[abd-z]+| --[a-z]+)*$/;

/** Whether a shell that is told nothing to do is started by the invocation at `index`: by itself, or through shells alone. */
function leadsToIdleShell(invocations: readonly ResolvedInvocation[], index: number): boolean {
  return invocations.some((inner) => {
    if (!isShell(inner) || inner.behaviours.length > 0 || !TOLD_NOTHING.test(inner.canonical)) return false;
    let at = inner.parent;
    while (at !== undefined && at !== index && isShell(invocations[at]!)) at = invocations[at]!.parent;
    return at === index && !isShell(invocations[index]!);
  });
}

const NOTHING: readonly Payload[] = [];

/** What shells carry out that the invocation at `index` starts, for nothing but to have it carried out. */
const behindShells = (invocations: readonly ResolvedInvocation[], index: number): readonly Payload[] =>
  invocations
    .filter((inner) => inner.parent === index && isShell(inner))
    .flatMap(({ behaviours }) => behaviours.flatMap(({ behaviour, runs }) => (behaviour.wrapper ? runs : NOTHING)));

/** Each behaviour of a resolution with what signals ask of it, outermost invocation first; of invocations before `within`. */
export function subjectsOf(
  resolution: Resolution,
  { parent, parentImage, ancestors }: Programs,
  byEngine: boolean,
  within = Number.POSITIVE_INFINITY,
): readonly Subject[] {
  const { invocations, request } = resolution;
  const subjects: Subject[] = [];
  const acts = actsIn(invocations);
  for (let index = 0; index < invocations.length && index < within; index++) {
    const invocation = invocations[index]!;
    if (invocation.behaviours.length === 0) continue;
    // What is handed to another system is judged as that one's.
    const { platform } = invocation.binary;
    const outer = outerOf(resolution, invocation);
    const startsShell = invocations.some(
      (inner) => inner.parent === index && inner.arguments > 0 && inner.entry?.category === "shell",
    );
    const behindShell = startsShell ? behindShells(invocations, index) : NOTHING;
    const idleShell = platform === "linux" && leadsToIdleShell(invocations, index);
    for (const behaviour of invocation.behaviours)
      subjects.push({
        platform,
        invocation,
        index,
        behaviour,
        startsShell,
        behindShell,
        idleShell,
        acts,
        line: invocations,
        outer,
        byEngine,
        parent,
        parentImage,
        ancestors,
        currentDirectory: request.cwd,
        domain: request.domain,
      });
  }
  return subjects;
}

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
 * The innermost behaviour that is at least medium, of several commands the gravest one's, or a graver one around it that has no
 * ordinary use where it is medium only; else the strongest. The same line under the same circumstances is judged once.
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
  const subjects = subjectsOf(resolution, programsOf(resolution, around), around.byEngine ?? false, within);
  return gravestOf(subjects.map(judged), resolution);
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

function gravestOf(all: readonly Judgement[], { invocations }: Resolution): Judgement | undefined {
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
