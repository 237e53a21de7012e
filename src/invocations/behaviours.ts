import { eachArgument } from "../cmdline/windows/tokens.ts";
import type { Value } from "../grammar/types.ts";
import type { Level } from "../model/level.ts";
import { withOne } from "../model/list.ts";
import { type Payload, type Role, resolvedOf } from "../model/payload.ts";
import type { Input } from "./commands/dialects.ts";
import type { Elements } from "./conditions/elements.ts";
import { anyHolds, type Matched, matchedOf } from "./conditions/tests.ts";
import { bind } from "./payloads/bind.ts";
import { behindInput, brought, isFromNumber, isSubstituted, whereBrought } from "./payloads/brought.ts";
import { filled } from "./payloads/filled.ts";
import { pageIn, runsLater, textPut } from "./payloads/later.ts";
import { payloadsOf } from "./payloads/nested.ts";
import { type Found, namedPayload, placePayload } from "./payloads/payload.ts";
import { withWritten } from "./payloads/written.ts";
import type { BehaviourPlan, BindingPlan, Plan } from "./plan.ts";
import { type Context, copyOf, type State } from "./state.ts";
import { toldByFiles } from "./telling/telling.ts";
import type { ResolvedBehaviour } from "./types.ts";

interface Roles extends Record<Role, Payload[]> {
  /** Values that payloads were made of. */
  taken: Value[] | undefined;
  /** Whether what runs is brought from another machine. */
  brought: boolean;
}

/** Of every role that has none; nothing is ever put into it. */
const NO_PAYLOADS: Payload[] = [];

const newRoles = (): Roles => ({
  runs: NO_PAYLOADS,
  fetches: NO_PAYLOADS,
  reads: NO_PAYLOADS,
  writes: NO_PAYLOADS,
  taken: undefined,
  brought: false,
});

/** Names of nothing: what is read there is empty, and what is written there is gone. None is longer than nine characters. */
const isNothing = (name: string): boolean =>
  name.length < 10 && (name === "/dev/null" || name === "nul" || name === "nul:" || name === "\\\\.\\nul");

const isSame = (one: Payload, other: Payload): boolean =>
  resolvedOf(one) === resolvedOf(other) &&
  (one.entry ?? "") === (other.entry ?? "") &&
  (one.args === other.args || (one.args?.join(" ") ?? "") === (other.args?.join(" ") ?? ""));

/** The same as a text; lengths come first, so that no two payloads have one. */
function keyOf(payload: Payload): string {
  const resolved = resolvedOf(payload);
  const { entry = "", args } = payload;
  return `${resolved.length} ${entry.length} ${resolved}${entry}${args?.join(" ") ?? ""}`;
}

/** So many payloads of a role are looked through one by one; loops of shells make hundreds, which are looked up. */
const FEW = 8;
const keysOf = new WeakMap<readonly Payload[], Set<string>>();

function addTo(others: Payload[], payload: Payload): void {
  if (others.length < FEW) {
    if (!others.some((other) => isSame(other, payload))) others.push(payload);
    return;
  }
  let keys = keysOf.get(others);
  if (!keys) {
    keys = new Set(others.map(keyOf));
    keysOf.set(others, keys);
  }
  const key = keyOf(payload);
  if (keys.has(key)) return;
  keys.add(key);
  others.push(payload);
}

function add(roles: Roles, { role, payload }: Found): void {
  if (isNothing(resolvedOf(payload)) || isSubstituted(payload.value)) return;
  const others = roles[role];
  // Most roles hold one payload or none; an array that grows takes room for many.
  if (others.length === 0) roles[role] = [payload];
  else addTo(others, payload);
}

/** Whether a behaviour that binds something still has something to bind. */
function leftovers({ binding, isBound }: BehaviourPlan, matched: Matched, elements: Elements): boolean {
  if (!isBound) return true;
  let any = false;
  for (let one = binding; one; one = one.next)
    for (let source = one.sources; source; source = source.next)
      for (const value of matchedOf(matched, source.element) ?? elements.get(source.element) ?? NONE) {
        if (!value.claimed) return true;
        any = true;
      }
  return !any;
}

/** What the commands in front of a pipe bring from another machine. */
function pipedInto(context: Context, state: State): Payload[] {
  const fetched = context.piped?.().fetched;
  return fetched === undefined ? NO_PAYLOADS : [namedPayload(fetched, { what: "auto" }, state)];
}

const NONE: readonly Value[] = [];
const NO_WORDS: readonly string[] = [];

const SPENT: Input = {};

/** Who reads its code from its input or a variable leaves nothing of that to the commands in the code. */
function spent({ readsInput, variables }: BindingPlan, context: Context): Context {
  const { env } = context;
  const told = env && variables.some((name) => Object.hasOwn(env, name));
  if (!readsInput && !told) return context;
  const inner = copyOf(context);
  if (readsInput) inner.stdin = SPENT;
  if (told) inner.env = Object.fromEntries(Object.entries(env).filter(([name]) => !variables.includes(name)));
  return inner;
}

