import { identity } from "../cmdline/normal/identity.ts";
import { baseName } from "../invocations/glob.ts";
import type { Resolution } from "../invocations/types.ts";
import { atLeast } from "../model/level.ts";
import { judgeWithin } from "../score/judge.ts";
import type { Known } from "./host.ts";
import { type Pending, relate } from "./pending.ts";
import { relatedTo } from "./refs.ts";

const stem = (name: string) =>
  baseName(name)
    .toLowerCase()
    .replace(/\.exe$/, "");

const shortId = (pending: Pending) => pending.judgement.behaviour.id.split("/").slice(2).join("/");

const payloadsOf = (pending: Pending) =>
  pending.judgement.behaviour.runs.map((payload) => identity(payload.resolved ?? payload.value, "windows"));

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
function continues(parent: Pending, child: Pending): boolean {
  if (shortId(parent) !== "control-panel" || shortId(child) !== "control-panel") return false;
  return near(parent, child) && share(payloadsOf(parent), payloadsOf(child));
}

/** Index of the invocation in the parent's line that the child is: its own event says more than the wrapper's. */
function wrapped(parent: Pending, child: Resolution): number {
  const started = child.invocations[0]?.binary;
  if (!started) return -1;
  return parent.resolution.invocations.findIndex(
    ({ binary }, index) =>
      index > 0 && (stem(binary.name) === stem(started.name) || stem(binary.name) === stem(started.path ?? "")),
  );
}

/** Joins a process to its parent's pending finding: as a step of the same act, as what the wrapper wrapped, or as its child. */
export function joinParent(parent: Known, self: Known, resolution: Resolution): void {
  const outer = parent.pending;
  if (!outer || outer.dropped) return;
  const inner = self.pending;
  if (inner && continues(outer, inner)) {
    relate(outer, relatedTo(self.source, "step"), ...inner.related);
    inner.dropped = true;
    self.pending = outer;
    return;
  }
  const strong = inner && atLeast(inner.judgement.scored.level, "low");
  const index = strong ? wrapped(outer, resolution) : -1;
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
