import type { Behaviour } from "../../catalog/types.ts";
import { hostOf, isNumbered } from "../../cmdline/normal/reach.ts";
import { resolvedOf } from "../../model/payload.ts";
import type { Draft } from "../draft.ts";
import type { Context, State } from "../state.ts";
import type { ResolvedBehaviour } from "../types.ts";
import { type Found, namedPayload } from "./payload.ts";

const [CLOSING, SLASH] = [0x29, 0x2f];

/** A command in the place of a file: `<(…)`; it is told by itself. */
export const isSubstituted = (text: string): boolean =>
  text.length > 2 && text.charCodeAt(text.length - 1) === CLOSING && (text.startsWith("<(") || text.startsWith(">("));

/** What a command prints stands in the place of code: `$(…)` or `` `…` ``. */
const isPrinted = (text: string): boolean =>
  (text.startsWith("$(") && text.endsWith(")")) || (text.length > 1 && text.startsWith("`") && text.endsWith("`"));

/** Names under which every program finds its standard input. */
const INPUT = /^\/(?:dev\/(?:stdin|fd\/0)|proc\/self\/fd\/0)$/;
const isInput = (value: string): boolean => value.charCodeAt(0) === SLASH && INPUT.test(value);

/** The file that stands behind a name of the standard input; undefined for other names, and where no file is known. */
export function behindInput({ role, payload }: Found, context: Context, state: State): Found | undefined {
  if (role === "writes" || !isInput(payload.value)) return undefined;
  const file = context.stdin?.file ?? context.piped?.().files?.[0];
  return file === undefined ? undefined : { role, payload: namedPayload(file, { what: payload.what }, state) };
}

/** What runs where another command of the line fetches it: `lua <(curl …)`, `awk "$(curl …)"`, `curl … | go run /dev/stdin`; undefined where none does. */
export function brought({ role, payload }: Found, context: Context, state: State): Found | undefined {
  if (role !== "runs") return undefined;
  const { value, what } = payload;
  const isCode = what === "inlineCode" && isPrinted(value);
  if (!isCode && !isSubstituted(value) && !isInput(value)) return undefined;
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

/** What a program that carries out its standard input is handed from another machine: `curl … | ed`. Undefined where it is told already. */
export function broughtIn(
  { behaviours }: Draft,
  obeys: Behaviour,
  context: Context,
  state: State,
): ResolvedBehaviour | undefined {
  const fetched = context.piped?.().fetched;
  if (fetched === undefined || behaviours.some(({ runs }) => runs.some(({ value }) => value === fetched)))
    return undefined;
  const behaviour = whereBrought(obeys);
  const runs = [namedPayload(fetched, { what: "script", where: "web" }, state)];
  const { id, techniques } = behaviour;
  return { id, techniques, runs, fetches: [], reads: [], writes: [], behaviour };
}
