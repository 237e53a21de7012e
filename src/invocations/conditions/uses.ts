import type { NormalUse } from "../../catalog/types.ts";
import type { Plan } from "../plan.ts";
import type { Elements } from "./elements.ts";

/** The normal uses of an entry whose own conditions hold for a line. */
export class Uses {
  readonly #plan: Plan;
  readonly #elements: Elements;

  constructor(plan: Plan, elements: Elements) {
    this.#plan = plan;
    this.#elements = elements;
  }

  find(): readonly NormalUse[] {
    const { normal, mayBeNormal } = this.#plan;
    const elements = this.#elements;
    const { present } = elements;
    const uses: NormalUse[] = [];
    for (let at = mayBeNormal.next(0, present); at >= 0; at = mayBeNormal.next(at, present)) {
      const holds = mayBeNormal.holdsAt(at, elements) !== undefined;
      if (holds) uses.push(normal[mayBeNormal.disjunctionAt(at)]!);
      at = mayBeNormal.behind(at, holds);
    }
    return uses;
  }
}
