import type { Catalog } from "../../src/catalog/catalog.ts";
import { identity } from "../../src/cmdline/normal/identity.ts";
import type { Request } from "../../src/invocations/types.ts";
import type { Explanation } from "../../src/model/invocation.ts";
import { ROLES, resolvedOf } from "../../src/model/payload.ts";
import { explain } from "../../src/pipeline/explain.ts";

/** What a line is said to do: behaviours, and payloads by role. What must not change when only the writing does. */
export type Meaning = ReadonlySet<string>;

/** Acts of all programs of a line. `written`: payloads by what stands in the line, whatever the folder is. */
export function meaningOf({ invocations }: Explanation, written = false): Meaning {
  const acts = new Set<string>();
  for (const { binary, behaviours } of invocations)
    for (const behaviour of behaviours) {
      acts.add(behaviour.id);
      for (const role of ROLES)
        for (const payload of behaviour[role]) {
          const text = written && payload.what !== "command" ? payload.value : resolvedOf(payload);
          acts.add(`${behaviour.id} ${role} ${identity(text, binary.platform)}`);
        }
    }
  return acts;
}

export const ask = (request: Request, catalog: Catalog): Explanation => explain(request, catalog).explanation;

/** Acts that one side has and the other has not; empty where the two mean the same. */
export function difference(plain: Meaning, other: Meaning, within: boolean): readonly string[] {
  const lost = [...plain].filter((act) => !other.has(act)).map((act) => `lost ${act}`);
  const made = within ? [] : [...other].filter((act) => !plain.has(act)).map((act) => `made ${act}`);
  return [...lost, ...made];
}
