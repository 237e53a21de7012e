import type { Behaviour } from "../../catalog/types.ts";
import { hostOf, isNumbered } from "../../cmdline/normal/reach.ts";
import { resolvedOf } from "../../model/payload.ts";
import type { Context, State } from "../state.ts";
import { type Found, namedPayload } from "./payload.ts";

const CLOSING = 0x29;

/** A command in the place of a file: `<(…)`; it is told by itself. */
export const isSubstituted = (text: string): boolean =>
  text.length > 2 && text.charCodeAt(text.length - 1) === CLOSING && (text.startsWith("<(") || text.startsWith(">("));

/** What a command prints stands in the place of code: `$(…)` or `` `…` ``. */
const isPrinted = (text: string): boolean =>
  (text.startsWith("$(") && text.endsWith(")")) || (text.length > 1 && text.startsWith("`") && text.endsWith("`"));

/** What runs where another command of the line fetches it: `lua <(curl …)`, `awk "$(curl …)"`; undefined where none does. */
export function brought({ role, payload }: Found, context: Context, state: State): Found | undefined {
  if (role !== "runs") return undefined;
  const { value, what } = payload;
  const isCode = what === "inlineCode" && isPrinted(value);
  if (!isCode && !isSubstituted(value)) return undefined;
  const fetched = context.piped?.().fetched;
  if (fetched === undefined) return undefined;
  return { role, payload: namedPayload(fetched, { what: isCode ? "script" : what, where: "web" }, state) };
}

/** Whether it runs what lies on a machine of the web that is called by its number: whoever publishes software has a name. */
export const isFromNumber = ({ role, payload }: Found): boolean =>
  role === "runs" && payload.where === "web" && isNumbered(hostOf(resolvedOf(payload)));

const known = new WeakMap<Behaviour, Behaviour>();

/** What runs a script every day does not run one that another machine brings every day. */
export function whereBrought(behaviour: Behaviour): Behaviour {
  let other = known.get(behaviour);
  if (!other) {
    const techniques = [...new Set([...behaviour.techniques, "T1105"])];
    const usual = behaviour.usual === "routine" ? "common" : behaviour.usual;
    other = { ...behaviour, techniques, usual };
    known.set(behaviour, other);
  }
  return other;
}
