import type { ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import type { Reason, Scored } from "./score.ts";

/** The behaviour that a resolution is judged by, with its reasons. */
export interface Judgement {
  readonly invocation: ResolvedInvocation;
  /** Its index in the resolution. */
  readonly index: number;
  readonly behaviour: ResolvedBehaviour;
  readonly reasons: readonly Reason[];
  readonly scored: Scored;
}
