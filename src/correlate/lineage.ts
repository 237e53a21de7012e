import { baseName } from "../invocations/glob.ts";
import type { Resolution } from "../invocations/types.ts";
import { atLeast } from "../model/level.ts";
import { judge, judgeWithin } from "../score/judge.ts";
import type { Judgement } from "../score/judgement.ts";
import type { Surroundings } from "../score/subjects.ts";
import { payloadId } from "./facts/fact.ts";
import type { Known } from "./host.ts";
import { type Pending, relate } from "./pending.ts";
import { relatedTo } from "./refs.ts";

const stem = (name: string) =>
  baseName(name)
    .toLowerCase()
    .replace(/\.exe$/, "");

/** Whether an item of the Control Panel is opened, whichever program does. */
const opensPanel = ({ behaviour }: Judgement) => /^[^/]*\/[^/]*\/control-panel$/.test(behaviour.id);

const payloadsOf = ({ behaviour }: Judgement) => behaviour.runs.map(payloadId);

/** A step follows the one before it at once; later starts with the same payload are acts of their own. */
const STEP_WITHIN = 60_000;

const near = (parent: Pending, child: Pending) =>
  parent.subject.time === undefined ||
  child.subject.time === undefined ||
  child.subject.time - parent.subject.time <= STEP_WITHIN;

/** Whether two lists name a payload in common; a name without a folder is that of any file of this name. */
function share(before: readonly string[], after: readonly string[]): boolean {
  return after.some((one) =>
    before.some((other) => one === other || (baseName(one) === baseName(other) && (bare(one) || bare(other)))),
  );
}

const bare = (path: string) => !/[\\/]/.test(path);

/** Programs that open a control panel item hand it on to themselves: control, then rundll32, then its 32-bit twin. */
function continues(parent: Judgement, child: Judgement): boolean {
  if (!opensPanel(parent) || !opensPanel(child)) return false;
  return share(payloadsOf(parent), payloadsOf(child));
}

/** Index of the invocation in the parent's line that the child is: its own event says more than the wrapper's. */
function wrapped(parent: Resolution, child: Resolution): number {
  const started = child.invocations[0]?.binary;
  if (!started) return -1;
  return parent.invocations.findIndex(
    ({ binary }, index) =>
      index > 0 && (stem(binary.name) === stem(started.name) || stem(binary.name) === stem(started.path ?? "")),
  );
}

/** Joins a process to its parent's pending finding: as a step of the same act, as what the wrapper wrapped, or as its child. */
export function joinParent(parent: Known, self: Known, resolution: Resolution): void {
  const outer = parent.pending;
  if (!outer || outer.dropped) return;
  const inner = self.pending;
  if (inner && near(outer, inner) && continues(outer.judgement, inner.judgement)) {
    relate(outer, relatedTo(self.source, "step"), ...inner.related);
    inner.dropped = true;
    self.pending = outer;
    return;
  }
  const strong = inner && atLeast(inner.judgement.scored.level, "low");
  const index = strong ? wrapped(outer.resolution, resolution) : -1;
  if (inner && index > 0 && outer.judgement.index >= index) {
    // Whoever names the child in an act of its own, such as a script, keeps its finding; a mere wrapper does not.
    const own = judgeWithin(outer.resolution, outer.around, index);
    if (own && atLeast(own.scored.level, "medium")) {
      outer.judgement = own;
      outer.within = index;
      relate(outer, relatedTo(self.source, "child"));
      return;
    }
    relate(inner, relatedTo(outer.subject.source, "wrapper"), ...outer.related);
    outer.dropped = true;
    return;
  }
  relate(outer, relatedTo(self.source, "child"));
}

/** What a parent, known from the child's event alone, did besides starting the child, which tells by itself what it is. */
export function besidesChild(
  resolution: Resolution,
  around: Surroundings,
  child: Judgement | undefined,
  started: Resolution,
): Judgement | undefined {
  const own = judge(resolution, around);
  if (!own || !child || !atLeast(child.scored.level, "low")) return own;
  if (continues(own, child)) return undefined;
  const index = wrapped(resolution, started);
  return index > 0 && own.index >= index ? judgeWithin(resolution, around, index) : own;
}
