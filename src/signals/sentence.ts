import type { ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import type { Payload, Role } from "../model/payload.ts";
import { named } from "./text.ts";

const SPOKEN: readonly Role[] = ["runs", "fetches", "writes", "reads"];

/** The roles that a sentence of each category names before all others: what such an act is about. */
const ABOUT: Readonly<Record<string, readonly Role[]>> = {
  download: ["fetches"],
  upload: ["reads"],
  copy: ["fetches", "reads"],
  credentials: ["reads", "writes"],
  encode: ["reads"],
};

/** The payload that a sentence names; what comes from elsewhere goes before what lies here. */
function toldOf({ behaviour, ...payloads }: ResolvedBehaviour): Payload | undefined {
  for (const role of [...(ABOUT[behaviour.category] ?? []), ...SPOKEN]) {
    const [first] = payloads[role];
    const elsewhere = payloads[role].find(({ where, remote }) => remote || where === "registry");
    if (first) return first.what === "inlineCode" ? first : (elsewhere ?? first);
  }
  return undefined;
}

/** “regsvr32.exe runs a COM scriptlet: the scriptlet https://…”. */
export function sentenceOf({ binary }: ResolvedInvocation, behaviour: ResolvedBehaviour): string {
  const { title } = behaviour.behaviour;
  const payload = toldOf(behaviour);
  const what = payload && payload.what !== "inlineCode" ? `: ${named(payload)}` : "";
  return `${binary.name} ${title.charAt(0).toLowerCase()}${title.slice(1)}${what}`;
}
