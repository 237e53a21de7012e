import type { Chain, Step } from "../../catalog/chains/types.ts";
import type { StepFact, Waits } from "./state.ts";

/** What an event has in common with earlier ones, by how chains are joined. */
export type Keys = Readonly<Record<Waits, string | undefined>>;

const familyOf = ({ id }: Chain): string => id.slice(0, id.indexOf("/"));

/** Whether two chains of one family tell of what one process had others do in turn. */
export const isInTurn = (one: Chain, other: Chain): boolean =>
  one.steps.some(({ join }) => join?.how === "sibling") && familyOf(one) === familyOf(other);

/** Whether one of the event's keys is what the step waits for. */
export function joins(step: Step, to: StepFact, { p, c, s, f }: Keys): boolean {
  switch (step.join?.how) {
    case "process":
      return p !== undefined && p === to.key;
    case "child":
      return c !== undefined && c === to.key;
    case "sibling":
      return s !== undefined && s === to.parentKey;
    case "target":
      return p !== undefined && p === to.targetKey;
    case "file":
      return f !== undefined && to.paths.includes(f);
    default:
      return false;
  }
}
