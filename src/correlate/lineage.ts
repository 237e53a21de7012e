import { identity } from "../cmdline/normal/identity.ts";
import { baseName } from "../invocations/glob.ts";
import type { Resolution } from "../invocations/types.ts";
import { atLeast } from "../model/level.ts";
import { judge } from "../score/judge.ts";
import type { Known } from "./host.ts";
import type { Pending } from "./pending.ts";
import { relatedTo } from "./refs.ts";

const stem = (name: string) =>
  baseName(name)
    .toLowerCase()
    .replace(/\.exe$/, "");

const shortId = (pending: Pending) => pending.judgement.behaviour.id.split("/").slice(2).join("/");

const payloadsOf = (pending: Pending) =>
  pending.judgement.behaviour.runs.map((payload) => identity(payload.resolved ?? payload.value, "windows"));

/** Programs that open a control panel item hand it on to themselves: control, then rundll32, then its 32-bit twin. */
function continues(parent: Pending, child: Pending): boolean {
  if (shortId(parent) !== "control-panel" || shortId(child) !== "control-panel") return false;
  const before = payloadsOf(parent);
  return payloadsOf(child).some((payload) => before.includes(payload));
}

/** Whether the parent's line names the child: then the child's own event says more than the wrapper's. */
function wraps(parent: Pending, child: Resolution): boolean {
  const started = child.invocations[0]?.binary;
  if (!started) return false;
  return parent.resolution.invocations.some(
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
    outer.related.push(relatedTo(self.source, "step"), ...inner.related);
    inner.dropped = true;
    self.pending = outer;
    return;
  }
  const strong = inner && atLeast(inner.judgement.scored.level, "low");
  if (inner && strong && outer.judgement.index > 0 && wraps(outer, resolution)) {
    // Whoever names the child in an act of its own, such as a script, keeps its finding; a mere wrapper does not.
    const own = judge(outer.resolution, outer.around, outer.judgement.index);
    if (own && atLeast(own.scored.level, "medium")) {
      outer.judgement = own;
      outer.related.push(relatedTo(self.source, "child"));
      return;
    }
    inner.related.push(relatedTo(outer.subject.source, "wrapper"), ...outer.related);
    outer.dropped = true;
    return;
  }
  outer.related.push(relatedTo(self.source, "child"));
}
