import { type Place, type Plan, planOf, ROOT } from "./plan.ts";
import type { Node } from "./tree.ts";

/** A template definition of a chunk: its tree, and its fields by the place it is used at. */
export class Template {
  readonly nodes: readonly Node[];
  readonly #root: Plan;
  readonly #elsewhere = new Map<string, Plan>();

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
    this.#root = planOf(nodes, ROOT);
  }

  plan(place: Place): Plan {
    if (place === ROOT) return this.#root;
    const key = `${place.kind} ${place.prefix}`;
    let plan = this.#elsewhere.get(key);
    if (plan === undefined) {
      plan = planOf(this.nodes, place);
      this.#elsewhere.set(key, plan);
    }
    return plan;
  }
}