/** The arguments of a program that a binding names, all of them taken. */
function argumentsFor({ argsElement, cutsArgs }: BindingPlan, elements: Elements, roles: Roles): readonly string[] {
  const values = argsElement === undefined ? undefined : elements.get(argsElement);
  if (!values) return NO_WORDS;
  for (const value of values) roles.taken = withOne(roles.taken, value);
  const words: string[] = [];
  for (const { text, args } of values)
    if (cutsArgs && args.length < 2) eachArgument(text, 0, ({ value }) => words.push(value));
    else if (args.length === 0) words.push(text);
    else for (const { value } of args) words.push(value);
  return words;
}

function read(
  plan: BindingPlan,
  matched: Matched,
  elements: Elements,
  state: State,
  context: Context,
  roles: Roles,
): void {
  const { when } = plan;
  if (when.length > 0 && !anyHolds(when, elements)) return;
  if (plan.sources === undefined) {
    if (plan.value === undefined) return;
    const found = { role: plan.role, payload: placePayload(plan.value, plan) };
    for (const each of withWritten(found, plan, state, context)) add(roles, each);
    return;
  }
  const args = argumentsFor(plan, elements, roles);
  const inner = spent(plan, context);
  for (const bound of bind(plan, elements, matched)) {
    for (const value of bound.values) roles.taken = withOne(roles.taken, value);
    for (const one of filled(bound, plan, elements))
      for (const found of payloadsOf(plan, one, args, state, inner)) {
        const other = brought(found, context, state);
        const whole = other ?? behindInput(found, context, state) ?? found;
        if (other || isFromNumber(whole)) roles.brought = true;
        add(roles, whole);
      }
  }
}

/** The behaviour's floor where its condition holds; `$payload` in it means what runs. */
function floorOf({ behaviour, floor }: BehaviourPlan, { runs }: Roles, elements: Elements): Level | undefined {
  if (!behaviour.floor) return undefined;
  elements.running = runs;
  const holds = anyHolds(floor, elements) !== undefined;
  elements.running = undefined;
  return holds ? behaviour.floor.level : undefined;
}

/**
 * The behaviours that a parsed line shows, in the catalogue's order. Values that a behaviour tested or bound are claimed: a later,
 * more general behaviour that would only repeat them does not fire.
 */
export function behavioursOf(plan: Plan, elements: Elements, state: State, context: Context): ResolvedBehaviour[] {
  const { mayShow } = plan;
  const { present } = elements;
  let shown: ResolvedBehaviour[] | undefined;
  for (let at = mayShow.next(0, present); at >= 0; at = mayShow.next(at, present)) {
    const matched = mayShow.holdsAt(at, elements);
    const index = mayShow.disjunctionAt(at);
    at = mayShow.behind(at, matched !== undefined);
    if (!matched) continue;
    const one = plan.behaviours[index]!;
    // Before anything is shown, nothing is claimed.
    if (shown && !leftovers(one, matched, elements)) continue;
    const roles = newRoles();
    for (let binding = one.binding; binding; binding = binding.next)
      read(binding, matched, elements, state, context, roles);
    let text: string | undefined;
    if (roles.writes.length > 0) {
      text = textPut(one, roles, context.stdin);
      if (text !== undefined && one.behaviour.category === "copy")
        for (const { value } of roles.writes) state.files.write(value, text.replace(/\n$/, ""), true);
      for (const payload of runsLater(roles.writes, text, state, context)) add(roles, { role: "runs", payload });
    }
    const { runs, reads, writes } = roles;
    let { fetches } = roles;
    const empty = runs.length === 0 && fetches.length === 0 && reads.length === 0 && writes.length === 0;
    if (empty && one.isBound) continue;
    for (let match: Matched | undefined = matched; match; match = match.before)
      for (const value of match.values) value.claimed = true;
    if (roles.taken) for (const value of roles.taken) value.claimed = true;
    const floor = floorOf(one, roles, elements);
    const put = text ?? (writes.length > 0 ? pageIn(roles.taken) : undefined);
    const told = toldByFiles(one.behaviour, put === undefined ? roles : { ...roles, text: put }, state.platform);
    const behaviour = roles.brought ? whereBrought(told) : told;
    const { id, techniques } = behaviour;
    // Of a file that tells something it matters whence its contents come.
    if (told !== one.behaviour && fetches.length === 0 && writes.length > 0) fetches = pipedInto(context, state);
    // Spread over, each would have a shape of its own on Node 20, and be slow to read.
    if (floor) shown = withOne(shown, { id, techniques, runs, fetches, reads, writes, behaviour, floor });
    else shown = withOne(shown, { id, techniques, runs, fetches, reads, writes, behaviour });
  }
  return shown ?? [];
}
